@echo off
rem Writes this computer's report to a share, as SYSTEM, from a scheduled task (Register-ReportTask.ps1 makes it):
rem
rem     report.cmd \\server\mail-audit$
rem
rem The report is written here first and then copied under a name of its own and renamed, so that nobody reads half of
rem one. No startup script: it may take 9 minutes, and Windows stops those after 10 in total. The random delay that keeps
rem the computers from coming all at once is the task's.
rem Exit codes: 0 the report is on the share, 2 wrong usage or no report, 3 the share could not be reached.
setlocal EnableExtensions
if "%~1"=="" (
    echo usage: report.cmd SHARE
    exit /b 2
)
set "share=%~1"
set "program=%~dp0smtp-auth-audit.exe"
if not exist "%program%" exit /b 2

rem Beside the program, where only administrators write: in a folder that users may make, a link could lead SYSTEM astray.
set "outbox=%~dp0outbox"
if not exist "%outbox%\" mkdir "%outbox%"
icacls "%outbox%" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F >nul 2>nul
set "report=%outbox%\%COMPUTERNAME%.jsonl"

"%program%" scan --all-users --quiet --format jsonl --output "%report%"
if %errorlevel% neq 0 if %errorlevel% neq 1 if %errorlevel% neq 3 exit /b 2

rem The network may not be there yet when the computer has just started. ping instead of timeout, which wants a console.
for %%s in (1 30 60 120 300) do (
    copy /y "%report%" "%share%\%COMPUTERNAME%.part" >nul 2>nul
    if not errorlevel 1 move /y "%share%\%COMPUTERNAME%.part" "%share%\%COMPUTERNAME%.jsonl" >nul 2>nul
    if not errorlevel 1 goto written
    if not defined SMTP_AUTH_AUDIT_TEST ping -n %%s 127.0.0.1 >nul
)
exit /b 3

:written
del /q "%report%"
exit /b 0

@echo off
rem Writes this computer's report to a share, as SYSTEM, from a scheduled task (Register-ReportTask.ps1 makes it):
rem
rem     report.cmd \\server\mail-audit$
rem
rem The report is written here first and then copied under a name of its own and renamed, so that nobody reads half of
rem one. The file is named after the computer and the installation of Windows: computers of one name in two domains don't
rem take each other's place, and one that was installed anew does not fail on a file that its former account owns.
rem No startup script: it may take 9 minutes, and Windows stops those after 10 in total. The random delay that keeps
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
set "name=%COMPUTERNAME%"
set "machine="
for /f "tokens=3" %%g in ('reg query HKLM\SOFTWARE\Microsoft\Cryptography /v MachineGuid /reg:64 2^>nul') do set "machine=%%g"
if defined machine set "name=%name%-%machine:~0,8%"
set "report=%outbox%\%name%.jsonl"

"%program%" scan --all-users --quiet --format jsonl --output "%report%"
if %errorlevel% neq 0 if %errorlevel% neq 1 if %errorlevel% neq 3 exit /b 2

rem The network may not be there yet when the computer has just started. ping instead of timeout, which wants a console.
for %%s in (1 30 60 120 300) do (
    copy /y "%report%" "%share%\%name%.part" >nul 2>nul
    if not errorlevel 1 move /y "%share%\%name%.part" "%share%\%name%.jsonl" >nul 2>nul
    if not errorlevel 1 goto written
    if not defined SMTP_AUTH_AUDIT_TEST ping -n %%s 127.0.0.1 >nul
)
exit /b 3

:written
del /q "%report%"
exit /b 0

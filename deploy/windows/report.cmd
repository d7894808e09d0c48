@echo off
rem Writes this computer's report to a share, as SYSTEM, from a startup script (GPO) or a scheduled task:
rem
rem     report.cmd \\server\mail-audit$ [SECONDS]
rem
rem The report is written here first and then copied under a name of its own and renamed, so that nobody reads half of
rem one. SECONDS is the longest time to wait before, by chance, so that not all computers come at once; default 0.
rem Exit codes: 0 the report is on the share, 2 wrong usage or no report, 3 the share could not be reached.
setlocal EnableExtensions
if "%~1"=="" (
    echo usage: report.cmd SHARE [SECONDS]
    exit /b 2
)
set "share=%~1"
set "longest=%~2"
if not defined longest set "longest=0"
set "program=%~dp0smtp-auth-audit.exe"
if not exist "%program%" exit /b 2

rem Beside the program, where only administrators write: in a folder that users may make, a link could lead SYSTEM astray.
set "outbox=%~dp0outbox"
if not exist "%outbox%\" mkdir "%outbox%"
icacls "%outbox%" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F >nul 2>nul
set "report=%outbox%\%COMPUTERNAME%.jsonl"

rem random has 15 bits, so up to 18 hours. ping instead of timeout, which wants a console.
set /a wait=%random% * (longest + 1) / 32768 + 1
if %longest% gtr 0 ping -n %wait% 127.0.0.1 >nul

"%program%" scan --all-users --quiet --format jsonl --output "%report%"
if %errorlevel% neq 0 if %errorlevel% neq 1 if %errorlevel% neq 3 exit /b 2

rem The network may not be there yet when the computer has just started.
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

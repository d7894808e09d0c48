@echo off
rem Writes this computer's report to a share, as SYSTEM, from a scheduled task (Register-ReportTask.ps1 makes it):
rem
rem     report.cmd \\server\mail-audit$
rem
rem The program writes under a temporary name on the share and renames when the report is whole. That takes no right to
rem list the folder; cmd's move would look for the file there first, which does. The file is named after the computer and
rem the installation of Windows: computers of one name in two domains don't take each other's place, and one that was
rem installed anew does not fail on a file that its former account owns.
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

set "name=%COMPUTERNAME%"
set "machine="
for /f "tokens=3" %%g in ('reg query HKLM\SOFTWARE\Microsoft\Cryptography /v MachineGuid /reg:64 2^>nul') do set "machine=%%g"
if defined machine set "name=%name%-%machine:~0,8%"

rem If it starts at all, all that can fail below is the share.
"%program%" --version >nul 2>nul
if %errorlevel% neq 0 exit /b 2

rem The network may not be there yet when the computer has just started; where the share can't be reached, the program
rem says so before it scans. ping instead of timeout, which wants a console.
for %%s in (1 30 60 120 300) do (
    if not defined SMTP_AUTH_AUDIT_TEST ping -n %%s 127.0.0.1 >nul
    call :report
    if not errorlevel 1 exit /b 0
)
exit /b 3

:report
"%program%" scan --all-users --quiet --format jsonl --output "%share%\%name%.jsonl"
rem 1: an account has to be changed; 3: one has to be checked, or something could not be read.
if %errorlevel% equ 1 exit /b 0
if %errorlevel% equ 3 exit /b 0
if %errorlevel% neq 0 exit /b 1
exit /b 0

@echo off
rem Install command of the Win32 app (Intune) or of the application (ConfigMgr): copies what lies beside it.
setlocal
set "files=%ProgramW6432%"
if not defined files set "files=%ProgramFiles%"
set "folder=%files%\smtp-auth-audit"
if not exist "%folder%\" mkdir "%folder%"
copy /y "%~dp0smtp-auth-audit.exe" "%folder%\smtp-auth-audit.exe" >nul
if errorlevel 1 exit /b 1
copy /y "%~dp0show-steps.cmd" "%folder%\show-steps.cmd" >nul
if errorlevel 1 exit /b 1
copy /y "%~dp0report.cmd" "%folder%\report.cmd" >nul
if errorlevel 1 exit /b 1
exit /b 0

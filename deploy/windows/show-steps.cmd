@echo off
rem Examines the accounts of the user who starts it and shows the steps in the browser. Lies beside the program.
setlocal
set "page=%TEMP%\smtp-auth-audit.html"
"%~dp0smtp-auth-audit.exe" scan --quiet --format html --output "%page%"
if %errorlevel% neq 0 if %errorlevel% neq 1 if %errorlevel% neq 3 exit /b 2
if "%~1"=="/noshow" exit /b 0
start "" "%page%"
exit /b 0

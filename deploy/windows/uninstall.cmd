@echo off
rem Uninstall command: the program, the reports of the remediation and of the task, the shortcut, the task.
setlocal
set "files=%ProgramW6432%"
if not defined files set "files=%ProgramFiles%"
set "folder=%files%\smtp-auth-audit"
schtasks /delete /tn smtp-auth-audit /f >nul 2>nul
if exist "%PUBLIC%\Desktop\SMTP-AUTH.lnk" del /q "%PUBLIC%\Desktop\SMTP-AUTH.lnk"
if exist "%folder%\" rmdir /s /q "%folder%"
if exist "%folder%\" exit /b 1
exit /b 0

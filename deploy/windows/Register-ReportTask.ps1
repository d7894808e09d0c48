# Registers a daily task that writes the report to the share. A computer startup script (GPO), or run once as administrator.
#
#     Register-ReportTask.ps1 -Share \\server\mail-audit$
#
# It does nothing that takes long, and the waiting is left to the task: Windows stops all scripts of Group Policy after
# 600 seconds in total (Microsoft, "Policy CSP - ADMX_Scripts", MaxGPOScriptWaitPolicy). With Fast Startup it runs at the
# next restart, not after a shutdown (Microsoft, "Supporting Windows 8 Fast Startup with Group Policy"); the task stays.
# Registering again replaces the task. ASCII only, Windows PowerShell 5.1.

[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $Share,
    [string] $Time = '11:30',
    # By chance up to this long after the time, so that not all computers come at once.
    [timespan] $RandomDelay = '02:00:00'
)

$ErrorActionPreference = 'Stop'
$programFiles = if ($env:ProgramW6432) { $env:ProgramW6432 } else { $env:ProgramFiles }
$script = Join-Path -Path $programFiles -ChildPath 'smtp-auth-audit\report.cmd'
if (-not (Test-Path -LiteralPath $script -PathType Leaf)) {
    Write-Output "not registered: $script is not there"
    exit 1
}
# cmd takes away the outer quotation marks of what follows /c.
$arguments = '/d /c ""{0}" "{1}""' -f $script, $Share
$action = New-ScheduledTaskAction -Execute (Join-Path -Path $env:SystemRoot -ChildPath 'System32\cmd.exe') -Argument $arguments
$trigger = New-ScheduledTaskTrigger -Daily -At $Time -RandomDelay $RandomDelay
# A PC that was off at the time reports when it is on again; one on battery, too.
$settings = New-ScheduledTaskSettingsSet -StartWhenAvailable -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries `
    -ExecutionTimeLimit (New-TimeSpan -Hours 1) -MultipleInstances IgnoreNew
$principal = New-ScheduledTaskPrincipal -UserId 'S-1-5-18' -LogonType ServiceAccount -RunLevel Highest
$null = Register-ScheduledTask -TaskName 'smtp-auth-audit' -Action $action -Trigger $trigger -Settings $settings -Principal $principal -Force
Write-Output 'registered: smtp-auth-audit'

# ConfigMgr compliance setting, discovery script (data type Integer, not per user): prints the number of accounts to change,
# or -1 if that could not be found out. Compliant: equals 0. ASCII only, Windows PowerShell 5.1.

$ErrorActionPreference = 'SilentlyContinue'
$programFiles = if ($env:ProgramW6432) { $env:ProgramW6432 } else { $env:ProgramFiles }
$program = Join-Path -Path $programFiles -ChildPath 'smtp-auth-audit\smtp-auth-audit.exe'
$number = -1
if (Test-Path -LiteralPath $program -PathType Leaf) {
    $line = & $program scan --all-users --format intune | Select-Object -Last 1
    if ($line -match '^change=(\d+) ') { $number = [int] $Matches[1] }
}
Write-Output $number

# ConfigMgr compliance setting, discovery script (data type Integer, not per user): prints the number of accounts to change,
# or -1 if that is not known: the program is not there or did not run, or it found none but could not read everything.
# Accounts to check by hand don't count. Compliant: equals 0. ASCII only, Windows PowerShell 5.1.

$ErrorActionPreference = 'SilentlyContinue'
$programFiles = if ($env:ProgramW6432) { $env:ProgramW6432 } else { $env:ProgramFiles }
$program = Join-Path -Path $programFiles -ChildPath 'smtp-auth-audit\smtp-auth-audit.exe'
$number = -1
if (Test-Path -LiteralPath $program -PathType Leaf) {
    $line = & $program scan --all-users --format intune | Select-Object -Last 1
    # change=0 check=1 ok=5 none=2 issues=0 v=0.1.0: no account to change is known only where nothing was left unread.
    if ($line -match '^change=(0(?=.* issues=0 )|[1-9]\d*) ') { $number = [int] $Matches[1] }
}
Write-Output $number

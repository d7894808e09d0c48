# Intune remediation, remediation script. The program changes nothing, and so this script can't: it brings the steps to the
# people, and always ends with exit code 1, because nothing has been remedied yet.
#   - for the users: "SMTP-AUTH" on the desktop, which examines the accounts of whoever opens it and shows the steps
#   - for the helpdesk: a page with all users' accounts, in a folder for administrators only
# Runs as SYSTEM. ASCII only: see Detect-SmtpAuth.ps1. Nothing goes to stderr: Intune would take that for a script error.

$ErrorActionPreference = 'SilentlyContinue'

$programFiles = if ($env:ProgramW6432) { $env:ProgramW6432 } else { $env:ProgramFiles }
$folder = Join-Path -Path $programFiles -ChildPath 'smtp-auth-audit'
$program = Join-Path -Path $folder -ChildPath 'smtp-auth-audit.exe'
$steps = Join-Path -Path $folder -ChildPath 'show-steps.cmd'
$reports = Join-Path -Path $folder -ChildPath 'reports'

if (-not (Test-Path -LiteralPath $program -PathType Leaf)) {
    Write-Output 'failed: smtp-auth-audit is not installed'
    exit 1
}

$done = @()
try {
    if (-not (Test-Path -LiteralPath $reports)) { $null = New-Item -Path $reports -ItemType Directory -ErrorAction Stop }
    # SYSTEM and Administrators, by SID: their names are translated on some PCs. One user must not read another's accounts.
    $null = & icacls.exe $reports /inheritance:r /grant:r '*S-1-5-18:(OI)(CI)F' '*S-1-5-32-544:(OI)(CI)F' 2>$null
    if ($LASTEXITCODE -ne 0) { throw 'icacls' }
    $page = Join-Path -Path $reports -ChildPath ('{0}.html' -f $env:COMPUTERNAME)
    & $program scan --all-users --quiet --format html --output $page
    if ($LASTEXITCODE -in 0, 1, 3) { $done += "report=$page" } else { $done += 'report=failed' }
}
catch { $done += 'report=failed' }

try {
    if (-not (Test-Path -LiteralPath $steps -PathType Leaf)) { throw 'show-steps.cmd' }
    # The public desktop can be written by administrators only, and is shown to every user.
    $path = Join-Path -Path $env:PUBLIC -ChildPath 'Desktop\SMTP-AUTH.lnk'
    $shortcut = (New-Object -ComObject WScript.Shell -ErrorAction Stop).CreateShortcut($path)
    $shortcut.TargetPath = $steps
    $shortcut.IconLocation = $program + ',0'
    $shortcut.WindowStyle = 7
    $shortcut.Save()
    $done += 'shortcut=placed'
}
catch { $done += 'shortcut=failed' }

$line = & $program scan --all-users --format intune | Select-Object -Last 1
Write-Output ('not changed, steps placed: {0}; {1}' -f ($done -join ' '), $line)
exit 1

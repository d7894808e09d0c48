# Intune remediation, detection script: exit code 1 if an account of any user of this PC has to be changed, else 0.
# Runs as SYSTEM. ASCII only: Windows PowerShell 5.1 reads a script without a byte order mark in the code page of the PC.
# The last line of output is what Intune keeps; nothing goes to stderr.

$ErrorActionPreference = 'SilentlyContinue'

# A 32-bit host sees the 32-bit folder in ProgramFiles; ProgramW6432 is the 64-bit one in both hosts. The program itself is
# 64-bit, so nothing is redirected for it, whichever host starts it.
$programFiles = if ($env:ProgramW6432) { $env:ProgramW6432 } else { $env:ProgramFiles }
$program = Join-Path -Path $programFiles -ChildPath 'smtp-auth-audit\smtp-auth-audit.exe'

if (-not (Test-Path -LiteralPath $program -PathType Leaf)) {
    # Not known is not "fine".
    Write-Output 'failed: smtp-auth-audit is not installed'
    exit 1
}

try {
    $line = & $program scan --all-users --format intune | Select-Object -Last 1
    $code = $LASTEXITCODE
}
catch {
    Write-Output 'failed: smtp-auth-audit could not be started'
    exit 1
}

if ($code -eq 0) {
    # Nothing is left: take away what the remediation script put there. Its page would go on saying "to change", and so would
    # the one of a former name of the computer. What is not there is no matter.
    $shortcut = Join-Path -Path $env:PUBLIC -ChildPath 'Desktop\SMTP-AUTH.lnk'
    $pages = Join-Path -Path $programFiles -ChildPath 'smtp-auth-audit\reports\*.html'
    Remove-Item -Path $shortcut, $pages -Force
    Write-Output $line
    exit 0
}
if ($line) { Write-Output $line } else { Write-Output ('failed: exit code {0}' -f $code) }
exit 1

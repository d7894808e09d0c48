# Makes the configuration item with its setting and rule. Run in the ConfigMgr console's PowerShell, whose prompt is the
# site drive (ABC:\>), where no files are; so give both scripts by their full paths:
#
#     & C:\deploy\configmgr\Import-ComplianceItem.ps1 -DiscoveryScript C:\deploy\configmgr\Discover-SmtpAuth.ps1
#
# Then add the item to a baseline and deploy that to a collection. ASCII only, Windows PowerShell 5.1.

[CmdletBinding()]
param(
    [Parameter(Mandatory = $true)]
    [string] $DiscoveryScript,
    [string] $Name = 'Mail accounts send with SMTP-AUTH'
)

$ErrorActionPreference = 'Stop'
$item = New-CMConfigurationItem -Name $Name -CreationType WindowsOS
$setting = @{
    InputObject             = $item
    Name                    = 'Accounts to change'
    DataType                = 'Integer'
    DiscoveryScriptLanguage = 'PowerShell'
    DiscoveryScriptFile     = $DiscoveryScript
    Is64Bit                 = $true
    ValueRule               = $true
    RuleName                = 'No account to change'
    RuleDescription         = '-1: not known; the program is not installed or did not run, or not everything could be read'
    ExpressionOperator      = 'IsEquals'
    ExpectedValue           = '0'
    NoncomplianceSeverity   = 'Warning'
    ReportNoncompliance     = $true
}
Add-CMComplianceSettingScript @setting
Write-Output ('made: {0}' -f $Name)

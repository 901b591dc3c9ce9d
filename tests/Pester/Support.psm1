# What the tests share. Every *.Tests.ps1 imports it in BeforeAll.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$script:Root = Split-Path (Split-Path $PSScriptRoot)
$script:Web = $null

<# .SYNOPSIS The built module's manifest. #>
function Get-ModuleManifest {
    Join-Path $script:Root 'TargoGiftbit.psd1'
}

<# .SYNOPSIS The newest build of an assembly of this repository. #>
function Get-BuiltAssembly {
    param([Parameter(Mandatory)] [string] $Project)
    $found = Get-ChildItem (Join-Path $script:Root $Project 'bin/*/net10.0' "$(Split-Path $Project -Leaf).dll") |
        Sort-Object LastWriteTime | Select-Object -Last 1
    if (-not $found) { throw "$Project is not built: run dotnet build first." }
    $found.FullName
}

<# .SYNOPSIS What to import: the module, and the cmdlets made for tests of its base classes. #>
function Get-TestModule {
    Get-ModuleManifest
    Get-BuiltAssembly 'tests/TargoGiftbit.Module.TestCommands'
}

<# .SYNOPSIS Runs a script in a fresh pwsh and returns what it wrote to both streams, as text. #>
function Invoke-FreshPwsh {
    param([Parameter(Mandatory)] [string] $Script, [string[]] $Option = @('-NonInteractive'))
    $file = Join-Path ([IO.Path]::GetTempPath()) "targo-$([guid]::NewGuid().ToString('n')).ps1"
    try {
        Set-Content -LiteralPath $file -Value $Script
        $pwsh = (Get-Process -Id $PID).Path
        $text = & $pwsh -NoProfile @Option -File $file 2>&1 | ForEach-Object { "$_" }
        [pscustomobject]@{ Text = @($text) -join "`n"; ExitCode = $LASTEXITCODE }
    }
    finally {
        Remove-Item -LiteralPath $file -ErrorAction Ignore
    }
}

<#
.SYNOPSIS
    Waits until something holds, without a time of its own: only what will never hold fails, after two minutes.
.PARAMETER Or
    Ends the wait as well: what was waited for can no longer come.
#>
function Wait-Until {
    param([Parameter(Mandatory)] [scriptblock] $Condition, [scriptblock] $Or = { $false })
    $until = [datetime]::UtcNow.AddMinutes(2)
    while (-not (& $Condition)) {
        if (& $Or) { return }
        if ([datetime]::UtcNow -gt $until) { throw "Still not so after two minutes: $Condition" }
        Start-Sleep -Milliseconds 20
    }
}

<# .SYNOPSIS What Tab would offer at the end of a line. #>
function Get-Completion {
    param([Parameter(Mandatory)] [string] $Line)
    [Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches | ForEach-Object CompletionText
}

<#
.SYNOPSIS
    Starts the simulator if it does not run yet, and points the settings of this session to it and to a fresh data folder.
.PARAMETER Own
    Name of a simulator that these tests share with no others: for campaigns whose names others use too, or for another clock.
.OUTPUTS
    The simulator's addresses.
#>
function Use-Simulator {
    param([Parameter(Mandatory)] [string] $DataFolder, [string] $Own = '', [int] $ClockScale = 60)
    $simulator = Start-TestSimulator (Get-BuiltAssembly 'src/TargoGiftbit.Simulator') -Name $Own -ClockScale $ClockScale | ConvertFrom-Json
    # Keys of whoever runs the tests must neither be used nor win over the simulator's.
    Get-ChildItem env: | Where-Object Name -Match '^(GIFT|MJ_|MAILJET|IFEELGOODS|ERPNEXT)' | Remove-Item
    foreach ($setting in $simulator.env.PSObject.Properties) { Set-Item "env:$($setting.Name)" $setting.Value }
    $env:GIFT_HOME = $DataFolder
    $script:Web = $simulator.web
    Reset-Simulator
    $simulator
}

<#
.SYNOPSIS
    Puts the simulator's faults and switches back and forgets its recorded requests.
.DESCRIPTION
    Links exist as soon as they are ordered: a campaign whose links are late costs a second of waiting. A test that is about that wait
    sets giftbit.link-delay.
#>
function Reset-Simulator {
    $null = Invoke-Control Delete faults
    $null = Invoke-Control Delete requests
    # As they were when the simulator began: it outlives this module, which every file imports anew, and the file before may have turned some.
    $key = "switches of $script:Web"
    $switches = [AppContext]::GetData($key)
    if (-not $switches) {
        $switches = Invoke-Control Get switches
        $switches.'giftbit.campaign-delay' = $switches.'giftbit.link-delay' = '0s'
        [AppContext]::SetData($key, $switches)
    }
    $null = Invoke-Control Post switches $switches
}

<# .SYNOPSIS Calls the simulator's control API. #>
function Invoke-Control {
    param([Parameter(Mandatory)] [string] $Method, [Parameter(Mandatory)] [string] $Path, [object] $Body)
    $call = @{ Method = $Method; Uri = "$($script:Web)api/$Path" }
    if ($null -ne $Body) { $call.Body = ConvertTo-Json $Body -Depth 5; $call.ContentType = 'application/json' }
    Invoke-RestMethod @call
}

<# .SYNOPSIS How often a route of the simulator was called. #>
function Get-RequestCount {
    param([Parameter(Mandatory)] [string] $Route)
    @((Invoke-Control Get "requests?of=$Route&limit=10000").requests).Count
}

<# .SYNOPSIS The messages that the simulator has accepted for a campaign. #>
function Get-SimulatedMail {
    param([Parameter(Mandatory)] [string] $CampaignId)
    (Invoke-Control Get "mail?campaign=$CampaignId&limit=10000").mail
}

<# .SYNOPSIS Writes a contact list with so many good rows and returns its path. #>
function New-ContactFile {
    param([Parameter(Mandatory)] [string] $Folder, [int] $Count = 5, [int] $From = 1, [string[]] $ExtraRow)
    $path = Join-Path $Folder "$([guid]::NewGuid().ToString('n')).csv"
    & {
        'No client,Prénom,Nom,Courriel,Langue,Téléphone'
        foreach ($i in $From..($From + $Count - 1)) { "C$i,Prénom$i,Nom$i,client$i@example.com,$($i % 3 ? 'Français' : 'English'),450-555-0100" }
        $ExtraRow
    } | Set-Content -LiteralPath $path -Encoding utf8
    $path
}

<# .SYNOPSIS Terms of a campaign with an id of its own, to be splatted to New-GiftbitCampaign. #>
function New-OrderTerms {
    @{
        Id           = "t-$([guid]::NewGuid().ToString('n').Substring(0, 12))"
        PriceInCents = 6000
        Expiry       = (Get-Date).AddMonths(6)
        BrandCode    = 'timhortonsca', 'walmartca'
        Subject      = 'Cadeau TARGO — merci'
        Message      = "Merci d'être client TARGO."
    }
}

Export-ModuleMember -Function *

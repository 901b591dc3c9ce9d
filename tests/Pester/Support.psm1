# What the tests share. Every *.Tests.ps1 imports it in BeforeAll.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$script:Root = Split-Path (Split-Path $PSScriptRoot)

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

<# .SYNOPSIS What Tab would offer at the end of a line. #>
function Get-Completion {
    param([Parameter(Mandatory)] [string] $Line)
    [Management.Automation.CommandCompletion]::CompleteInput($Line, $Line.Length, $null).CompletionMatches.CompletionText
}

<#
.SYNOPSIS
    Starts the simulator if it does not run yet, and points the settings of this session to it and to a fresh data folder.
.OUTPUTS
    The simulator's addresses.
#>
function Use-Simulator {
    param([Parameter(Mandatory)] [string] $DataFolder)
    $simulator = Start-TestSimulator (Get-BuiltAssembly 'src/TargoGiftbit.Simulator') | ConvertFrom-Json
    # Keys of whoever runs the tests must neither be used nor win over the simulator's.
    Get-ChildItem env: | Where-Object Name -Match '^(GIFT|MJ_|MAILJET|IFEELGOODS|ERPNEXT)' | Remove-Item
    foreach ($setting in $simulator.env.PSObject.Properties) { Set-Item "env:$($setting.Name)" $setting.Value }
    $env:GIFT_HOME = $DataFolder
    $simulator
}

Export-ModuleMember -Function *

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

Export-ModuleMember -Function *

#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Builds, tests, packs or demonstrates TargoGiftbit.
.DESCRIPTION
    Each task can be run again and again. The work is done by dotnet; this script only saves typing. Packages are written to artifacts/.
.PARAMETER Task
    build (the default), test, pack, demo; several run in the order given.
.PARAMETER Configuration
    Debug or Release. Packages are always of a Release build.
.EXAMPLE
    ./build.ps1
.EXAMPLE
    ./build.ps1 build, test, pack -Configuration Release
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('build', 'test', 'pack', 'demo')]
    [string[]] $Task = 'build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Debug'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

foreach ($step in $Task) {
    switch ($step) {
        'build' { dotnet build "$PSScriptRoot/TargoGiftbit.sln" --configuration $Configuration --verbosity quiet }
        'test' { dotnet test "$PSScriptRoot/TargoGiftbit.sln" --configuration $Configuration --verbosity quiet }
        'pack' { dotnet build "$PSScriptRoot/src/TargoGiftbit" --verbosity minimal --target:PackModule }
        'demo' { dotnet run --project "$PSScriptRoot/src/TargoGiftbit.Simulator" --configuration $Configuration -- demo }
    }
}

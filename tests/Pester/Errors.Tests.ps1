# What a script sees of errors and of objects that are not this module's own.
Describe 'Errors and foreign objects' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)
        $null = Use-Simulator (Join-Path $TestDrive 'home')
        $terms = New-OrderTerms
        $id = $terms.Id
        $null = Import-GiftContact (New-ContactFile $TestDrive -Count 4) | New-GiftbitCampaign @terms
    }

    BeforeEach {
        $global:Error.Clear()
    }

    It 'one row that is not there: $? is false, $Error has id, category, target and remedy, the other rows come out' {
        $gifts = Get-Gift $id -Row 1, 99, 2 -ErrorAction SilentlyContinue
        $? | Should -BeFalse
        $gifts.Row | Should -Be 1, 2
        $global:Error.Count | Should -Be 1
        $global:Error[0].FullyQualifiedErrorId | Should -BeLike '*,TargoGiftbit.Commands.Ledger.GetGiftCommand'
        $global:Error[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
        "$($global:Error[0].TargetObject)" | Should -Match '99'
    }

    It '-ErrorAction Stop ends at the first bad row, Ignore leaves no trace' {
        $seen = [Collections.Generic.List[int]]::new()
        { Get-Gift $id -Row 1, 99, 2 -ErrorAction Stop | ForEach-Object { $seen.Add($_.Row) } } | Should -Throw
        $seen | Should -Be 1
        $global:Error.Clear()
        (Get-Gift $id -Row 1, 99, 2 -ErrorAction Ignore).Row | Should -Be 1, 2
        $global:Error.Count | Should -Be 0
    }

    It '$? is true after a cmdlet that went well' {
        $null = Get-Gift $id
        $? | Should -BeTrue
    }

    It 'gifts are named by the columns of Import-Csv' {
        $file = Join-Path $TestDrive 'rows.csv'
        Set-Content $file "CampaignId,Row`n$id,3`n$id,1"
        (Import-Csv $file | Get-Gift).Row | Should -Be 3, 1
    }

    It 'gifts are named by the properties of ConvertFrom-Json, and by gifts that were written as JSON' {
        ("[{""CampaignId"":""$id"",""Row"":4,""Environment"":""Sandbox""}]" | ConvertFrom-Json | Get-Gift).Row | Should -Be 4
        (Get-Gift $id | ConvertTo-Json -Depth 3 -WarningAction Ignore | ConvertFrom-Json | Get-Gift).Row | Should -Be 1, 2, 3, 4
    }

    It 'a gift that comes back out of a job, without its methods, is the same gift' {
        $gift = Get-Gift $id -Row 2
        $flat = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize($gift))
        ($flat | Get-Gift).Email | Should -Be $gift.Email
    }

    It 'an unknown parameter value names the values there are' {
        { Get-Gift $id -Status Lost } | Should -Throw '*LinkCreated*'
    }

    It 'runs under the strictest mode' {
        & { Set-StrictMode -Version Latest; (Get-Gift $id | Where-Object Status -EQ New | Select-Object -First 1).Row } | Should -Be 1
    }

    It 'what only reads asks nobody in a session that cannot be asked' {
        $run = Invoke-FreshPwsh "Import-Module '$(Get-ModuleManifest)'; 'Get-Gift', 'Get-GiftCampaign', 'Get-GiftConfiguration' | ForEach-Object { `"`$_ `$(@(& `$_).Count -gt 0)`" }; exit 0"
        $run.ExitCode | Should -Be 0
        $run.Text -split "`n" | Should -Be 'Get-Gift True', 'Get-GiftCampaign True', 'Get-GiftConfiguration True'
    }
}

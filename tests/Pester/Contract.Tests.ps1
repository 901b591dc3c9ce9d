Describe 'Test-GiftbitContract' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1" -Force
        Import-Module (Get-TestModule)
        $null = Use-Simulator (Join-Path $TestDrive 'home')
        $file = Join-Path $TestDrive 'home/giftbit-contract.json'
    }

    BeforeEach { Reset-Simulator }

    It '-WhatIf orders nothing' {
        Test-GiftbitContract -WhatIf | Should -BeNullOrEmpty
        Get-RequestCount giftbit.campaign.create | Should -Be 0
        $file | Should -Not -Exist
    }

    It 'has no -Production, and refuses a production address' {
        { Test-GiftbitContract -Production -ErrorAction Stop } | Should -Throw
        $sandbox = $env:GIFTBIT_ENDPOINT
        try {
            $env:GIFTBIT_ENDPOINT = 'https://api.giftbit.com/papi/v1'
            { Test-GiftbitContract -ErrorAction Stop } | Should -Throw -ErrorId 'EndpointIs*'
        }
        finally { $env:GIFTBIT_ENDPOINT = $sandbox }
    }

    It 'recommends one order for all where gifts come with link and recipient, and a new campaign is ordered so' {
        $contract = Test-GiftbitContract
        $contract.Recommended, $contract.GiftsCarryLinks, $contract.GiftsTellAddress | Should -Be 'Batch', $true, $true
        if (-not $IsWindows) { (Get-Item $file).UnixFileMode | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite') }
        Get-Content -Raw $file | Should -Not -Match 'http'
        $terms = New-OrderTerms
        $null = Import-GiftContact (New-ContactFile $TestDrive -Count 2) | New-GiftbitCampaign @terms -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        (Get-GiftCampaign $terms.Id).OrderMode | Should -Be 'Batch'
    }

    It 'recommends one order per recipient where links are not labelled; a new campaign follows, an explicit mode or a known campaign does not' {
        $known = New-OrderTerms
        $null = Import-GiftContact (New-ContactFile $TestDrive -Count 2) | New-GiftbitCampaign @known
        $null = Invoke-Control Post switches @{ 'giftbit.recipients' = 'none' }
        $contract = Test-GiftbitContract
        $contract.Recommended | Should -Be 'PerRecipient'
        $terms = New-OrderTerms
        $gifts = Import-GiftContact (New-ContactFile $TestDrive -Count 2) | New-GiftbitCampaign @terms -WarningVariable warnings -WarningAction SilentlyContinue | Get-GiftbitShortlink -Wait
        "$warnings" | Should -Match 'Test-GiftbitContract'
        (Get-GiftCampaign $terms.Id).OrderMode | Should -Be 'PerRecipient'
        $gifts | Should -HaveCount 2
        $explicit = New-OrderTerms
        $null = Import-GiftContact (New-ContactFile $TestDrive -Count 2) | New-GiftbitCampaign @explicit -OrderMode Batch
        (Get-GiftCampaign $explicit.Id).OrderMode | Should -Be 'Batch'
        $null = Import-GiftContact (New-ContactFile $TestDrive -Count 3) | New-GiftbitCampaign @known
        (Get-GiftCampaign $known.Id).OrderMode | Should -Be 'Batch'
    }
}

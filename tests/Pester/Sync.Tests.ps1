Describe 'Sync-GiftCampaign' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1" -Force
        Import-Module (Get-TestModule)
        $null = Use-Simulator (Join-Path $TestDrive 'home')
        $null = Invoke-Control Post switches @{ 'mailjet.index-delay' = '0s' }
        $contacts = New-ContactFile $TestDrive -Count 4
        $terms = New-OrderTerms
        $terms.Id = 'moved'
        $null = Import-GiftContact $contacts | New-GiftbitCampaign @terms | Get-GiftbitShortlink -Wait
        $export = Export-GiftCampaign moved -Path (Join-Path $TestDrive 'moved.json')
        $null = Get-Gift moved -Row 1, 2, 3 | Send-GiftEmail
        $null = Invoke-Control Post redeem @{ gift = (Get-Gift moved -Row 1).ProviderGiftId; brand = 'walmartca' }
        $other = Join-Path $TestDrive 'other'
    }

    It 'says nothing where nothing differs' {
        $null = Update-GiftStatus moved -Force
        Sync-GiftCampaign moved | Should -BeNullOrEmpty
    }

    It '-WhatIf shows the differences and corrects nothing' {
        $null = Import-GiftCampaign $export -DataPath $other -WarningAction SilentlyContinue
        $found = Sync-GiftCampaign moved -DataPath $other -WhatIf
        ($found | Where-Object Finding -EQ MailSent).Row | Should -Be 1, 2, 3
        ($found | Where-Object Finding -EQ StatusDiffers).Row | Should -Be 1
        $found.IsRepaired | Should -Not -Contain $true
        (Get-Gift moved -DataPath $other).MailState | Select-Object -Unique | Should -Be 'Uncertain'
    }

    It 'the view fits 100 columns and shows no link' {
        $text = Sync-GiftCampaign moved -DataPath $other -WhatIf | Out-String -Width 100
        ($text.Split("`n").TrimEnd().Length | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 100
        $text | Should -Not -Match 'http'
    }

    It 'corrects the ledger, and the mailing goes on without a second mail' {
        $done = Sync-GiftCampaign moved -DataPath $other
        ($done | Where-Object Finding -EQ MailSent).IsRepaired | Select-Object -Unique | Should -BeTrue
        (Get-Gift moved -Row 1 -DataPath $other).Status | Should -Be 'Redeemed'
        $before = @(Get-SimulatedMail moved).Count
        $null = Get-Gift moved -DataPath $other | Send-GiftEmail -DataPath $other -WarningAction SilentlyContinue -ErrorAction SilentlyContinue
        $mail = @(Get-SimulatedMail moved)
        $before | Should -Be 3
        ($mail.customId | Group-Object | Measure-Object Count -Maximum).Maximum | Should -Be 1
        (Get-GiftHistory moved -Row 2 -DataPath $other).What | Should -Contain 'MailSettledSent'
    }
}

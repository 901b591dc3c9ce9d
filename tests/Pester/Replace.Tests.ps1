Describe 'New-GiftbitCampaign -Replace' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1" -Force
        Import-Module (Get-TestModule)
        $simulator = Use-Simulator (Join-Path $TestDrive 'home')
        $contacts = New-ContactFile $TestDrive -Count 6
        $terms = New-OrderTerms
        $terms.Id = 'lost'
        $null = Import-GiftContact $contacts | New-GiftbitCampaign @terms | Get-GiftbitShortlink -Wait | Send-GiftEmail
    }

    It '-WhatIf cancels and orders nothing, and passes a rehearsal gift on' {
        $before = Get-RequestCount giftbit.campaign.create
        $out = Get-Gift lost -Row 1 | New-GiftbitCampaign -WhatIf
        $out.IsRehearsal, $out.ReplacesRow | Should -Be $true, 1
        $out | Send-GiftEmail | Should -Not -BeNullOrEmpty
        (Get-Gift lost -Row 1).Status | Should -Be 'LinkCreated'
        Get-RequestCount giftbit.campaign.create | Should -Be $before
    }

    It 'replaces a gift that comes down the pipeline, and the rest of the pipeline sends the new one alone' {
        $sent = Get-Gift lost -Row 2 | New-GiftbitCampaign -Reason 'mail lost' | Get-GiftbitShortlink -Wait | Send-GiftEmail
        $sent.Row, $sent.ReplacesRow, $sent.MailState | Should -Be 7, 2, 'Sent'
        (Get-Gift lost -Row 2).Status | Should -Be 'Refunded'
        (Get-GiftbitGift (Get-Gift lost -Row 2).ProviderGiftId).Status | Should -Be 'GIVER_CANCELLED'
        (Get-SimulatedMail lost) | Should -HaveCount 7
        (Get-GiftHistory lost -Row 2).What | Should -Contain 'Replaced'
        (Get-GiftHistory lost -Row 7 | Where-Object What -EQ 'Entered').Detail | Should -Be 'in place of lost:2'
    }

    It 'replaces by campaign and row, and again is the same gift' {
        $first = New-GiftbitCampaign lost -ReplaceRow 3
        $again = New-GiftbitCampaign lost -ReplaceRow 3 -Verbose 4>&1
        $first.Row | Should -Be 8
        ($again | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }).Row | Should -Be 8
        "$again" | Should -Match 'was replaced by lost:8 before'
        Get-Gift lost | Should -HaveCount 8
    }

    It 'takes the gift as an argument' {
        (New-GiftbitCampaign -Replace (Get-Gift lost -Row 4)).ReplacesRow | Should -Be 4
    }

    It 'a redeemed gift stays the customer''s, and the others are replaced all the same' {
        $null = Invoke-Control Post redeem @{ gift = (Get-Gift lost -Row 5).ProviderGiftId; brand = 'walmartca' }
        $out = New-GiftbitCampaign lost -ReplaceRow 5, 6 -ErrorVariable problems -ErrorAction SilentlyContinue
        $out.ReplacesRow | Should -Be 6
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'GiftNotRevocable,*'
        "$($problems[0].TargetObject)" | Should -Be 'lost:5'
    }

    It 'a production gift needs -Production' {
        { New-TestGift -Environment Production -CampaignId lost | New-GiftbitCampaign -ErrorAction Stop } | Should -Throw
    }

    It 'gifts with an order''s terms are contacts of a new campaign, as before' {
        $next = New-OrderTerms
        $out = Get-Gift lost -Row 1 | New-GiftbitCampaign @next
        $out.CampaignId, $out.ReplacesRow | Should -Be $next.Id, $null
        (Get-Gift lost -Row 1).Status | Should -Be 'LinkCreated'
    }

    It 'an order without its terms is refused, not taken for a replacement' {
        { Get-Gift lost -Row 1 | New-GiftbitCampaign -Id other -ErrorAction Stop } | Should -Throw
        { Import-GiftContact $contacts | New-GiftbitCampaign -PriceInCents 6000 -ErrorAction Stop } | Should -Throw
        { Get-Gift lost -Row 1 | New-GiftbitCampaign -PriceInCents 6000 -ErrorAction Stop } | Should -Throw
        (Get-Gift lost -Row 1).Status | Should -Be 'LinkCreated'
    }
}

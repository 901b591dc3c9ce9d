Describe 'Looking after gifts' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1" -Force
        Import-Module (Get-TestModule)
        $simulator = Use-Simulator (Join-Path $TestDrive 'home')
        $contacts = Join-Path $TestDrive 'clients.csv'
        @('id,prenom,nom,courriel') + (1..4 | ForEach-Object { "L$_,Marie,Côté,marie$_@example.com" }) | Set-Content $contacts
        $order = @{ PriceInCents = 6000; Expiry = (Get-Date).AddMonths(6); BrandCode = 'timhortonsca', 'walmartca'; Subject = 'Cadeau'; Message = 'Merci.' }
        $null = Import-GiftContact $contacts | New-GiftbitCampaign -Id life @order | Get-GiftbitShortlink -Wait
    }

    Context 'Revoke-GiftbitGift' {
        It '-WhatIf cancels nothing and passes rehearsal gifts on' {
            $out = Revoke-GiftbitGift life -Row 1 -WhatIf
            $out.IsRehearsal | Should -BeTrue
            (Get-Gift life -Row 1).Status | Should -Be 'LinkCreated'
        }

        It 'cancels, and the gift is refunded at both ends' {
            $out = Get-Gift life -Row 2 | Revoke-GiftbitGift -Reason 'moved away'
            $out.Status | Should -Be 'Refunded'
            $out.RefundedAt | Should -Not -BeNullOrEmpty
            (Get-GiftbitGift $out.ProviderGiftId).Status | Should -Be 'GIVER_CANCELLED'
        }

        It 'a redeemed gift stays the customer''s, and the others are cancelled all the same' {
            $null = Invoke-RestMethod "$($simulator.web.TrimEnd('/'))/api/redeem" -Method Post -ContentType application/json -Body (@{ gift = (Get-Gift life -Row 3).ProviderGiftId; brand = 'walmartca' } | ConvertTo-Json)
            $out = Revoke-GiftbitGift life -Row 3, 4 -ErrorVariable problems -ErrorAction SilentlyContinue
            $out.Row | Should -Be 4
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'GiftNotRevocable,*'
            "$($problems[0].TargetObject)" | Should -Be 'life:3'
            (Get-Gift life -Row 3).Status | Should -Be 'Redeemed'
        }

        It 'a production gift needs -Production' {
            { New-TestGift -Environment Production -CampaignId life | Revoke-GiftbitGift -ErrorAction Stop } | Should -Throw
        }
    }

    Context 'Get-GiftHistory' {
        It 'tells a customer''s story without a link' {
            $story = Get-GiftHistory -Customer marie2@example.com
            $story.What | Should -Be 'Entered', 'OrderCreated', 'LinkCreated', 'RevocationAsked', 'Status'
            $story | Out-String -Width 100 | Should -Not -Match 'http'
            ($story | Out-String -Width 100).Split("`n").TrimEnd().Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 100
        }

        It 'takes -Since and -Until, both of them included' {
            $story = Get-GiftHistory life -Row 2
            $asked = ($story | Where-Object What -EQ 'RevocationAsked').At
            (Get-GiftHistory life -Row 2 -Since $asked).What | Should -Be 'RevocationAsked', 'Status'
            (Get-GiftHistory life -Row 2 -Since $asked -Until $asked).What | Should -Contain 'RevocationAsked'
            (Get-GiftHistory life -Row 2 -Until $asked.AddTicks(-1)).What | Should -Not -Contain 'RevocationAsked'
        }

        It 'takes gifts by pipeline' {
            (Get-Gift life -Row 1 | Get-GiftHistory).Row | Select-Object -Unique | Should -Be 1
        }
    }

    Context 'Resolve-GiftDelivery' {
        It 'has nothing to do where nothing is uncertain' {
            Resolve-GiftDelivery life | Should -BeNullOrEmpty
            @() | Resolve-GiftDelivery | Should -BeNullOrEmpty
        }
    }
}

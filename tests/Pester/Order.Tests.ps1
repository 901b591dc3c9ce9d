Describe 'Ordering' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)
        $null = Use-Simulator (Join-Path $TestDrive 'home')
    }

    BeforeEach {
        Reset-Simulator
        $terms = New-OrderTerms
        $contacts = New-ContactFile $TestDrive
    }

    It 'makes one order of one gift per contact, and writes the gifts' {
        $gifts = Import-GiftContact $contacts | New-GiftbitCampaign @terms
        $gifts | Should -HaveCount 5
        $gifts.Row | Should -Be (1..5)
        $gifts.CustomerId | Should -Be 'C1', 'C2', 'C3', 'C4', 'C5'
        $gifts[0].Price.ToString() | Should -Be '60.00 CAD'
        Get-RequestCount giftbit.campaign.create | Should -Be 1
        $campaign = Get-GiftCampaign $terms.Id
        $campaign.OrderState | Should -Be 'Created'
        $campaign.GiftCount | Should -Be 5
    }

    It 'takes an amount in place of cents, and the campaign as an object afterwards' {
        $terms.Remove('PriceInCents')
        (Import-GiftContact $contacts | New-GiftbitCampaign @terms -Price 60.00)[0].Price.Cents | Should -Be 6000
        Get-GiftCampaign $terms.Id | Get-Gift | Should -HaveCount 5
        Get-GiftbitCampaign -Id (Get-GiftCampaign $terms.Id) | Should -HaveCount 1
    }

    It 'orders nothing twice when it is run again, with a re-sorted or longer list' {
        $first = Import-GiftContact $contacts | New-GiftbitCampaign @terms
        Import-GiftContact $contacts | Sort-Object FirstName -Descending | New-GiftbitCampaign @terms | Should -HaveCount 5
        Get-RequestCount giftbit.campaign.create | Should -Be 1

        $longer = New-ContactFile $TestDrive -Count 7
        $again = Import-GiftContact $longer | New-GiftbitCampaign @terms
        $again | Should -HaveCount 7
        foreach ($gift in $first) { ($again | Where-Object CustomerId -EQ $gift.CustomerId).Row | Should -Be $gift.Row }
        Get-RequestCount giftbit.campaign.create | Should -Be 2
    }

    It 'orders one by one with -OrderMode PerRecipient' {
        Import-GiftContact $contacts | New-GiftbitCampaign @terms -OrderMode PerRecipient | Should -HaveCount 5
        Get-RequestCount giftbit.campaign.create | Should -Be 5
        (Get-Gift $terms.Id -Row 3).OrderId | Should -Be "$($terms.Id)-3"
    }

    It '-WhatIf orders nothing, enters nothing, and rehearses the whole pipeline' {
        $shown = Import-GiftContact $contacts | New-GiftbitCampaign @terms -WhatIf | Get-GiftbitShortlink -Wait | Send-GiftEmail 6>&1
        $gifts = $shown | Where-Object { $_.GetType().Name -eq 'Gift' }
        $gifts | Should -HaveCount 5
        $gifts.IsRehearsal | Should -Not -Contain $false
        "$($shown | Where-Object { $_ -is [Management.Automation.InformationRecord] })" | Should -Match 'What if: .*Send 5 gift e-mails'
        Get-RequestCount giftbit.campaign.create | Should -Be 0
        Get-RequestCount mailjet.send | Should -Be 0
        Get-GiftCampaign | Where-Object CampaignId -EQ $terms.Id | Should -BeNullOrEmpty
    }

    Context 'contacts that other commands read' {
        It 'rows of Import-Csv are ordered for, under the names an office gives its columns' {
            $gifts = Import-Csv $contacts | New-GiftbitCampaign @terms
            $gifts.CustomerId | Should -Be 'C1', 'C2', 'C3', 'C4', 'C5'
            ($gifts | Where-Object Language -EQ En).Row | Should -Be 3
        }

        It 'contacts that went through JSON or CLIXML keep their language and their problem' {
            $list = New-ContactFile $TestDrive -Count 3 -ExtraRow 'C9,Bad,Row,nope,fr,'
            $json = Import-GiftContact $list | ConvertTo-Json -Depth 4 | ConvertFrom-Json
            $gifts = $json | New-GiftbitCampaign @terms -SkipInvalid -ErrorVariable problems -ErrorAction SilentlyContinue
            $gifts.Language | Should -Be 'Fr', 'Fr', 'En'
            $problems | Should -HaveCount 1
            $problems[0].Exception.Message | Should -Match 'Line 5'
            $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Import-GiftContact $list)))
            $copy | New-GiftbitCampaign @terms -SkipInvalid -ErrorAction SilentlyContinue | Should -HaveCount 3
            Get-RequestCount giftbit.campaign.create | Should -Be 1
        }

        It 'what is no contact counts as a bad one, so that nothing is ordered without it' {
            $mixed = @(Import-GiftContact $contacts) + [pscustomobject]@{ Foo = 1 } + 'text'
            $problem = { $mixed | New-GiftbitCampaign @terms -ErrorAction Stop } | Should -Throw -PassThru
            $problem.FullyQualifiedErrorId | Should -BeLike 'ContactUnreadable,*'
            $problem.Exception.Message | Should -Match 'Courriel'
            Get-RequestCount giftbit.campaign.create | Should -Be 0
            $mixed | New-GiftbitCampaign @terms -SkipInvalid -ErrorAction SilentlyContinue | Should -HaveCount 5
        }
    }

    Context 'bad contacts' {
        BeforeEach {
            $contacts = New-ContactFile $TestDrive -ExtraRow 'C9,Bad,Row,nope,fr,', 'C1,Again,Row,client1@example.com,fr,'
        }

        It 'are one error each, with line and remedy, and nothing is ordered' {
            $problem = { Import-GiftContact $contacts | New-GiftbitCampaign @terms -ErrorVariable +problems -ErrorAction SilentlyContinue } | Should -Throw -PassThru
            $problem.FullyQualifiedErrorId | Should -BeLike 'OrderContactsInvalid,*'
            Get-RequestCount giftbit.campaign.create | Should -Be 0

            $problems = @()
            try { Import-GiftContact $contacts | New-GiftbitCampaign @terms -ErrorVariable problems -ErrorAction SilentlyContinue } catch { $null = $_ }
            $each = $problems | Where-Object { $_ -is [Management.Automation.ErrorRecord] -and $_.FullyQualifiedErrorId -like 'Contact*' }
            $each | Should -HaveCount 2
            $each[0].Exception.Message | Should -Match 'Line 7'
            $each[0].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            $each[0].TargetObject.GetType().Name | Should -Be 'GiftContact'
            $each[0].FullyQualifiedErrorId | Should -Be 'ContactEmailInvalid,TargoGiftbit.Commands.Giftbit.NewGiftbitCampaignCommand'
        }

        It '-SkipInvalid leaves them out and orders the others' {
            $gifts = Import-GiftContact $contacts | New-GiftbitCampaign @terms -SkipInvalid -ErrorVariable problems -ErrorAction SilentlyContinue
            $gifts | Should -HaveCount 5
            $problems | Should -HaveCount 2
        }
    }

    Context 'what cannot be ordered' {
        It '<Name> is an error, and nothing is ordered' -ForEach @(
            @{ Name = 'an unknown brand'; Change = @{ BrandCode = 'nope' }; Id = 'GiftbitUnknownBrand' }
            @{ Name = 'a price outside the list of a brand'; Change = @{ PriceInCents = 100 }; Id = 'GiftbitPriceNotAllowed' }
            @{ Name = 'an expiry in the past'; Change = @{ Expiry = '2020-01-01' }; Id = 'GiftbitExpiryPast' }
            @{ Name = 'an expiry over a year away'; Change = @{ Expiry = (Get-Date).AddYears(2) }; Id = 'GiftbitExpiryTooFar' }
            @{ Name = 'a cost beyond the funds'; Change = @{ PriceInCents = 50000 }; Id = 'GiftbitFundsInsufficient'; Funds = 1 }
            @{ Name = 'a missing message'; Change = @{ Message = '' }; Id = 'GiftbitMessageMissing' }
            @{ Name = 'brands and a region at once'; Change = @{ Region = 'Canada' }; Id = 'GiftbitBrandsOrRegion' }
            @{ Name = 'an id with a blank'; Change = @{ Id = 'two words' }; Id = 'GiftbitOrderIdInvalid' }
        ) {
            foreach ($key in $Change.Keys) { $terms[$key] = $Change[$key] }
            if ($Funds) { $list = New-ContactFile $TestDrive -Count 21000 } else { $list = $contacts }
            $problem = { Import-GiftContact $list | New-GiftbitCampaign @terms -ErrorAction SilentlyContinue } | Should -Throw -PassThru
            $problem.FullyQualifiedErrorId | Should -BeLike "$Id,*"
            $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
            Get-RequestCount giftbit.campaign.create | Should -Be 0
        }

        It 'several faults are all told at once' {
            $terms.BrandCode = 'nope'
            $terms.Expiry = '2020-01-01'
            try { Import-GiftContact $contacts | New-GiftbitCampaign @terms -ErrorVariable problems -ErrorAction SilentlyContinue } catch { $problems += $_ }
            ($problems.FullyQualifiedErrorId -replace ',.*' | Sort-Object -Unique) | Should -Be 'GiftbitExpiryPast', 'GiftbitUnknownBrand'
        }

        It 'an empty list is an error' {
            { @() | New-GiftbitCampaign @terms } | Should -Throw -ErrorId 'OrderWithoutContacts,*'
        }

        It 'other terms under the id of an ordered campaign are an error' {
            $null = Import-GiftContact $contacts | New-GiftbitCampaign @terms
            $terms.PriceInCents = 5000
            { Import-GiftContact $contacts | New-GiftbitCampaign @terms } | Should -Throw -ErrorId 'CampaignTermsDiffer,*'
            Get-RequestCount giftbit.campaign.create | Should -Be 1
        }

        It 'without a test inbox nothing is ordered, and -TestInbox gives one' {
            $inbox = $env:GIFT_TEST_INBOX
            $env:GIFT_TEST_INBOX = $null
            try {
                { Import-GiftContact $contacts | New-GiftbitCampaign @terms } | Should -Throw -ErrorId 'TestInboxMissing,*'
                Get-RequestCount giftbit.campaign.create | Should -Be 0
                Import-GiftContact $contacts | New-GiftbitCampaign @terms -TestInbox 'other@targo.ca' | Should -HaveCount 5
                (Get-Gift $terms.Id -Row 2).ProviderEmail | Should -Be 'other+2@targo.ca'
            }
            finally {
                $env:GIFT_TEST_INBOX = $inbox
            }
        }

        It 'a .env file that others can read is refused with the chmod to run' -Skip:$IsWindows {
            $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'open')).FullName
            Set-Content (Join-Path $folder '.env') 'GIFTBIT_TOKEN=canary-token-in-file'
            chmod 644 (Join-Path $folder '.env')
            $problem = { Test-GiftbitToken -DataPath $folder } | Should -Throw -PassThru
            $problem.FullyQualifiedErrorId | Should -BeLike 'EnvFileExposed,*'
            $problem.CategoryInfo.Category | Should -Be 'PermissionDenied'
            "$($problem.Exception.Message) $($problem.ErrorDetails.RecommendedAction)" | Should -Match 'chmod 600'
            "$problem" | Should -Not -Match 'canary'
        }
    }

    Context 'production' {
        BeforeAll { $token = ConvertTo-SecureString $env:GIFTBIT_TOKEN -AsPlainText -Force }

        It 'where nobody can be asked it is an error that names -Force, and nothing is ordered' {
            $seen = Invoke-FreshPwsh @"
Import-Module '$(Get-ModuleManifest)'
`$terms = @{ Id = '$($terms.Id)'; PriceInCents = 6000; Expiry = (Get-Date).AddMonths(6); BrandCode = 'timhortonsca'; Subject = 'x'; Message = 'y' }
try { Import-GiftContact '$contacts' | New-GiftbitCampaign @terms -Production } catch { `$_.FullyQualifiedErrorId; `$_.ErrorDetails.RecommendedAction }
"@
            $seen.Text | Should -Match 'ConfirmationImpossible,'
            $seen.Text | Should -Match '-Force'
            Get-RequestCount giftbit.campaign.create | Should -Be 0
        }

        It 'asks once, with number, cost and funds; a No orders nothing, a Yes orders' {
            $script = 'Import-GiftContact $contacts | New-GiftbitCampaign @terms -Production -Token $token'
            $ask = @{ Script = $script; Module = (Get-TestModule); Variable = @{ contacts = $contacts; terms = $terms; token = $token } }
            $told = Invoke-TestConversation @ask -Answer No
            $told.Questions | Should -HaveCount 1
            $told.Questions[0] | Should -Match '5 gifts.*300\.00 CAD.*funds'
            $told.Output | Should -BeNullOrEmpty
            Get-RequestCount giftbit.campaign.create | Should -Be 0
            (Invoke-TestConversation @ask -Answer Yes).Output | Should -HaveCount 5
            Get-RequestCount giftbit.campaign.create | Should -Be 1
        }

        It '-Force says yes; the campaign is a production campaign and no sandbox command finds it' {
            Import-GiftContact $contacts | New-GiftbitCampaign @terms -Production -Force -Token $token | Should -HaveCount 5
            { Get-Gift $terms.Id -ErrorAction Stop } | Should -Throw -ErrorId 'CampaignUnknown,*'
            $gifts = Get-Gift $terms.Id -Production
            $gifts.Environment | Should -Not -Contain 'Sandbox'
            # Giftbit gets the customer's own address there.
            $gifts[0].ProviderEmail | Should -Be 'client1@example.com'
        }

        It 'a contact without an id is refused' {
            $list = New-ContactFile $TestDrive -ExtraRow ',No,Id,noid@example.com,fr,'
            { Import-GiftContact $list | New-GiftbitCampaign @terms -Production -Force -Token $token -ErrorAction Stop } | Should -Throw -ErrorId 'ContactIdMissing,*'
            Get-RequestCount giftbit.campaign.create | Should -Be 0
        }
    }
}

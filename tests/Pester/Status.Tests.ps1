Describe 'Statuses and reports' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)
        $null = Use-Simulator (Join-Path $TestDrive 'home')
    }

    BeforeEach {
        Reset-Simulator
        $terms = New-OrderTerms
        $null = Import-GiftContact (New-ContactFile $TestDrive) | New-GiftbitCampaign @terms | Get-GiftbitShortlink -Wait
    }

    Context 'Update-GiftStatus' {
        It '-Force polls now and passes the gifts on as they are' {
            $null = Invoke-Control Post redeem @{ gift = (Get-Gift $terms.Id -Row 2).ProviderGiftId; brand = 'walmartca' }
            $gifts = Get-Gift $terms.Id | Update-GiftStatus -Force
            $gifts | Should -HaveCount 5
            $redeemed = $gifts | Where-Object Status -EQ Redeemed
            $redeemed.Row | Should -Be 2
            $redeemed.BrandSelected | Should -Be 'walmartca'
            $redeemed.RedeemedAt | Should -Not -BeNullOrEmpty
            Get-RequestCount giftbit.gift.get | Should -Be 0
        }

        It 'takes a campaign by its id, and passes on only the rows that were named' {
            (Update-GiftStatus $terms.Id -Row 2, 4 -Force).Row | Should -Be 2, 4
        }

        It 'gifts that are not due pass through without a call' {
            $null = Invoke-Control Delete requests
            Get-Gift $terms.Id | Update-GiftStatus | Should -HaveCount 5
            Get-RequestCount 'giftbit*' | Should -Be 0
        }

        It 'an empty pipeline does nothing' {
            $null = Invoke-Control Delete requests
            @() | Update-GiftStatus | Should -BeNullOrEmpty
            Get-Gift $terms.Id -Status Redeemed | Update-GiftStatus | Should -BeNullOrEmpty
            Get-RequestCount 'giftbit*' | Should -Be 0
        }

        It 'without arguments it polls what is due and returns a summary' {
            $summary = Update-GiftStatus
            $summary.GetType().Name | Should -Be 'ReconciliationSummary'
            $summary.Failures | Should -BeNullOrEmpty
            $summary.NextDue | Should -Not -BeNullOrEmpty
        }

        It 'a Giftbit that is down is an error; the gifts pass on as the ledger has them' {
            $endpoint = $env:GIFTBIT_TOKEN
            $env:GIFTBIT_TOKEN = 'refused'
            try { $out = Get-Gift $terms.Id | Update-GiftStatus -Force -ErrorVariable problems -ErrorAction SilentlyContinue }
            finally { $env:GIFTBIT_TOKEN = $endpoint }
            $out | Should -HaveCount 5
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'GiftbitTokenRefused,*'
            $problems[0].CategoryInfo.Category | Should -Be 'AuthenticationError'
        }
    }

    Context 'Export-GiftReport' {
        BeforeEach { $path = Join-Path $TestDrive "$([guid]::NewGuid()).csv" }

        It 'writes exactly the columns of the life-cycle report' {
            Export-GiftReport $terms.Id $path
            Get-Content $path -TotalCount 1 | Should -Be 'row,firstname,email,gift_url,gift_clicked_at,gift_status,gift_redeemed_at,gift_brand_selected'
            $rows = Import-Csv $path
            $rows | Should -HaveCount 5
            $rows[0].gift_status | Should -Be 'LINKCREATED'
            $rows[0].gift_url | Should -Match '^http'
            $rows[0].email | Should -Be 'client1@example.com'
        }

        It 'is for the current user alone' -Skip:$IsWindows {
            Set-Content $path 'older'
            chmod 644 $path
            Export-GiftReport $terms.Id $path
            [Convert]::ToString([int] [IO.File]::GetUnixFileMode($path), 8) | Should -Be '600'
        }

        It 'takes gifts from the pipeline and returns the file with -PassThru' {
            (Get-Gift $terms.Id -Row 2, 3 | Export-GiftReport -Path $path -PassThru).FullName | Should -Be $path
            (Import-Csv $path).row | Should -Be '2', '3'
            Get-Gift $terms.Id -Row 2, 3 | Export-GiftReport -Path $path -PassThru | Import-Csv | ForEach-Object row | Should -Be '2', '3'
        }

        It 'calls an expired gift EXPIRED, and REFUNDED on the operator''s word alone' {
            Edit-TestLedger $env:GIFT_HOME -Expire "$($terms.Id):5"
            Export-GiftReport $terms.Id $path
            (Import-Csv $path).gift_status[4] | Should -Be 'EXPIRED'
            Export-GiftReport $terms.Id $path -ExpiredRefunded
            (Import-Csv $path).gift_status | Should -Be 'LINKCREATED', 'LINKCREATED', 'LINKCREATED', 'LINKCREATED', 'REFUNDED'
        }

        It '-WhatIf writes nothing' {
            Export-GiftReport $terms.Id $path -WhatIf
            Test-Path $path | Should -BeFalse
        }

        It '-NoClobber keeps an older file' {
            Set-Content $path 'older'
            { Export-GiftReport $terms.Id $path -NoClobber } | Should -Throw -ErrorId 'FileExists,*'
            Get-Content $path | Should -Be 'older'
        }

        It 'an unknown campaign is an error and leaves no file' {
            { Export-GiftReport no-such-campaign $path -ErrorAction Stop } | Should -Throw -ErrorId 'CampaignUnknown,*'
            Test-Path $path | Should -BeFalse
        }
    }

    Context 'the ledger' {
        It 'Get-GiftCampaign shows the next poll, within 100 columns' {
            $null = Get-Gift $terms.Id | Send-GiftEmail
            $campaign = Get-GiftCampaign $terms.Id
            $campaign.NextPollAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddMinutes(50))
            $lines = ($campaign | Out-String -Width 100).TrimEnd().Split("`n").TrimEnd()
            ($lines.Length | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 100
            $lines[-1] | Should -Match ([regex]::Escape($campaign.NextPollAt.UtcDateTime.ToString('MM-dd HH:mm')))
        }

        It 'Get-GiftCampaign takes wildcards, and the environment' {
            (Get-GiftCampaign 't-*').CampaignId | Should -Contain $terms.Id
            Get-GiftCampaign 'nothing-*' | Should -BeNullOrEmpty
            Get-GiftCampaign $terms.Id -Environment Production -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        }

        It 'Get-GiftCampaign takes -Since and -Until' {
            $campaign = Get-GiftCampaign $terms.Id
            (Get-GiftCampaign -Since $campaign.CreatedAt).CampaignId | Should -Contain $terms.Id
            (Get-GiftCampaign -Until $campaign.CreatedAt).CampaignId | Should -Contain $terms.Id
            (Get-GiftCampaign -Since $campaign.CreatedAt.AddTicks(10000)).CampaignId | Should -Not -Contain $terms.Id
            (Get-GiftCampaign $terms.Id -Until $campaign.CreatedAt.AddTicks(-10000)) | Should -BeNullOrEmpty
        }

        It 'Get-Gift filters by row, status, mail, language and customer' {
            (Get-Gift $terms.Id -Row 2, 3).Row | Should -Be 2, 3
            Get-Gift $terms.Id -Status LinkCreated | Should -HaveCount 5
            Get-Gift $terms.Id -MailState Sent | Should -BeNullOrEmpty
            (Get-Gift $terms.Id -Language En).Row | Should -Be 3
            (Get-Gift -Customer client4@example.com | Where-Object CampaignId -EQ $terms.Id).Row | Should -Be 4
            (Get-Gift -Customer C4 | Where-Object CampaignId -EQ $terms.Id).Row | Should -Be 4
        }

        It 'campaigns and rows complete' {
            Get-Completion "Get-Gift -CampaignId $($terms.Id.Substring(0, 8))" | Should -Contain $terms.Id
            Get-Completion "Get-Gift -CampaignId $($terms.Id) -Row " | Should -Be '1', '2', '3', '4', '5'
            Get-Completion "Get-Gift -CampaignId $($terms.Id) -Row Prénom4" | Should -Be '4'
            Get-Completion "New-GiftbitCampaign $($terms.Id.Substring(0, 8))" | Should -Contain $terms.Id
            Get-Completion "New-GiftbitCampaign $($terms.Id) -ReplaceRow Prénom4" | Should -Be '4'
            Get-Completion 'Get-Gift -Status Re' | Should -Be 'Redeemed', 'Refunded'
        }

        It 'completion without a ledger offers nothing and makes none' {
            $nowhere = Join-Path $TestDrive 'nowhere'
            Get-Completion "Get-Gift -DataPath $nowhere -CampaignId t-" | Should -Not -Contain $terms.Id
            Test-Path $nowhere | Should -BeFalse
        }
    }
}

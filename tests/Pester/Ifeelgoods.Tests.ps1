Describe 'Ifeelgoods, the second provider' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)
        $sim = Use-Simulator (Join-Path $TestDrive 'home')

        function New-IfeelgoodsTerms([hashtable] $More) {
            $terms = @{
                Id          = "i-$([guid]::NewGuid().ToString('n').Substring(0, 12))"
                PromotionId = 'PRM-TARGO'
                RewardSku   = 'TIM-GC-60CAD-CA'
                Expiry      = [datetime]::new((Get-Date).Year + 1, 1, 1).AddDays(-1)
            }
            if ((Get-Date).Month -eq 12) { $terms.Expiry = (Get-Date).AddMonths(6) }
            if ($More) { foreach ($key in $More.Keys) { $terms[$key] = $More[$key] } }
            $terms
        }
    }

    BeforeEach {
        Reset-Simulator
        $contacts = New-ContactFile $TestDrive
    }

    Context 'Test-IfeelgoodsKey' {
        It 'is true for the pair of the settings, and false for another' {
            Test-IfeelgoodsKey | Should -BeExactly $true
            $wrong = [pscredential]::new('canary-key', (ConvertTo-SecureString 'canary-secret' -AsPlainText))
            $all = Test-IfeelgoodsKey -Credential $wrong -Verbose *>&1
            $all | Where-Object { $_ -is [bool] } | Should -BeExactly $false
            "$all" | Should -Not -Match 'canary'
        }

        It '-Detailed says whose it is and what is left' {
            $detail = Test-IfeelgoodsKey -Detailed
            $detail.UserName | Should -Be 'targo-simulator'
            $detail.Funds[0].Available.Currency | Should -Be 'CAD'
            $env:IFEELGOODS_API_SECRET | Should -Not -BeIn (($detail | ConvertTo-Json -Depth 5) -split '"')
        }

        It 'without a pair it is an error that names the setting' {
            $secret = $env:IFEELGOODS_API_SECRET
            $env:IFEELGOODS_API_SECRET = $null
            try { $problem = { Test-IfeelgoodsKey } | Should -Throw -PassThru }
            finally { $env:IFEELGOODS_API_SECRET = $secret }
            $problem.FullyQualifiedErrorId | Should -BeLike 'SettingMissing,*'
            $problem.Exception.Message | Should -Match 'IFEELGOODS_API_SECRET'
        }

        It 'signs in by OAuth when a switch says so' {
            Test-IfeelgoodsKey -Option auth=oauth | Should -BeTrue
            Get-RequestCount ifeelgoods.oauth | Should -Be 1
        }
    }

    Context 'Get-IfeelgoodsReward and Get-IfeelgoodsClient' {
        It 'lists all pages, filtered' {
            Get-IfeelgoodsReward | Should -HaveCount 70
            (Get-IfeelgoodsReward -Country US).RewardSku | Should -Be 'APP-ITC-10USD-US'
            (Get-IfeelgoodsReward -Search metro -InStock).StockQuantity | Should -Be 2
            Get-IfeelgoodsReward -Search saq -InStock | Should -BeNullOrEmpty
        }

        It 'shows stock, value range, cost and pictures' {
            $tim = Get-IfeelgoodsReward TIM-GC-60CAD-CA -ClientId CLI-TARGO
            $tim.Stock | Should -Be 'Budget'
            $tim.Cost.ToString() | Should -Be '57.00 CAD'
            $tim.LogoUrl.Scheme | Should -Be 'https'
            $free = Get-IfeelgoodsReward AMZ-GC-CA-VAR
            $free.MinValue, $free.MaxValue | Should -Be 5, 250
        }

        It 'remembers instructions, and completes what it has seen' {
            $null = Get-IfeelgoodsReward IGA-GC-60CAD-CA
            $before = Get-RequestCount ifeelgoods.reward
            (Get-IfeelgoodsReward -Search IGA).HowToUse | Should -Match 'till'
            Get-RequestCount ifeelgoods.reward | Should -Be $before
            Get-Completion 'Get-IfeelgoodsReward IGA-' | Should -Contain 'IGA-GC-60CAD-CA'
        }

        It 'an account shows balance and alerts, and warns below one' {
            (Get-IfeelgoodsClient).ClientId | Should -Be 'CLI-TARGO'
            $null = Invoke-Control Post switches @{ 'ifeelgoods.budget-alerts' = '99999999999' }
            $all = Get-IfeelgoodsClient CLI-TARGO 3>&1
            "$($all | Where-Object { $_ -is [Management.Automation.WarningRecord] })" | Should -Match 'below its budget alert'
        }
    }

    Context 'New-IfeelgoodsOrder' {
        It 'orders one redemption per contact with ids of campaign, row and index' {
            $terms = New-IfeelgoodsTerms
            $gifts = Import-GiftContact $contacts | New-IfeelgoodsOrder @terms
            $gifts | Should -HaveCount 5
            $gifts.OrderId | Should -Be (1..5 | ForEach-Object { "$($terms.Id)-$_-0" })
            $gifts.CodeCount | Should -Be 3, 3, 3, 3, 3
            $gifts[0].Price.ToString() | Should -Be '60.00 CAD'
            Import-GiftContact $contacts | New-IfeelgoodsOrder @terms | Should -HaveCount 5
            Get-RequestCount ifeelgoods.createandredeem | Should -Be 5
        }

        It '-WhatIf shows count, cost and balance, orders nothing and rehearses the rest' {
            $terms = New-IfeelgoodsTerms
            $shown = Import-GiftContact $contacts | New-IfeelgoodsOrder @terms -WhatIf | Get-GiftbitShortlink -Wait | Send-GiftEmail 6>&1
            $gifts = $shown | Where-Object { $_.GetType().Name -eq 'Gift' }
            $gifts | Should -HaveCount 5
            $gifts.IsRehearsal | Should -Not -Contain $false
            Get-RequestCount ifeelgoods.createandredeem | Should -Be 0
            Get-GiftCampaign | Where-Object CampaignId -EQ $terms.Id | Should -BeNullOrEmpty
        }

        It 'survives lost answers: what was made is found again, not made twice' {
            $terms = New-IfeelgoodsTerms
            $null = Invoke-Control Post faults @{ faults = @('ifeelgoods.createandredeem=504-after*3') }
            $gifts = Import-GiftContact $contacts | New-IfeelgoodsOrder @terms
            $gifts | Should -HaveCount 5
            @(Get-IfeelgoodsRedemption -PromotionId PRM-TARGO | Where-Object OrderId -Like "$($terms.Id)-*") | Should -HaveCount 5
        }

        It 'says what is wrong with reward, value and promotion, and orders nothing' -ForEach @(
            @{ More = @{ RewardSku = 'SOLD-GC-60CAD-CA' }; Code = 'IfeelgoodsOutOfStock' }
            @{ More = @{ RewardSku = 'AMZ-GC-CA-VAR'; Price = 60.5 }; Code = 'IfeelgoodsValueNotWhole' }
            @{ More = @{ RewardSku = 'AMZ-GC-CA-VAR' }; Code = 'IfeelgoodsValueMissing' }
            @{ More = @{ PromotionId = 'PRM-PAUSED' }; Code = 'IfeelgoodsPromotionClosed' }
            @{ More = @{ PriceInCents = 5000 }; Code = 'IfeelgoodsNotFaceValue' }
        ) {
            $terms = New-IfeelgoodsTerms $More
            { Import-GiftContact $contacts | New-IfeelgoodsOrder @terms } | Should -Throw -ErrorId "$Code,*"
            Get-RequestCount ifeelgoods.createandredeem | Should -Be 0
        }

        It 'warns of a budget alert that the order would cross' {
            $terms = New-IfeelgoodsTerms
            $balance = [long]((Get-IfeelgoodsClient CLI-TARGO).Balance.Cents)
            $null = Invoke-Control Post switches @{ 'ifeelgoods.budget-alerts' = "$($balance - 100)" }
            $all = Import-GiftContact $contacts | New-IfeelgoodsOrder @terms 3>&1
            "$($all | Where-Object { $_ -is [Management.Automation.WarningRecord] })" | Should -Match 'budget alert'
        }

        It 'gifts that could not be made are errors, and -ReplaceFailed orders them anew' {
            $null = Invoke-Control Post switches @{ 'ifeelgoods.failures-first' = '99' }
            $terms = New-IfeelgoodsTerms
            $contacts = New-ContactFile $TestDrive -Count 1
            $none = Import-GiftContact $contacts | New-IfeelgoodsOrder @terms -ErrorVariable problems -ErrorAction SilentlyContinue
            $none | Should -BeNullOrEmpty
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'IfeelgoodsContactRefused,*'
            (Get-Gift $terms.Id).Status | Should -Be 'Failed'
            $null = Invoke-Control Post switches @{ 'ifeelgoods.failures-first' = '0' }
            (Import-GiftContact $contacts | New-IfeelgoodsOrder @terms -ReplaceFailed).OrderId | Should -Be "$($terms.Id)-1-1"
        }

        It 'production without -Force asks, and fails where nobody can be asked' {
            $terms = New-IfeelgoodsTerms
            $script = @"
Import-Module '$(Get-ModuleManifest)'
Import-GiftContact '$contacts' | New-IfeelgoodsOrder -Id $($terms.Id) -PromotionId PRM-TARGO -RewardSku TIM-GC-60CAD-CA -Expiry $((Get-Date).AddMonths(3).ToString('yyyy-MM-dd')) -Production
"@
            (Invoke-FreshPwsh $script).Text | Should -Match 'real money|Force'
            Get-RequestCount ifeelgoods.createandredeem | Should -Be 0
        }
    }

    Context 'one whole campaign' {
        It 'of codes: order, mail, status, report; the code reaches its customer and nobody else' {
            $terms = New-IfeelgoodsTerms
            $sent = Import-GiftContact $contacts | New-IfeelgoodsOrder @terms | Get-GiftbitShortlink -Wait | Send-GiftEmail | Update-GiftStatus -Force
            $sent | Should -HaveCount 5
            $sent.MailState | Should -Be ('Sent', 'Sent', 'Sent', 'Sent', 'Sent')
            $sent.Status | Should -Be ('Redeemed', 'Redeemed', 'Redeemed', 'Redeemed', 'Redeemed')
            $mails = Get-SimulatedMail $terms.Id
            $mails | Should -HaveCount 5
            $redemption = Get-IfeelgoodsRedemption $terms.Id -Row 3
            $code = $redemption.Code.Reveal()
            $code | Should -Match 'TIM-TEST-'
            $hits = $mails | Where-Object { (Invoke-Control Get "mail/$($_.id)" | ConvertTo-Json -Depth 10) -match [regex]::Escape($code) }
            @($hits) | Should -HaveCount 1

            $report = Join-Path $TestDrive 'codes.csv'
            $null = Export-GiftReport -CampaignId $terms.Id -Path $report
            Get-Content $report -Raw | Should -Not -Match 'TIM-TEST-'
            (Import-Csv $report).gift_status | Sort-Object -Unique | Should -Be 'REDEEMED'

            # Sent once: the same command again sends nothing.
            $null = Get-Gift $terms.Id | Send-GiftEmail
            Get-SimulatedMail $terms.Id | Should -HaveCount 5
        }

        It 'of links: the customer takes the gift behind the link, and the status follows' {
            $null = Invoke-Control Post switches @{ 'ifeelgoods.link-base' = 'local' }
            $terms = New-IfeelgoodsTerms @{ Kind = 'Link' }
            $gifts = Import-GiftContact $contacts | New-IfeelgoodsOrder @terms | Send-GiftEmail
            $gifts.MailState | Sort-Object -Unique | Should -Be 'Sent'
            $null = Invoke-WebRequest $gifts[1].Link.Reveal() -Method Post
            $after = Update-GiftStatus $terms.Id -Force
            $after.Status | Should -Be 'LinkCreated', 'Redeemed', 'LinkCreated', 'LinkCreated', 'LinkCreated'
            $stopped = Stop-IfeelgoodsRedemption $terms.Id -Row 3 -Reason 'asked not to get it'
            $stopped.Status | Should -Be 'Refunded'
            $null = Stop-IfeelgoodsRedemption $terms.Id -Row 2 -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'IfeelgoodsNotCancelable,*'
            (Get-GiftCampaign $terms.Id).RedeemedCount | Should -Be 1
        }
    }

    Context 'Get-IfeelgoodsRedemption and Stop-IfeelgoodsRedemption' {
        It 'masks codes, links and ids in every form of output' {
            $terms = New-IfeelgoodsTerms
            $null = Import-GiftContact $contacts | New-IfeelgoodsOrder @terms
            $redemption = Get-IfeelgoodsRedemption $terms.Id -Row 1
            $secrets = $redemption.Code.Reveal(), $redemption.Pin.Reveal(), $redemption.Barcode.Reveal(), $redemption.RevealId(), $redemption.Link.Reveal()
            $file = Join-Path $TestDrive 'r.xml'
            $redemption | Export-Clixml $file -Depth 10
            $text = @(
                $redemption | Out-String -Width 500
                $redemption | Format-List * | Out-String -Width 500
                $redemption | Format-Custom -Depth 5 | Out-String -Width 500
                $redemption | ConvertTo-Json -Depth 10
                "$redemption"
                Get-Content $file -Raw
                Get-Gift $terms.Id | ConvertTo-Json -Depth 10
            ) -join "`n"
            foreach ($secret in $secrets | Where-Object Length -GT 4) { $text | Should -Not -Match ([regex]::Escape($secret)) }
            $redemption.BarcodeType | Should -Be 'Code128'
        }

        It 'saves the card in a file of one''s own' {
            $terms = New-IfeelgoodsTerms
            $null = Import-GiftContact $contacts | New-IfeelgoodsOrder @terms
            $folder = (New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory).FullName
            Get-Gift $terms.Id | Select-Object -First 2 | Get-IfeelgoodsRedemption -PdfPath $folder | Should -HaveCount 2
            $file = Get-Item (Join-Path $folder "$($terms.Id)-1-0.pdf")
            [IO.File]::ReadAllText($file) | Should -Match '^%PDF-'
            if (-not $IsWindows) { $file.UnixFileMode | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite') }
            { Get-IfeelgoodsRedemption $terms.Id -PdfPath (Join-Path $TestDrive 'one.pdf') -ErrorAction Stop } | Should -Throw -ErrorId 'PathNotFolder,*'
        }

        It 'stops redemptions that come down the pipeline, and -WhatIf stops none' {
            $terms = New-IfeelgoodsTerms @{ Kind = 'Link' }
            $null = Import-GiftContact $contacts | New-IfeelgoodsOrder @terms
            $ours = Get-IfeelgoodsRedemption -PromotionId PRM-TARGO -State pending | Where-Object OrderId -Like "$($terms.Id)-*"
            $ours | Should -HaveCount 5
            $ours | Stop-IfeelgoodsRedemption -WhatIf | Should -BeNullOrEmpty
            Get-RequestCount ifeelgoods.cancel | Should -Be 0
            $stopped = $ours | Stop-IfeelgoodsRedemption -ErrorVariable problems -ErrorAction SilentlyContinue
            "$problems" | Should -BeNullOrEmpty
            $stopped.State | Sort-Object -Unique | Should -Be 'canceled'
            (Get-Gift $terms.Id).Status | Sort-Object -Unique | Should -Be 'Refunded'
        }
    }

    Context 'views' {
        It 'fit a hundred columns' {
            $terms = New-IfeelgoodsTerms
            $gifts = Import-GiftContact $contacts | New-IfeelgoodsOrder @terms
            $text = @(
                Get-IfeelgoodsReward -Search Tim | Out-String -Width 100
                Get-IfeelgoodsClient | Out-String -Width 100
                Get-IfeelgoodsRedemption $terms.Id | Out-String -Width 100
                $gifts | Out-String -Width 100
            ) -join "`n"
            foreach ($line in $text -split "`r?`n") { ($line -replace '\x1b\[[0-9;]*m').Length | Should -BeLessOrEqual 100 }
            $text | Should -Match '3 codes'
            $text | Should -Match 'Budget'
        }
    }
}

Describe 'ERPNext' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)
        $home1 = Join-Path $TestDrive 'home'
        $null = Use-Simulator $home1
        $headers = @{ Authorization = "token $env:ERPNEXT_TOKEN"; Accept = 'application/json' }

        function Invoke-Erp {
            param([string] $Method, [string] $Path, [object] $Body)
            $call = @{ Method = $Method; Uri = "$($env:ERPNEXT_URL)api/resource/$Path"; Headers = $headers }
            if ($null -ne $Body) { $call.Body = [Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $Body -Depth 5)); $call.ContentType = 'application/json' }
            (Invoke-RestMethod @call).data
        }

        function Get-Erp { param([string] $Name) Invoke-Erp Get "Customer/$([uri]::EscapeDataString($Name))" }

        # A territory of its own with so many customers; every name has what a name may have.
        function New-Territory {
            param([int] $Count = 3)
            $territory = "Région $([guid]::NewGuid().ToString('n').Substring(0, 8))"
            foreach ($i in 1..$Count) {
                $name = "$territory / Roy & Élise $i"
                $null = Invoke-Erp Post Customer @{
                    name = $name; customer_name = "Roy, Élise $i"; customer_type = 'Individual'; territory = $territory
                    language = $i % 3 ? 'fr-CA' : 'en'; customer_primary_contact = "Contact $name"
                }
                $null = Invoke-Erp Post Contact @{
                    name = "Contact $name"; first_name = "Élise$i"; last_name = 'Roy'; unsubscribed = 0
                    email_ids = @(@{ email_id = "elise$i.$([guid]::NewGuid().ToString('n').Substring(0, 8))@example.com"; is_primary = 1 })
                    links = @(@{ link_doctype = 'Customer'; link_name = $name })
                }
            }
            $territory
        }

        # What Mailjet would report: the recipient of a row follows the link of the mail that the simulator holds.
        function Add-Click {
            param([string] $CampaignId, [int] $Row)
            $mail = Get-SimulatedMail $CampaignId | Where-Object customId -EQ "${CampaignId}:$Row"
            $link = (Invoke-Control Get "mail/$($mail.id)").giftLink
            $at = [DateTimeOffset]::UtcNow.AddHours(1).ToUnixTimeSeconds()
            Edit-TestLedger $home1 -MailEvent (ConvertTo-Json @{
                    event = 'click'; time = $at; MessageID = $mail.id; email = $mail.to; CustomID = "${CampaignId}:$Row"; url = $link
                    agent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64)'
                })
            [DateTimeOffset]::FromUnixTimeSeconds($at)
        }

        function New-ErpCampaign {
            param([string] $Territory)
            $terms = New-OrderTerms
            $null = Get-ErpNextCustomer $Territory | New-GiftbitCampaign @terms | Get-GiftbitShortlink -Wait | Send-GiftEmail
            $terms.Id
        }
    }

    BeforeEach { Reset-Simulator }

    Context 'Test-ErpNextKey' {
        It 'says true or false' {
            Test-ErpNextKey | Should -BeTrue
            Test-ErpNextKey -Token (ConvertTo-SecureString 'a:b' -AsPlainText) | Should -BeFalse
        }

        It '-Detailed says whose key it is, what it may read and which fields there are' {
            $detail = Test-ErpNextKey -Detailed
            $detail.IsValid, $detail.CanReadCustomers, $detail.CanReadContacts | Should -Be $true, $true, $true
            $detail.User | Should -Be 'api@targo.example'
            $detail.ClickedField | Should -Be 'custom_gift_link_clicked'
            $detail | ConvertTo-Json | Should -Not -Match ($env:ERPNEXT_TOKEN -split ':')[1]
        }

        It 'plain http is an error' {
            { Test-ErpNextKey -Site http://erp.example } | Should -Throw -ErrorId 'EndpointNotSecure,*'
        }
    }

    Context 'Get-ErpNextCustomer' {
        It 'gives contacts with id, name, language, address and the basis of consent' {
            $territory = New-Territory
            $contacts = Get-ErpNextCustomer $territory
            $contacts.CustomerId | Should -Be (1..3 | ForEach-Object { "$territory / Roy & Élise $_" })
            $contacts.FirstName | Should -Be 'Élise1', 'Élise2', 'Élise3'
            $contacts.Language | Should -Be 'Fr', 'Fr', 'En'
            $contacts.ConsentBasis | Should -Be ('active customer', 'active customer', 'active customer')
            $contacts[0].ConsentCheckedAt | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddMinutes(-5))
        }

        It 'reports who cannot be written to, and the order skips them' {
            $territory = New-Territory
            $null = Invoke-Erp Put "Contact/$([uri]::EscapeDataString("Contact $territory / Roy & Élise 2"))" @{ unsubscribed = 1 }
            $contacts = Get-ErpNextCustomer $territory
            $contacts.ProblemCode | Should -Be $null, 'ErpNextUnsubscribed', $null
            $terms = New-OrderTerms
            $gifts = $contacts | New-GiftbitCampaign @terms -SkipInvalid -ErrorVariable problems -ErrorAction SilentlyContinue
            $gifts | Should -HaveCount 2
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'ErpNextUnsubscribed,*'
            $problems[0].Exception.Message | Should -Match 'unsubscribed in ERPNext'
        }

        It 'takes raw conditions, and says what is wrong with them' {
            $territory = New-Territory
            Get-ErpNextCustomer -Where "{`"territory`":`"$territory`",`"language`":`"en`"}" | Should -HaveCount 1
            $problem = { Get-ErpNextCustomer -Where '["shoe_size","=","9"]' } | Should -Throw -PassThru
            $problem.FullyQualifiedErrorId | Should -BeLike 'ErpNextFieldRefused,*'
            $problem.Exception.Message | Should -Match 'Field not permitted in query: shoe_size'
            $problem.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        }

        It 'asks for no more pages than the pipeline wants' {
            Get-ErpNextCustomer | Select-Object -First 1 | Should -HaveCount 1
            Get-RequestCount erpnext.customers | Should -BeLessOrEqual 2
        }
    }

    Context 'Update-ErpNextCustomer' {
        BeforeEach {
            $territory = New-Territory
            $campaign = New-ErpCampaign $territory
            $name = "$territory / Roy & Élise 2"
        }

        It 'writes flag and time of the clicked gifts, passes all gifts on, and never a link' {
            $at = Add-Click $campaign 2
            $gifts = Get-Gift $campaign | Update-ErpNextCustomer
            $gifts.Row | Should -Be 1, 2, 3
            $customer = Get-Erp $name
            $customer.custom_gift_link_clicked | Should -Be 1
            # Invoke-RestMethod may make a time of it; the site's zone is Toronto's.
            $local = [TimeZoneInfo]::ConvertTime($at, [TimeZoneInfo]::FindSystemTimeZoneById('America/Toronto'))
            ([datetime]$customer.custom_gift_link_clicked_at).ToString('s') | Should -Be $local.ToString('s')
            (Get-Erp "$territory / Roy & Élise 1").PSObject.Properties.Name | Should -Not -Contain 'custom_gift_link_clicked'
            Get-RequestCount erpnext.update | Should -Be 1
            (Invoke-Control Get 'requests?of=erpnext&limit=1000').requests | ConvertTo-Json -Depth 5 | Should -Not -Match 'gtbt\.co'
            (Get-GiftHistory $campaign -Row 2).What | Should -Contain 'WrittenToErp'
        }

        It 'run again writes nothing' {
            $null = Add-Click $campaign 2
            $null = Update-ErpNextCustomer $campaign
            $null = Update-ErpNextCustomer $campaign
            Get-RequestCount erpnext.update | Should -Be 1
        }

        It '-WhatIf shows what would be written and writes nothing' {
            $null = Add-Click $campaign 2
            Update-ErpNextCustomer $campaign -WhatIf | Should -HaveCount 3
            Get-RequestCount erpnext.update | Should -Be 0
        }

        It '-Confirm asks for each clicked gift: a No to all writes none, a Yes to all writes all' {
            1..3 | ForEach-Object { $null = Add-Click $campaign $_ }
            $ask = @{ Script = 'Get-Gift $campaign | Update-ErpNextCustomer -Confirm'; Module = (Get-TestModule); Variable = @{ campaign = $campaign } }
            (Invoke-TestConversation @ask -Answer 'No to All').Questions | Should -HaveCount 1
            Get-RequestCount erpnext.update | Should -Be 0
            $told = Invoke-TestConversation @ask -Answer 'Yes to All'
            $told.Errors | Should -BeNullOrEmpty
            $told.Questions | Should -HaveCount 1
            Get-RequestCount erpnext.update | Should -Be 3
            (Invoke-TestConversation @ask -Answer Yes).Questions | Should -HaveCount 3
        }

        It 'treats rehearsal gifts as -WhatIf' {
            $terms = New-OrderTerms
            $shown = Get-ErpNextCustomer $territory | New-GiftbitCampaign @terms -WhatIf | Update-ErpNextCustomer 6>&1
            @($shown | Where-Object { $_.GetType().Name -eq 'Gift' }) | Should -HaveCount 3
            "$shown" | Should -Match 'rehearsal gifts to ERPNext'
            Get-RequestCount erpnext.update | Should -Be 0
        }

        It 'field names can be given; unknown ones are an error before anything is written' {
            $null = Add-Click $campaign 2
            { Update-ErpNextCustomer $campaign -ClickedField no_such_field } | Should -Throw -ErrorId 'ErpNextFieldUnknown,*'
            $null = Update-ErpNextCustomer $campaign -CampaignField gift_campaign
            (Get-Erp $name).custom_gift_campaign | Should -Be $campaign
        }

        It 'one customer whom the site refuses is an error with the gift as target; the others are written' {
            $null = Add-Click $campaign 1
            $null = Add-Click $campaign 2
            $null = Invoke-Control Post switches @{ 'erpnext.foreign-edits' = '2' }
            $gifts = Get-Gift $campaign | Update-ErpNextCustomer -ErrorVariable problems -ErrorAction SilentlyContinue
            $gifts | Should -HaveCount 3
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'ErpNextStale,*'
            $problems[0].TargetObject.Row | Should -Be 1
            (Get-Erp $name).custom_gift_link_clicked | Should -Be 1
        }

        It 'a site that takes nothing in is found out at the first customer' {
            $null = Add-Click $campaign 1
            $null = Add-Click $campaign 2
            $null = Invoke-Control Post switches @{ 'erpnext.annotation-writable' = 'off' }
            { Update-ErpNextCustomer $campaign } | Should -Throw -ErrorId 'ErpNextNotWritten,*'
            Get-RequestCount erpnext.update | Should -Be 1
        }

        It 'refuses gifts of the sandbox for a site that is not on this machine' {
            { Update-ErpNextCustomer $campaign -Site https://erp.example } | Should -Throw -ErrorId 'ErpNextSandboxGift,*'
        }

        It 'stops when the pipeline has enough' {
            1..3 | ForEach-Object { $null = Add-Click $campaign $_ }
            Get-Gift $campaign | Update-ErpNextCustomer | Select-Object -First 1 | Should -HaveCount 1
            Get-RequestCount erpnext.update | Should -Be 1
        }

        It 'an empty pipeline asks nothing' {
            $before = Get-RequestCount erpnext
            @() | Update-ErpNextCustomer | Should -BeNullOrEmpty
            Get-RequestCount erpnext | Should -Be $before
        }
    }

    It 'the evidence of consent stands with the gift and in the export' {
        $territory = New-Territory
        $campaign = New-ErpCampaign $territory
        $gift = Get-Gift $campaign -Row 3
        $gift.ConsentBasis, "$($gift.Language)" | Should -Be 'active customer', 'En'
        $path = Join-Path $TestDrive "$campaign.json"
        $null = Export-GiftCampaign $campaign -Path $path
        $text = Get-Content $path -Raw
        $text | Should -Match 'active customer'
        $text | Should -Match ([regex]::Escape($gift.ConsentCheckedAt.UtcDateTime.ToString('yyyy-MM-ddTHH:mm')))
    }

    It 'the sample runs from the customers to the clicks written back' {
        $territory = New-Territory -Count 4
        $null = Invoke-Erp Post Customer @{ name = "$territory sans adresse"; customer_name = 'Muet'; territory = $territory }
        $campaign = (New-OrderTerms).Id
        $sample = Join-Path (Split-Path (Get-ModuleManifest)) 'samples/loyalty-campaign-erpnext.ps1'
        $run = @{ Territory = $territory; CampaignId = $campaign; ReportPath = Join-Path $TestDrive 'report.csv' }
        $first = & $sample @run -WarningAction SilentlyContinue
        $first[0].Gifts, $first[0].Sent, $first[0].Clicked, $first[0].LeftOut | Should -Be 4, 4, 0, 1

        $null = Add-Click $campaign 1
        $null = Add-Click $campaign 4
        $second = & $sample @run -WarningAction SilentlyContinue
        $second[0].Sent, $second[0].Clicked | Should -Be 4, 2
        Get-SimulatedMail $campaign | Should -HaveCount 4
        (1..4 | ForEach-Object { (Get-Erp "$territory / Roy & Élise $_").PSObject.Properties['custom_gift_link_clicked']?.Value } | Where-Object { $_ }) | Should -Be 1, 1
        Import-Csv $run.ReportPath | Where-Object gift_clicked_at | Should -HaveCount 2
    }
}

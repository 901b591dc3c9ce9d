Describe 'Links and mails' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)
        $null = Use-Simulator (Join-Path $TestDrive 'home')

        function New-Campaign {
            param([int] $Count = 5, [hashtable] $Change = @{})
            $script:terms = New-OrderTerms
            foreach ($key in $Change.Keys) { $terms[$key] = $Change[$key] }
            $null = Import-GiftContact (New-ContactFile $TestDrive -Count $Count) | New-GiftbitCampaign @terms
            $terms.Id
        }

        function Get-Mode {
            param([string] $Path)
            [Convert]::ToString([int] [IO.File]::GetUnixFileMode($Path), 8)
        }
    }

    BeforeEach { Reset-Simulator }

    Context 'Get-GiftbitShortlink' {
        It '-Wait waits until every gift has its link' {
            # Half a second from now.
            $null = Invoke-Control Post switches @{ 'giftbit.link-delay' = '30s' }
            $gifts = Get-GiftbitShortlink (New-Campaign) -Wait
            $gifts | Should -HaveCount 5
            $gifts.Status | Should -Not -Contain 'New'
            @($gifts.Link.Masked | Sort-Object -Unique).Count | Should -BeGreaterThan 1
        }

        It 'without -Wait it asks once and says how many are missing' {
            $null = Invoke-Control Post switches @{ 'giftbit.link-delay' = '1000000s' }
            $id = New-Campaign
            Get-GiftbitShortlink $id -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            $warnings | Should -Match '5 of 5'
        }

        It 'when -Timeout is over it is an error that says what to do' {
            $null = Invoke-Control Post switches @{ 'giftbit.link-delay' = '1000000s' }
            { Get-GiftbitShortlink (New-Campaign) -Wait -Timeout 1 -ErrorAction Stop } | Should -Throw -ErrorId 'LinksNotReady,*'
        }

        It 'links without recipients are an error, nothing is passed on, and PerRecipient is the way out' {
            $null = Invoke-Control Post switches @{ 'giftbit.recipients' = 'none' }
            $out = New-Campaign | ForEach-Object { Get-GiftbitShortlink $_ -Wait -Timeout 30 -ErrorVariable problems -ErrorAction SilentlyContinue | Send-GiftEmail }
            $out | Should -BeNullOrEmpty
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'LinksWithoutRecipients,*'
            $problems[0].ErrorDetails.RecommendedAction | Should -Match 'PerRecipient'
            Get-RequestCount mailjet.send | Should -Be 0

            Get-GiftbitShortlink (New-Campaign -Change @{ OrderMode = 'PerRecipient' }) -Wait | Should -HaveCount 5
        }

        It '-Path writes the links to a file for the current user alone' {
            $id = New-Campaign
            $null = Get-GiftbitShortlink $id -Wait -Path $TestDrive
            $file = Join-Path $TestDrive "giftbit-gifts-$id.csv"
            $rows = Import-Csv $file
            $rows | Should -HaveCount 5
            $rows[0].link | Should -Match '^http://gtbt.co/\w{11}$'
            if (-not $IsWindows) { Get-Mode $file | Should -Be '600' }
        }
    }

    Context 'Send-GiftEmail' {
        It 'sends one message per gift, in the sandbox to the test inbox alone' {
            $id = New-Campaign
            $gifts = Get-GiftbitShortlink $id -Wait | Send-GiftEmail
            $gifts.MailState | Select-Object -Unique | Should -Be 'Sent'
            $gifts[0].SentAt | Should -Not -BeNullOrEmpty
            $mails = Get-SimulatedMail $id
            $mails | Should -HaveCount 5
            $mails.to | ForEach-Object { $_ | Should -Match '^essais\+\d+@targo\.ca$' }
            $mails.customId | Sort-Object | Should -Be (1..5 | ForEach-Object { "${id}:$_" })
        }

        It 'sends in the language of the customer' {
            $id = New-Campaign
            $null = Get-GiftbitShortlink $id -Wait | Send-GiftEmail
            $subjects = (Get-SimulatedMail $id).subject | Group-Object -NoElement
            ($subjects | Where-Object Name -Match 'un cadeau pour toi').Count | Should -Be 4
            ($subjects | Where-Object Name -Match 'A gift for you').Count | Should -Be 1
        }

        It 'sends nothing twice; -Resend does, on purpose' {
            $id = New-Campaign -Count 3
            $null = Get-GiftbitShortlink $id -Wait | Send-GiftEmail
            Get-Gift $id | Send-GiftEmail | Should -HaveCount 3
            Get-SimulatedMail $id | Should -HaveCount 3
            $null = Get-Gift $id -Row 2 | Send-GiftEmail -Resend
            Get-SimulatedMail $id | Should -HaveCount 4
        }

        It 'goes over SMTP as well' {
            $id = New-Campaign
            (Get-GiftbitShortlink $id -Wait | Send-GiftEmail -Transport Smtp).MailState | Select-Object -Unique | Should -Be 'Sent'
            (Get-SimulatedMail $id).transport | Select-Object -Unique | Should -Be 'smtp'
        }

        It 'a refused address is an error with the gift as target; the others go out' {
            $null = Invoke-Control Post switches @{ 'mailjet.refused-recipients' = 'essais+2@targo.ca' }
            $id = New-Campaign
            $out = Get-GiftbitShortlink $id -Wait | Send-GiftEmail -ErrorVariable problems -ErrorAction SilentlyContinue
            $out | Should -HaveCount 5
            ($out | Where-Object MailState -EQ Refused).Row | Should -Be 2
            $problems | Should -HaveCount 1
            $problems[0].FullyQualifiedErrorId | Should -Be 'MailRefused,TargoGiftbit.Commands.Mail.SendGiftEmailCommand'
            "$($problems[0].TargetObject)" | Should -Be "${id}:2"
        }

        It 'a gift without link is an error that says what to run' {
            $null = Invoke-Control Post switches @{ 'giftbit.link-delay' = '1000000s' }
            $id = New-Campaign
            $problem = { Send-GiftEmail $id -ErrorAction Stop } | Should -Throw -PassThru
            $problem.FullyQualifiedErrorId | Should -BeLike 'GiftLinkMissing,*'
            $problem.Exception.Message | Should -Match 'Get-GiftbitShortlink'
        }

        It '-WhatIf sends nothing and passes rehearsal gifts on' {
            $id = New-Campaign
            $null = Get-GiftbitShortlink $id -Wait
            $out = Get-Gift $id | Send-GiftEmail -WhatIf
            $out.IsRehearsal | Select-Object -Unique | Should -BeTrue
            Get-SimulatedMail $id | Should -BeNullOrEmpty
            (Get-Gift $id).MailState | Select-Object -Unique | Should -Be 'NotSent'
        }

        It 'without a test inbox nothing is sent' {
            $id = New-Campaign
            $null = Get-GiftbitShortlink $id -Wait
            $inbox = $env:GIFT_TEST_INBOX
            $env:GIFT_TEST_INBOX = $null
            try { { Send-GiftEmail $id } | Should -Throw -ErrorId 'TestInboxMissing,*' }
            finally { $env:GIFT_TEST_INBOX = $inbox }
            Get-SimulatedMail $id | Should -BeNullOrEmpty
        }

        It 'without a mail service it is an error that names the settings' {
            $id = New-Campaign
            $null = Get-GiftbitShortlink $id -Wait
            $saved = $env:MJ_APIKEY_PRIVATE, $env:GIFT_SMTP
            $env:MJ_APIKEY_PRIVATE = $env:GIFT_SMTP = $null
            try { { Send-GiftEmail $id } | Should -Throw -ErrorId 'MailServiceMissing,*' -ExpectedMessage '*MJ_APIKEY_PRIVATE*' }
            finally { $env:MJ_APIKEY_PRIVATE, $env:GIFT_SMTP = $saved }
        }

        It 'a template that misses a file is refused before the first message' {
            $id = New-Campaign
            $null = Get-GiftbitShortlink $id -Wait
            $folder = (New-Item -ItemType Directory (Join-Path $TestDrive 'templates')).FullName
            { Send-GiftEmail $id -TemplatePath $folder } | Should -Throw -ErrorId 'TemplateFileMissing,*'
            Get-SimulatedMail $id | Should -BeNullOrEmpty
        }

        It 'a production gift needs -Production, lawful templates, and a yes' {
            $terms = New-OrderTerms
            $token = ConvertTo-SecureString $env:GIFTBIT_TOKEN -AsPlainText -Force
            $null = Import-GiftContact (New-ContactFile $TestDrive) | New-GiftbitCampaign @terms -Production -Force -Token $token
            $gifts = Get-Gift $terms.Id -Production
            { $gifts | Send-GiftEmail } | Should -Throw -ErrorId 'ProductionNotAllowed,*'
            $env:GIFT_REPLY_TO = ''
            $unlawful = (New-Item -ItemType Directory (Join-Path $TestDrive 'unlawful')).FullName
            Copy-Item (Join-Path (Split-Path (Get-ModuleManifest)) 'templates/*') $unlawful
            Get-ChildItem $unlawful | ForEach-Object { (Get-Content $_ -Raw) -replace '\{\{\s*MailingAddress\s*\}\}', '' | Set-Content $_ }
            { $gifts | Send-GiftEmail -Production -Force -TemplatePath $unlawful } | Should -Throw -ErrorId 'TemplateIllegal,*'
            Get-RequestCount mailjet.send | Should -Be 0

            $null = Get-GiftbitShortlink $terms.Id -Production -Wait -Token $token
            (Get-Gift $terms.Id -Production | Send-GiftEmail -Production -Force).MailState | Sort-Object -Unique | Should -Be 'Sent'
            (Get-SimulatedMail $terms.Id).recipient | Should -Not -Contain $env:GIFT_TEST_INBOX
        }

        It 'a production run whose first mails bounce stops after five, and says so in error and summary' {
            $terms = New-OrderTerms
            $token = ConvertTo-SecureString $env:GIFTBIT_TOKEN -AsPlainText -Force
            $null = Invoke-Control Post switches @{ 'mailjet.bouncing-recipients' = 'client1@example.com,client2@example.com'; 'mailjet.index-delay' = '0s'; 'mailjet.delivery-delay' = '0s' }
            $null = Import-GiftContact (New-ContactFile $TestDrive -Count 12) | New-GiftbitCampaign @terms -Production -Force -Token $token
            $null = Get-GiftbitShortlink $terms.Id -Production -Wait -Token $token
            $out = Get-Gift $terms.Id -Production | Send-GiftEmail -Production -Force -SummaryVariable mailing -ErrorVariable problems -ErrorAction SilentlyContinue
            $out | Should -HaveCount 5
            $problems.FullyQualifiedErrorId | Should -Be 'MailingStopped,TargoGiftbit.Commands.Mail.SendGiftEmailCommand'
            $mailing.Sent, $mailing.Bounced | Should -Be 5, 2
            $mailing.StoppedBecause | Should -Match '2 bounced'
            Get-SimulatedMail $terms.Id | Should -HaveCount 5
        }

        It 'gives the figures of the run as one object, beside the stream of gifts' {
            $null = Invoke-Control Post switches @{ 'mailjet.refused-recipients' = 'essais+2@targo.ca' }
            $id = New-Campaign
            $mailing = 'of an earlier run'
            $out = Get-GiftbitShortlink $id -Wait | Send-GiftEmail -SummaryVariable mailing -InformationVariable records -ErrorAction SilentlyContinue
            $out | Should -HaveCount 5
            $mailing.Total, $mailing.Sent, $mailing.Refused, $mailing.Uncertain | Should -Be 5, 4, 1, 0
            $mailing.Elapsed | Should -BeGreaterThan ([timespan]::Zero)
            $mailing.StoppedBecause | Should -BeNullOrEmpty
            ($records | Where-Object Tags -Contains 'MailingSummary').MessageData | Should -Be $mailing
            "$mailing" | Should -Match '4 sent, 0 sent before, 1 refused'

            $null = Get-Gift $id | Send-GiftEmail -Reminder -SummaryVariable mailing
            $mailing.Total | Should -Be 0
        }

        It 'shows progress with a rate and the time left' {
            $id = New-Campaign -Count 120
            $null = Get-GiftbitShortlink $id -Wait
            $powershell = [powershell]::Create()
            try {
                $null = $powershell.AddScript("Import-Module '$(Get-ModuleManifest)'; Send-GiftEmail '$id'")
                $powershell.Invoke() | Should -HaveCount 120
                $records = @($powershell.Streams.Progress | Where-Object Activity -Match 'Sending')
                $records[0].StatusDescription | Should -Match 'of 120.*per second'
                $records.SecondsRemaining | Where-Object { $_ -ge 0 } | Should -Not -BeNullOrEmpty
                $records[-1].RecordType | Should -Be 'Completed'
            }
            finally {
                $powershell.Dispose()
            }
        }
    }

    Context 'objects that only look like gifts' {
        It 'rows of a CSV file bind by their names' {
            $id = New-Campaign
            $null = Get-GiftbitShortlink $id -Wait
            $rows = "CampaignId,Row,Environment,IsRehearsal`n$id,3,Sandbox,False" | ConvertFrom-Csv
            ($rows | Send-GiftEmail).MailState | Should -Be 'Sent'
            (Get-SimulatedMail $id).customId | Should -Be "${id}:3"
        }

        It 'gifts that went through JSON or CLIXML bind by their names' {
            $id = New-Campaign
            $null = Get-GiftbitShortlink $id -Wait
            (Get-Gift $id -Row 1 | ConvertTo-Json -Depth 5 | ConvertFrom-Json | Send-GiftEmail).Row | Should -Be 1
            $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Get-Gift $id -Row 2)))
            ($copy | Send-GiftEmail).Row | Should -Be 2
        }

        It 'anything else is not bound' {
            { 5 | Send-GiftEmail -ErrorAction Stop } | Should -Throw -ErrorId 'InputObjectNotBound,*'
            { Send-GiftEmail -Gift 5 } | Should -Throw -ErrorId 'ParameterArgumentTransformationError,*'
        }
    }
}

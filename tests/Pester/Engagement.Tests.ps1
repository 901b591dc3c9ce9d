Describe 'Following the mails' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1" -Force
        Import-Module (Get-TestModule)

        # A simulator of its own, whose clock stays close to the real one: events carry their times.
        # A folder of all contexts: TestDrive forgets what each of them made.
        $folder = Join-Path ([IO.Path]::GetTempPath()) "targo-$([guid]::NewGuid().ToString('n'))"
        $null = New-Item $folder -ItemType Directory
        $simulator = Use-Simulator (Join-Path $folder 'home') -Own events -ClockScale 10
        $env:GIFT_WEBHOOK_USER = 'mailjet'
        $env:GIFT_WEBHOOK_PASSWORD = 'a word of Mailjet'
        $env:GIFT_WEBHOOK_PATH = '0123456789abcdef0123456789abcdef'
        $secrets = $env:GIFT_WEBHOOK_PASSWORD, $env:GIFT_WEBHOOK_PATH

        $basic = 'Basic ' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes("$($env:GIFT_WEBHOOK_USER):$($env:GIFT_WEBHOOK_PASSWORD)"))

        function Invoke-Sim($Path, $Body) { Invoke-RestMethod "$($simulator.web)api/$Path" -Method Post -ContentType application/json -Body ($Body | ConvertTo-Json -Depth 5) }
        function New-Campaign($Id, $Count) {
            $terms = New-OrderTerms
            $terms.Id = $Id
            $null = Import-GiftContact (New-ContactFile $TestDrive $Count) | New-GiftbitCampaign @terms | Get-GiftbitShortlink -Wait | Send-GiftEmail
        }

        # Runs Receive-MailjetEvent as another window would, until it is stopped; Address is where it listens.
        function Start-Receiving([string] $Option = '') {
            $shell = [powershell]::Create()
            $null = $shell.AddScript("Import-Module '$(Get-ModuleManifest)'; Receive-MailjetEvent -Port 0 -Verbose $Option")
            $output = [Management.Automation.PSDataCollection[psobject]]::new()
            $receiver = @{ Shell = $shell; Output = $output; Run = $shell.BeginInvoke([Management.Automation.PSDataCollection[psobject]]::new(), $output) }
            Wait-Until { "$($shell.Streams.Verbose)" -match 'Listening on' } -Or { $receiver.Run.IsCompleted }
            $receiver.Address = "http://$([regex]::Match("$($shell.Streams.Verbose)", '(?<=Listening on )[\d.:]+'))"
            $receiver
        }

        function Send-Event([object] $Body, [string] $To = "$($receiver.Address)/mailjet/$env:GIFT_WEBHOOK_PATH", [string] $Authorization = $basic, [string] $Method = 'Post') {
            $text = $Body -is [string] ? $Body : (ConvertTo-Json -InputObject $Body -Depth 5)
            $call = @{ Uri = $To; Method = $Method; SkipHttpErrorCheck = $true; SkipHeaderValidation = $true }
            if ($Authorization) { $call.Headers = @{ Authorization = $Authorization } }
            if ($Method -ne 'Get') { $call.Body = $text; $call.ContentType = 'application/json' }
            Invoke-WebRequest @call
        }

        function New-Event([string] $Kind, [object] $Gift, [int] $After, [hashtable] $More = @{}) {
            @{ event = $Kind; time = ([DateTimeOffset] $Gift.SentAt).ToUnixTimeSeconds() + $After; MessageID = [long] $Gift.MessageId; CustomID = "$($Gift.CampaignId):$($Gift.Row)"; email = $Gift.Email; agent = 'Mozilla/5.0 Firefox/140.0' } + $More
        }

        function Get-State([string] $Id) { Get-Gift $Id | ForEach-Object { "$($_.Row) $($_.DeliveredAt) $($_.ClickedAt) $($_.ScannedAt) $($_.OtherClickedAt) $($_.DeliveryProblem)" } }
    }

    AfterAll {
        Remove-Item $folder -Recurse -Force
        Get-ChildItem env: | Where-Object Name -Match '^(GIFT|MJ_|MAILJET)' | Remove-Item
    }

    Context 'Receive-MailjetEvent' {
        BeforeAll {
            New-Campaign hook 5
            $gifts = Get-Gift hook
            $receiver = Start-Receiving
        }

        AfterAll {
            $receiver.Shell.Stop()
            $receiver.Shell.Dispose()
        }

        It 'stores an array and a bare object before it answers 200, and passes the events on' {
            (Send-Event @((New-Event sent $gifts[0] 3), (New-Event click $gifts[0] 600 @{ url = $gifts[0].Link.Reveal() }))).StatusCode | Should -Be 200
            (Get-Gift hook -Row 1).ClickedAt | Should -Not -BeNullOrEmpty
            (Send-Event (New-Event sent $gifts[1] 3)).StatusCode | Should -Be 200
            (Get-Gift hook -Row 2).DeliveredAt | Should -Not -BeNullOrEmpty
            Wait-Until { $receiver.Output.Count -ge 3 }
            # Not enumerated as a whole: that would wait for its end.
            (0..2).ForEach({ $receiver.Output[$_].Event }) | Should -Be 'sent', 'click', 'sent'
            $receiver.Output[1].IsGiftLink | Should -BeTrue
        }

        It 'a repeated group and a late "sent" change nothing' {
            $body = @((New-Event click $gifts[2] 700 @{ url = $gifts[2].Link.Reveal() }), (New-Event click $gifts[2] 650 @{ url = 'https://www.targo.ca/conditions' }))
            (Send-Event $body).StatusCode | Should -Be 200
            $before = Get-State hook
            (Send-Event $body).StatusCode | Should -Be 200
            Get-State hook | Should -Be $before
            (Send-Event (New-Event sent $gifts[2] 3)).StatusCode | Should -Be 200
            (Get-Gift hook -Row 3).ClickedAt | Should -Not -BeNullOrEmpty
            (Get-Gift hook -Row 3).OtherClickedAt | Should -Not -BeNullOrEmpty
        }

        It 'a scanner''s click is marked and does not count as the customer''s' {
            (Send-Event @((New-Event sent $gifts[3] 3), (New-Event click $gifts[3] 5 @{ url = $gifts[3].Link.Reveal() }))).StatusCode | Should -Be 200
            $gift = Get-Gift hook -Row 4
            $gift.ClickedAt | Should -BeNullOrEmpty
            $gift.ScannedAt | Should -Not -BeNullOrEmpty
        }

        It 'what cannot be used is answered 200 all the same: <_>' -ForEach '{', '[]', 'nonsense', '[{"event":"sent"}]', '{"event":"sent","time":1,"CustomID":"nowhere:1"}' {
            (Send-Event $_).StatusCode | Should -Be 200
        }

        It 'strangers learn nothing' {
            (Send-Event '[]' -Authorization '').StatusCode | Should -Be 401
            (Send-Event '[]' -Authorization 'Basic eDp5').StatusCode | Should -Be 401
            (Send-Event '[]' -To "$($receiver.Address)/mailjet/0123456789abcdef").StatusCode | Should -Be 404
            (Send-Event '' -Method Get).StatusCode | Should -Be 405
            (Send-Event '[]' -Authorization '').Content | Should -BeNullOrEmpty
        }

        It 'Stop ends what is under way: nothing that was answered is lost, and the port is free again' {
            $sent = foreach ($n in 1..40) { New-Event open $gifts[4] (1000 + $n) }
            $answered = 0
            foreach ($one in $sent) {
                if ($one -eq $sent[20]) { $stopping = $receiver.Shell.BeginStop($null, $null) }
                try { if ((Send-Event $one).StatusCode -eq 200) { $answered++ } } catch { Write-Verbose "$_" }
            }
            $receiver.Shell.EndStop($stopping)
            $receiver.Shell.InvocationStateInfo.State | Should -Be 'Stopped'
            @(Get-GiftHistory hook -Row 5 | Where-Object What -EQ MailOpened).Count | Should -Be $answered
            $answered | Should -BeGreaterOrEqual 20
            { Invoke-WebRequest $receiver.Address } | Should -Throw
        }

        It 'shows neither the path, nor the password, nor a link, whatever is shown' {
            $receiver.Output.Complete()
            $all = @($receiver.Output | ConvertTo-Json -Depth 5) + @($receiver.Shell.Streams.Verbose) + @($receiver.Shell.Streams.Warning) + @($receiver.Shell.Streams.Error) + ($receiver.Output | Format-Table | Out-String) -join "`n"
            foreach ($secret in $secrets + $gifts.ForEach({ $_.Link.Reveal() })) { $all | Should -Not -Match ([regex]::Escape($secret)) }
        }
    }

    Context 'Receive-MailjetEvent, otherwise' {
        It '-WhatIf does not listen' {
            Receive-MailjetEvent -Port 0 -WhatIf | Should -BeNullOrEmpty
        }

        It 'a missing password and a port in use are refused' {
            $password = $env:GIFT_WEBHOOK_PASSWORD
            $env:GIFT_WEBHOOK_PASSWORD = $null
            try { { Receive-MailjetEvent -Port 0 } | Should -Throw -ErrorId 'SettingMissing,*' } finally { $env:GIFT_WEBHOOK_PASSWORD = $password }
            $other = [Net.Sockets.TcpListener]::new([Net.IPAddress]::Loopback, 0)
            $other.Start()
            try { { Receive-MailjetEvent -Port $other.LocalEndpoint.Port } | Should -Throw -ErrorId 'WebhookPortTaken,*' } finally { $other.Stop() }
        }

        It '-Duration <_> is refused with the remedy, and nothing listens' -ForEach '-00:00:01', '00:00:00', '50.00:00:00' {
            $problem = { Receive-MailjetEvent -Port 0 -Duration $_ } | Should -Throw -ErrorId 'DurationInvalid,*' -PassThru
            $problem.CategoryInfo.Category | Should -Be 'InvalidArgument'
            $problem.ErrorDetails.RecommendedAction | Should -Match '00:10:00'
        }

        It 'stops by itself after -Duration' {
            Receive-MailjetEvent -Port 0 -Duration 00:00:00.2 | Should -BeNullOrEmpty
        }

        It '-OneClick serves the unsubscribe address: a GET asks, a POST suppresses, once and for all' {
            $env:GIFT_UNSUBSCRIBE_URL = 'https://cadeaux.targo.ca/desabonnement'
            $env:GIFT_SIGNING_KEY = 'a signing key that is long enough to be one'
            New-Campaign oneclick 1
            $mail = (Invoke-RestMethod "$($simulator.web)api/mail?campaign=oneclick&limit=1").mail
            $link = [uri] ((Invoke-RestMethod "$($simulator.web)api/mail/$($mail.id ?? $mail.Id)").headers | ConvertTo-Json | Select-String -Pattern 'https://cadeaux[^>"]+').Matches[0].Value
            $receiver = Start-Receiving '-OneClick'
            try {
                $address = "$($receiver.Address)$($link.PathAndQuery)"
                (Invoke-WebRequest $address).Content | Should -Match '<form'
                Get-GiftSuppression | Should -BeNullOrEmpty
                foreach ($time in 1, 2) { (Invoke-WebRequest $address -Method Post -Body @{ 'List-Unsubscribe' = 'One-Click' }).StatusCode | Should -Be 200 }
                (Get-GiftSuppression).Source | Should -Be 'one-click'
                (Invoke-WebRequest "$($address)x" -Method Post -Body '' -SkipHttpErrorCheck).StatusCode | Should -Be 404
            }
            finally {
                $receiver.Shell.Stop()
                $receiver.Shell.Dispose()
            }
        }
    }

    Context 'Import-MailjetEvent' {
        BeforeAll {
            New-Campaign files 4
            $gifts = Get-Gift files
            $file = Join-Path $TestDrive 'events.json'
            ConvertTo-Json @((New-Event sent $gifts[0] 3), (New-Event bounce $gifts[1] 3 @{ hard_bounce = $true; error = 'user unknown' })) | Set-Content $file
        }

        It '-WhatIf stores nothing' {
            Import-MailjetEvent $file -WhatIf | Should -BeNullOrEmpty
            (Get-Gift files -Row 1).DeliveredAt | Should -BeNullOrEmpty
        }

        It 'takes files, by path and by pipeline, and stores each event once' {
            (Import-MailjetEvent $file).Outcome | Should -Be 'Stored', 'Stored'
            (Get-Item $file | Import-MailjetEvent).Outcome | Should -Be 'Duplicate', 'Duplicate'
            (Get-Gift files -Row 2).DeliveryProblem | Should -Be 'hard bounce: user unknown'
        }

        It 'takes text that stands on several lines, and a line each' {
            (Get-Content $file | Import-MailjetEvent).Outcome | Should -Be 'Duplicate', 'Duplicate'
            $lines = foreach ($gift in $gifts) { New-Event open $gift 60 | ConvertTo-Json -Compress }
            ($lines | Import-MailjetEvent).Row | Should -Be 1, 2, 3, 4
        }

        It 'takes objects, as ConvertFrom-Json and Import-Csv make them' {
            (Get-Content $file -Raw | ConvertFrom-Json | Import-MailjetEvent).Outcome | Should -Be 'Duplicate', 'Duplicate'
            (New-Event open $gifts[0] 90 | Import-MailjetEvent).Row | Should -Be 1
            ([pscustomobject] (New-Event open $gifts[1] 90) | ConvertTo-Csv | ConvertFrom-Csv | Import-MailjetEvent).Row | Should -Be 2
        }

        It 'a bad line is quarantined, the others count, and the operator hears of it' {
            $lines = '{"event":"se', (New-Event open $gifts[2] 90 | ConvertTo-Json -Compress), '{"event":"dance","CustomID":"files:1"}'
            $got = $lines | Import-MailjetEvent -WarningVariable warnings -WarningAction SilentlyContinue
            $got.Outcome | Should -Be 'Stored', 'Stored', 'Quarantined'
            "$warnings" | Should -Match 'dance'
            "$warnings" | Should -Match 'NotJson'
        }

        It 'a missing file is an error, and the others are read' {
            $got = Import-MailjetEvent (Join-Path $TestDrive 'none.json'), $file -ErrorVariable problems -ErrorAction SilentlyContinue
            $got | Should -HaveCount 2
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
        }
    }

    Context 'Update-GiftEngagement' {
        It 'learns by asking what the events would have told' {
            New-Campaign poll 4
            foreach ($act in @{ r = 1; a = 'click' }, @{ r = 2; a = 'bounce' }, @{ r = 3; a = 'spam' }) { $null = Invoke-Sim do @{ mail = "poll:$($act.r)"; action = $act.a } }
            $null = Invoke-Sim clock @{ advance = '5m' }

            $line = Update-GiftEngagement | Where-Object CampaignId -EQ poll
            $line.Mailed, $line.Found | Should -Be 4, 4
            $line.NewEvents | Should -BeGreaterThan 3
            $asked = Get-State poll
            (Get-Gift poll -Row 2).DeliveryProblem | Should -Match 'bounce'
            (Get-Gift poll -Row 3).DeliveryProblem | Should -Be 'spam complaint'

            Get-Gift poll | Update-GiftEngagement | Should -HaveCount 4
            Get-State poll | Should -Be $asked
        }

        It 'what was pushed already is not news, and changes nothing' {
            $receiver = Start-Receiving
            try {
                $null = Invoke-Sim switches @{ 'mailjet.event-url' = "http://$($env:GIFT_WEBHOOK_USER):$([uri]::EscapeDataString($env:GIFT_WEBHOOK_PASSWORD))@$($receiver.Address -replace '^http://')/$($env:GIFT_WEBHOOK_PATH)" }
                New-Campaign both 3
                $null = Invoke-Sim clock @{ advance = '5m' }
                foreach ($act in @{ r = 1; a = 'click' }, @{ r = 2; a = 'bounce' }) { $null = Invoke-Sim do @{ mail = "both:$($act.r)"; action = $act.a } }
                $null = Invoke-Sim clock @{ advance = '1m' }
                $null = Invoke-Sim flush @{}
                $pushed = Get-State both
                (Get-Gift both -Row 1).ClickedAt | Should -Not -BeNullOrEmpty
                (Get-Gift both -Row 2).DeliveryProblem | Should -Match 'bounce'

                $line = Update-GiftEngagement | Where-Object CampaignId -EQ both
                $line.Found, $line.NewEvents | Should -Be 3, 0
                Get-State both | Should -Be $pushed
            }
            finally {
                $null = Invoke-Sim switches @{ 'mailjet.event-url' = '' }
                $receiver.Shell.Stop()
                $receiver.Shell.Dispose()
            }
        }

        It 'an empty pipeline asks nothing' {
            @() | Update-GiftEngagement | Should -BeNullOrEmpty
        }
    }

    Context 'Figures and pages' {
        BeforeAll { New-Campaign figures 5 }

        It 'Measure-GiftCampaign counts gifts and money, by language and by creative' {
            $figures = Get-GiftCampaign figures | Measure-GiftCampaign
            $figures.Total.Sent | Should -Be 5
            "$($figures.Money.Ordered)" | Should -Be '300.00 CAD'
            $figures.ByLanguage.Language | Should -Be 'Fr', 'En'
            ($figures.ByCreative.Funnel.Sent | Measure-Object -Sum).Sum | Should -Be 5
        }

        It 'its views fit 100 columns' {
            $figures = Measure-GiftCampaign figures
            foreach ($view in $figures, $figures.ByLanguage, $figures.ByCreative, $figures.Problems) {
                ($view | Out-String -Width 100).Split("`n").TrimEnd().Length | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 100
            }
            $figures | Out-String -Width 100 | Should -Match 'Campaign\s+Environment\s+Gifts\s+Sent\s+Delivered\s+Clicked\s+Redeemed\s+Outstanding'
        }

        It 'Export-GiftReport -Html writes a page in <Language> for the current user alone, without link, name or address' -ForEach @{ Language = 'Fr' }, @{ Language = 'En' } {
            $path = Join-Path $TestDrive "report-$Language.html"
            (Export-GiftReport figures $path -Html -Language $Language -PassThru).FullName | Should -Be $path
            $page = Get-Content $path -Raw
            $page | Should -Match "<html lang=`"$($Language.ToLowerInvariant())"
            $page | Should -Not -Match '<script|gtbt\.co|@example\.com|Prénom1'
            if (-not $IsWindows) { (Get-Item $path).UnixFileMode | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite') }
        }

        It 'a page tells of one campaign' {
            { Get-Gift figures, files | Export-GiftReport -Path (Join-Path $TestDrive 'two.html') -Html } | Should -Throw -ErrorId 'ReportOfSeveral,*'
            Export-GiftReport figures (Join-Path $TestDrive 'none.html') -Html -WhatIf
            Join-Path $TestDrive 'none.html' | Should -Not -Exist
        }

        It 'Show-GiftReport writes it to the data folder' {
            $file = Show-GiftReport figures -NoLaunch
            $file | Should -Exist
            $file.DirectoryName | Should -Be (Join-Path $env:GIFT_HOME 'reports')
        }
    }
}

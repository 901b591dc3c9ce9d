# What a new user does in the first minutes: the README's getting-started as it is printed there, and the mistakes everyone makes first.
Describe 'Getting started' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)
        # The README's campaigns have names that examples have too.
        $null = Use-Simulator (Join-Path $TestDrive 'home') -Own readme
        $root = Split-Path (Get-ModuleManifest)
        # What the README has the user set, and the addresses of the simulated services. Nothing else is set.
        $typed = 'GIFTBIT_TOKEN', 'GIFT_TEST_INBOX', 'MJ_APIKEY_PUBLIC', 'MJ_APIKEY_PRIVATE'
        $values = @{}
        foreach ($variable in Get-ChildItem env: | Where-Object Name -Match '^(GIFT|MJ_|MAILJET|IFEELGOODS|ERPNEXT)') {
            $values[$variable.Name] = $variable.Value
            if ($variable.Name -notin 'GIFT_HOME', 'GIFTBIT_ENDPOINT', 'MAILJET_ENDPOINT') { Remove-Item "env:$($variable.Name)" }
        }

        # The sample has six rows that no gift can be ordered for; nothing else may go wrong.
        $onlyBadRows = '^ids: (Contact\w+,TargoGiftbit\.Commands\.Giftbit\.NewGiftbitCampaignCommand ?)+$'

        # The section's code, with the user's own values where it has an ellipsis.
        function Get-ReadmeCode {
            param([string] $Section)
            $text = [IO.File]::ReadAllText((Join-Path $root 'README.md'))
            $body = [regex]::Match($text, "(?s)\n## $Section\n(.*?)\n## ").Groups[1].Value
            $code = ([regex]::Matches($body, '(?s)```powershell\n(.*?)```') | ForEach-Object { $_.Groups[1].Value }) -join "`n"
            [regex]::Replace($code, "(?m)^(\`$env:(\w+)\s*=\s*)'…'", { param($found) "$($found.Groups[1].Value)'$($values[$found.Groups[2].Value])'" })
        }

        function Invoke-Readme {
            param([string] $Code)
            # Built already; everything else is what the user types.
            Invoke-FreshPwsh ("function dotnet { }; Set-Location '$root'; `$Error.Clear()", $Code, '"ids: $(($Error.FullyQualifiedErrorId | Sort-Object -Unique) -join " ")"' -join "`n")
        }
    }

    BeforeEach {
        foreach ($name in $typed) { Set-Item "env:$name" $values[$name] }
    }

    AfterAll {
        foreach ($name in $values.Keys) { Set-Item "env:$name" $values[$name] }
    }

    It 'works word for word: 294 of the sample''s 300 customers get their gift, the others an error that says why' {
        foreach ($name in $typed) { Remove-Item "env:$name" }
        $code = Get-ReadmeCode 'Getting started'
        $code | Should -Match 'Send-GiftEmail'
        $code | Should -Not -Match '…'
        $run = Invoke-Readme $code
        $run.ExitCode | Should -Be 0
        [regex]::Match($run.Text, '(?m)^ids: .*').Value | Should -Match $onlyBadRows
        $campaign = Get-GiftCampaign spring
        $campaign.GiftCount | Should -Be 294
        $campaign.SentCount | Should -Be 294
        @(Get-SimulatedMail spring).Count | Should -Be 294
        @(Get-SimulatedMail spring).to | Should -Not -Contain 'jessica.ross@example.com'
    }

    It 'the first lines of the README are a whole campaign' {
        $text = [IO.File]::ReadAllText((Join-Path $root 'README.md'))
        $code = [regex]::Match($text, '(?s)```powershell\n(.*?)```').Groups[1].Value
        # Its own date passes some day.
        $code = $code -replace '-Expiry [\d-]+', '-Expiry (Get-Date).AddMonths(6)' -replace './report.csv', "'$(Join-Path $TestDrive report.csv)'"
        $run = Invoke-Readme $code
        [regex]::Match($run.Text, '(?m)^ids: .*').Value | Should -Match $onlyBadRows
        @(Import-Csv (Join-Path $TestDrive report.csv)).Count | Should -Be 294
    }

    Context 'First mistakes lead to the remedy' {
        It 'no token' {
            $env:GIFTBIT_TOKEN = $null
            $problem = { Test-GiftbitToken } | Should -Throw -PassThru
            $problem.FullyQualifiedErrorId | Should -BeLike 'GiftbitTokenMissing,*'
            "$($problem.Exception.Message) $($problem.ErrorDetails.RecommendedAction)" | Should -Match 'GIFTBIT_TOKEN'
        }

        It 'a wrong token' {
            $env:GIFTBIT_TOKEN = 'not-the-token'
            Test-GiftbitToken | Should -BeExactly $false
            $problem = { Get-GiftbitFund } | Should -Throw -PassThru
            "$($problem.Exception.Message) $($problem.ErrorDetails.RecommendedAction)" | Should -Match 'token'
            "$($problem.Exception.Message) $($problem.ErrorDetails.RecommendedAction)" | Should -Not -Match 'not-the-token'
        }

        It 'no test inbox' {
            $env:GIFT_TEST_INBOX = $null
            $terms = New-OrderTerms
            $problem = { Import-GiftContact (New-ContactFile $TestDrive) | New-GiftbitCampaign @terms } | Should -Throw -PassThru
            "$($problem.Exception.Message) $($problem.ErrorDetails.RecommendedAction)" | Should -Match 'GIFT_TEST_INBOX'
        }

        It 'no key of the mail service' {
            $env:MJ_APIKEY_PUBLIC = $null
            $terms = New-OrderTerms
            $gifts = Import-GiftContact (New-ContactFile $TestDrive) | New-GiftbitCampaign @terms | Get-GiftbitShortlink -Wait
            $problem = { $gifts | Send-GiftEmail } | Should -Throw -PassThru
            "$($problem.Exception.Message) $($problem.ErrorDetails.RecommendedAction)" | Should -Match 'MJ_APIKEY_PUBLIC'
        }

        It 'a file that is not there' {
            $null = Import-GiftContact ./clients-of-nowhere.csv -ErrorVariable problems -ErrorAction SilentlyContinue
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'PathNotFound,*'
            "$($problems[0])" | Should -Match 'clients-of-nowhere\.csv'
        }

        It 'a data folder without a ledger: <_>' -ForEach 'Get-Gift', 'Update-GiftStatus', 'Get-GiftCampaign' {
            $folder = Join-Path $TestDrive 'elsewhere'
            $problem = { & $_ -DataPath $folder } | Should -Throw -PassThru
            "$($problem.Exception.Message)" | Should -Match ([regex]::Escape($folder))
            "$($problem.Exception.Message) $($problem.ErrorDetails.RecommendedAction)" | Should -Match 'GIFT_HOME|DataPath'
        }

        It 'an older PowerShell, and a module that was not built, are refused by name' {
            $manifest = Import-PowerShellDataFile (Get-ModuleManifest)
            $manifest.PowerShellVersion | Should -Be '7.6'
            $manifest.CompatiblePSEditions | Should -Be 'Core'
            # As a PowerShell that is too old sees it, and as everyone does before the first build.
            $later = (New-Item -ItemType Directory (Join-Path $TestDrive 'later')).FullName
            (Get-Content -Raw (Get-ModuleManifest)) -replace "(PowerShellVersion\s*=\s*)'7\.6'", "`$1'99.0'" | Set-Content "$later/TargoGiftbit.psd1"
            $bare = (New-Item -ItemType Directory (Join-Path $TestDrive 'bare')).FullName
            Copy-Item (Get-ModuleManifest) $bare
            $run = Invoke-FreshPwsh "'$later', '$bare' | ForEach-Object { try { Import-Module `$_/TargoGiftbit.psd1 -ErrorAction Stop; 'imported' } catch { `$_.Exception.Message } }"
            $messages = $run.Text -split "`n"
            $messages[0] | Should -Match "'7\..*'99\.0'"
            $messages[1] | Should -Match 'lib/TargoGiftbit'
        }
    }
}

Describe 'Get-GiftConfiguration' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1" -Force
        Import-Module (Get-TestModule)
        $kept = @{}
        Get-ChildItem env: | Where-Object Name -Match '^(GIFT|MJ_|MAILJET|IFEELGOODS|ERPNEXT)' | ForEach-Object { $kept[$_.Name] = $_.Value; Remove-Item "env:$($_.Name)" }
    }

    AfterAll {
        Get-ChildItem env: | Where-Object Name -Match '^(GIFT|MJ_|MAILJET|IFEELGOODS|ERPNEXT)' | Remove-Item
        foreach ($name in $kept.Keys) { Set-Item "env:$name" $kept[$name] }
    }

    BeforeEach {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        $env:GIFT_HOME = $folder.FullName
    }

    It 'lists every setting once, with where it came from' {
        $env:GIFT_TEST_INBOX = 'tests@example.com'
        try { $all = Get-GiftConfiguration }
        finally { $env:GIFT_TEST_INBOX = $null }
        $all.Name | Sort-Object -Unique | Should -HaveCount $all.Count
        ($all | Where-Object Name -EQ GIFT_HOME).Value | Should -Be $folder.FullName
        ($all | Where-Object Name -EQ GIFT_TEST_INBOX).Origin | Should -Be 'Environment'
        ($all | Where-Object Name -EQ GIFT_FROM).Origin | Should -Be 'Default'
        ($all | Where-Object Name -EQ GIFT_SMTP).Origin | Should -BeNullOrEmpty
    }

    It 'gives a setting once, however many patterns match it' {
        (Get-GiftConfiguration GIFT_HOME, gift_h*).Name | Should -Be 'GIFT_HOME'
    }

    It 'masks secrets in every form, and says that they are set' {
        $file = Join-Path $folder .env
        Set-Content -LiteralPath $file "GIFTBIT_TOKEN='canary-token-1234'"
        if (-not $IsWindows) { chmod 600 $file }
        $token = Get-GiftConfiguration GIFTBIT_TOKEN
        $token.Origin | Should -Be 'DotEnv'
        $token.IsSecret | Should -BeTrue
        $seen = @($token | Out-String; $token | Format-List * | Out-String; $token | ConvertTo-Json -Depth 5; [Management.Automation.PSSerializer]::Serialize($token)) -join "`n"
        $seen | Should -Not -Match 'canary'
        $token.Value | Should -Not -BeNullOrEmpty
    }

    It 'takes names with wildcards, and completes them' {
        (Get-GiftConfiguration giftbit_*).Name | Should -Contain 'GIFTBIT_TOKEN_PRODUCTION'
        'MJ_*' | Get-GiftConfiguration | Should -HaveCount 2
        Get-Completion 'Get-GiftConfiguration GIFT_TEST' | Should -Be 'GIFT_TEST_INBOX'
    }

    It 'a .env file that others can read is an error with the command that mends it' -Skip:$IsWindows {
        $file = Join-Path $folder .env
        Set-Content -LiteralPath $file 'GIFTBIT_TOKEN=canary'
        chmod 644 $file
        $problem = { Get-GiftConfiguration } | Should -Throw -ErrorId 'EnvFileExposed,*' -PassThru
        $problem.ErrorDetails.RecommendedAction | Should -Match 'chmod 600'
    }

    It 'fits 100 columns' {
        $lines = (Get-GiftConfiguration | Out-String -Width 100) -split "`n"
        $lines | ForEach-Object { ($_ -replace '\e\[[0-9;]*m').TrimEnd().Length } | Measure-Object -Maximum | ForEach-Object Maximum | Should -BeLessOrEqual 100
        $lines -join "`n" | Should -Match 'GIFT_HOME +environment +/'
        $lines -join "`n" | Should -Match 'GIFT_SMTP +not set'
    }
}

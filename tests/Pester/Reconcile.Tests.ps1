Describe 'samples/reconcile.ps1' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1" -Force
        Import-Module (Get-TestModule)
        $null = Use-Simulator (Join-Path $TestDrive 'home')
        $script = Join-Path (Split-Path (Get-ModuleManifest)) 'samples/reconcile.ps1'
        $contacts = Join-Path $TestDrive 'clients.csv'
        'id,prenom,nom,courriel', 'R1,Marie,Côté,marie@example.com', 'R2,Luc,Roy,luc@example.com' | Set-Content $contacts
        $null = Import-GiftContact $contacts |
            New-GiftbitCampaign -Id scheduled -PriceInCents 6000 -Expiry (Get-Date).AddMonths(6) -BrandCode timhortonsca -Subject 'Cadeau' -Message 'Merci.' |
            Get-GiftbitShortlink -Wait | Send-GiftEmail

        function Invoke-Reconcile([hashtable] $Environment = @{}, [switch] $Engagement) {
            $old = @{}
            foreach ($name in $Environment.Keys) { $old[$name] = [Environment]::GetEnvironmentVariable($name); Set-Item "env:$name" $Environment[$name] }
            try {
                $text = & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File $script -Engagement:$Engagement 2>&1
                [pscustomobject]@{ ExitCode = $LASTEXITCODE; Out = @($text | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] }); Error = "$($text | Where-Object { $_ -is [Management.Automation.ErrorRecord] })" }
            }
            finally { foreach ($name in $old.Keys) { Set-Item "env:$name" $old[$name] } }
        }

        function Set-Due { Edit-TestLedger $env:GIFT_HOME -Due scheduled }
    }

    It 'ends with 0 and says nothing when nothing is due' {
        $run = Invoke-Reconcile
        $run.ExitCode | Should -Be 0 -Because $run.Error
        $run.Out | Should -BeNullOrEmpty
    }

    It 'polls what is due, ends with 0 and tells it in one line' {
        Set-Due
        $run = Invoke-Reconcile
        $run.ExitCode | Should -Be 0 -Because $run.Error
        $run.Out | Should -HaveCount 1
        ($run.Out[0] | ConvertFrom-Json).polled | Should -Be 1
        (Get-GiftCampaign scheduled).LastPollAt | Should -Not -BeNullOrEmpty
    }

    It 'ends with 1 where there is no ledger, and says where it looked' {
        $empty = Join-Path $TestDrive 'empty'
        $run = Invoke-Reconcile @{ GIFT_HOME = $empty }
        $run.ExitCode | Should -Be 1
        $run.Error | Should -Match ([regex]::Escape($empty))
    }

    It 'ends with 2 when a campaign cannot be asked, which stays due' {
        Set-Due
        $run = Invoke-Reconcile @{ GIFTBIT_TOKEN = 'no-such-token' }
        $run.ExitCode | Should -Be 2
        ($run.Out[0] | ConvertFrom-Json).failed | Should -Be 'scheduled'
        (Get-GiftCampaign scheduled).NextPollAt | Should -BeLessThan ([DateTimeOffset]::UtcNow)
    }

    It '-Engagement asks Mailjet too, and ends with 2 while it cannot be asked' {
        $null = Invoke-Control Post switches @{ 'mailjet.index-delay' = '0s'; 'mailjet.delivery-delay' = '0s' }
        $null = Invoke-Control Post do @{ mail = 'scheduled:1'; action = 'bounce' }
        $run = Invoke-Reconcile -Engagement
        $run.ExitCode | Should -Be 0 -Because $run.Error
        $told = ($run.Out[0] | ConvertFrom-Json).engagement
        $told.asked, @($told.failed).Count | Should -Be 1, 0
        $told.newEvents | Should -BeGreaterThan 0
        (Get-Gift scheduled -Row 1).DeliveryProblem | Should -Match 'bounce'
        $run = Invoke-Reconcile @{ MJ_APIKEY_PRIVATE = 'no-such-key' } -Engagement
        $run.ExitCode | Should -Be 2
        $run.Error | Should -Match 'error: Mail'
    }

    It '-Engagement without a key of Mailjet ends with 1, and names the setting' {
        $run = Invoke-Reconcile @{ MJ_APIKEY_PRIVATE = '' } -Engagement
        $run.ExitCode | Should -Be 1
        $run.Error | Should -Match 'error: SettingMissing,.*MJ_APIKEY_PRIVATE'
    }

    It 'ends with 4 while another run is at work' {
        Edit-TestLedger $env:GIFT_HOME -Lease reconciliation
        try { (Invoke-Reconcile).ExitCode | Should -Be 4 }
        finally { Edit-TestLedger $env:GIFT_HOME -Lease reconciliation -Release }
    }

    It 'has a table with every exit code it uses' {
        $text = Get-Content -Raw $script
        foreach ($code in [regex]::Matches($text, '\bexit (\d)').ForEach{ $_.Groups[1].Value } | Select-Object -Unique) { $text | Should -Match "(?m)^\s+$code  \S" }
    }

    It 'comes with schedules that name it' {
        $folder = Join-Path (Split-Path $script) 'schedule'
        foreach ($file in 'targogiftbit-reconcile.service', 'crontab', 'targogiftbit-reconcile.xml') { Get-Content -Raw (Join-Path $folder $file) | Should -Match 'reconcile\.ps1' }
        ([xml](Get-Content -Raw (Join-Path $folder 'targogiftbit-reconcile.xml'))).Task.Settings.MultipleInstancesPolicy | Should -Be 'IgnoreNew'
    }

    It 'comes with systemd units that systemd accepts' -Skip:(-not (Get-Command systemd-analyze -ErrorAction Ignore)) {
        $folder = Join-Path (Split-Path $script) 'schedule'
        $units = New-Item (Join-Path $TestDrive 'units') -ItemType Directory
        Copy-Item (Join-Path $folder 'targogiftbit-reconcile.timer') $units
        # The program of this machine; everything else as it is shipped.
        (Get-Content -Raw (Join-Path $folder 'targogiftbit-reconcile.service')).Replace('/usr/bin/pwsh', (Get-Process -Id $PID).Path) |
            Set-Content (Join-Path $units 'targogiftbit-reconcile.service')
        $said = systemd-analyze verify (Join-Path $units 'targogiftbit-reconcile.timer') (Join-Path $units 'targogiftbit-reconcile.service') 2>&1
        $LASTEXITCODE | Should -Be 0 -Because "$said"
        "$said" | Should -Not -Match 'targogiftbit'
    }
}

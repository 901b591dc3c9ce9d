Describe 'A cut pipeline' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)
        $null = Use-Simulator (Join-Path $TestDrive 'home')

        # Runs a script in a runspace of its own, presses Ctrl+C as soon as the condition holds, lets the requests go that a fault holds, and
        # waits for the end. Where work must be under way when it stops, the simulator holds it: no pause of the machine lets it end before.
        function Stop-When {
            param([string] $Script, [scriptblock] $Condition)
            $powershell = [powershell]::Create()
            try {
                $null = $powershell.AddScript("Import-Module '$(Get-ModuleManifest)'; $Script")
                $running = $powershell.BeginInvoke()
                $until = [datetime]::UtcNow.AddSeconds(30)
                while (-not (& $Condition) -and -not $running.IsCompleted -and [datetime]::UtcNow -lt $until) { Start-Sleep -Milliseconds 50 }
                $watch = [Diagnostics.Stopwatch]::StartNew()
                $stopping = $powershell.BeginStop($null, $null)
                $null = Invoke-Control Post faults/release
                $powershell.EndStop($stopping)
                $powershell.InvocationStateInfo.State | Should -Be 'Stopped'
                $watch.Elapsed.TotalSeconds
            }
            finally {
                $powershell.Dispose()
            }
        }

        function New-Campaign {
            param([int] $Count)
            $terms = New-OrderTerms
            $null = Import-GiftContact (New-ContactFile $TestDrive -Count $Count) | New-GiftbitCampaign @terms | Get-GiftbitShortlink -Wait
            $terms.Id
        }
    }

    BeforeEach { Reset-Simulator }

    Context 'New-GiftbitCampaign' {
        BeforeEach {
            $terms = New-OrderTerms
            $contacts = New-ContactFile $TestDrive
        }

        It 'cut by Select-Object -First: the order is recorded, and running again orders nothing' {
            Import-GiftContact $contacts | New-GiftbitCampaign @terms | Select-Object -First 1 | Should -HaveCount 1
            (Get-GiftCampaign $terms.Id).OrderState | Should -Be 'Created'
            Import-GiftContact $contacts | New-GiftbitCampaign @terms | Should -HaveCount 5
            Get-RequestCount giftbit.campaign.create | Should -Be 1
        }

        It 'cut by a throw downstream: the same' {
            { Import-GiftContact $contacts | New-GiftbitCampaign @terms | ForEach-Object { throw 'downstream' } } | Should -Throw 'downstream'
            Import-GiftContact $contacts | New-GiftbitCampaign @terms | Should -HaveCount 5
            Get-RequestCount giftbit.campaign.create | Should -Be 1
        }

        It 'cut by a throw upstream: nothing is ordered' {
            { & { Import-GiftContact $contacts; throw 'upstream' } | New-GiftbitCampaign @terms } | Should -Throw 'upstream'
            Get-RequestCount giftbit.campaign.create | Should -Be 0
        }

        It 'stopped while the answer is awaited: the order is written down, and the next run finds it' {
            $null = Invoke-Control Post faults @{ faults = @('giftbit.campaign.create=hang-after') }
            $seconds = Stop-When "`$terms = @{ Id = '$($terms.Id)'; PriceInCents = 6000; Expiry = '$($terms.Expiry.ToString('yyyy-MM-dd'))'; BrandCode = 'timhortonsca', 'walmartca'; Subject = '$($terms.Subject)'; Message = 'Merci' }; Import-GiftContact '$contacts' | New-GiftbitCampaign @terms" { Get-RequestCount giftbit.campaign.create }
            $seconds | Should -BeLessThan 20
            (Get-GiftCampaign $terms.Id).OrderState | Should -Be 'Prepared'
            $null = Invoke-Control Delete faults
            $terms.Message = 'Merci'
            Import-GiftContact $contacts | New-GiftbitCampaign @terms | Should -HaveCount 5
            (Get-GiftbitCampaign $terms.Id).Status | Should -Not -BeNullOrEmpty
            (Invoke-Control Get "gifts?campaign=$($terms.Id)").gifts | Should -HaveCount 5
        }

        It 'PerRecipient, cut: no further order begins, and the next run completes them' {
            $list = New-ContactFile $TestDrive -Count 60
            $null = Invoke-Control Post faults @{ faults = @('giftbit.campaign.create=hold*always') }
            $null = Stop-When "`$terms = @{ Id = '$($terms.Id)'; PriceInCents = 6000; Expiry = '$($terms.Expiry.ToString('yyyy-MM-dd'))'; BrandCode = 'timhortonsca', 'walmartca'; Subject = '$($terms.Subject)'; Message = 'Merci'; OrderMode = 'PerRecipient' }; Import-GiftContact '$list' | New-GiftbitCampaign @terms" { (Get-RequestCount giftbit.campaign.create) -ge 2 }
            $before = Get-RequestCount giftbit.campaign.create
            $before | Should -BeLessThan 60
            $null = Invoke-Control Delete faults
            Start-Sleep -Milliseconds 500
            Get-RequestCount giftbit.campaign.create | Should -Be $before
            $terms.Message = 'Merci'
            Import-GiftContact $list | New-GiftbitCampaign @terms -OrderMode PerRecipient | Should -HaveCount 60
            (Invoke-Control Get "orders").orders | Where-Object { $_.id -like "$($terms.Id)-*" } | Should -HaveCount 60
        }
    }

    Context 'Get-GiftbitShortlink' {
        It 'cut by Select-Object -First: all links are stored' {
            $terms = New-OrderTerms
            Import-GiftContact (New-ContactFile $TestDrive) | New-GiftbitCampaign @terms | Get-GiftbitShortlink -Wait | Select-Object -First 1 | Should -HaveCount 1
            @(Get-Gift $terms.Id | Where-Object Link).Count | Should -Be 5
        }

        It 'stopped while it waits: it ends at once' {
            $null = Invoke-Control Post switches @{ 'giftbit.link-delay' = '1000000s' }
            $terms = New-OrderTerms
            $null = Import-GiftContact (New-ContactFile $TestDrive) | New-GiftbitCampaign @terms
            Stop-When "Get-GiftbitShortlink '$($terms.Id)' -Wait" { (Get-RequestCount giftbit.gifts) -ge 2 } | Should -BeLessThan 5
        }
    }

    Context 'Get-Gift' {
        # More pages than may wait for the pipeline.
        BeforeAll { Reset-Simulator; $long = New-Campaign 1300 }

        It 'gives every row once and in order, however slowly it is taken' {
            (Get-Gift $long).Row | Should -Be (1..1300)
            (Get-Gift $long | ForEach-Object { if ($_.Row % 200 -eq 0) { Start-Sleep -Milliseconds 5 }; $_ }).Row | Should -Be (1..1300)
        }

        It 'cut by Select-Object -First, and by a throw downstream: the next one begins anew' {
            (Get-Gift $long | Select-Object -First 3).Row | Should -Be 1, 2, 3
            { Get-Gift $long | ForEach-Object { if ($_.Row -eq 700) { throw 'downstream' } } } | Should -Throw 'downstream'
            Get-Gift $long | Should -HaveCount 1300
        }

        It 'stopped by Ctrl+C while somebody takes them slowly: it ends' {
            $seen = Join-Path $TestDrive 'seen.txt'
            $null = Stop-When "Get-Gift '$long' | ForEach-Object { Set-Content '$seen' `$_.Row; if (`$_.Row -gt 1) { Start-Sleep -Seconds 100 } }" { Test-Path $seen }
        }
    }

    Context 'Cancelling and replacing' {
        It 'replacing cut by Select-Object -First: no gift is cancelled without its replacement, and the next run replaces the rest once' {
            $id = New-Campaign 5
            Get-Gift $id | New-GiftbitCampaign | Select-Object -First 1 | Should -HaveCount 1
            $cancelled = @(Get-Gift $id | Where-Object Status -EQ Refunded)
            $cancelled.Count | Should -BeLessThan 5
            @(Get-Gift $id | Where-Object ReplacesRow).ReplacesRow | Sort-Object | Should -Be @($cancelled.Row | Sort-Object)
            $null = Get-Gift $id -Row (1..5) | New-GiftbitCampaign
            @(Get-Gift $id | Where-Object ReplacesRow).ReplacesRow | Sort-Object | Should -Be (1..5)
            Get-Gift $id | Should -HaveCount 10
        }

        It 'replacing stopped by Ctrl+C: the same' {
            $id = New-Campaign 5
            $null = Invoke-Control Post faults @{ faults = @('giftbit.campaign.create=hold*always') }
            $before = Get-RequestCount giftbit.campaign.create
            $null = Stop-When "Get-Gift '$id' | New-GiftbitCampaign" { (Get-RequestCount giftbit.campaign.create) -gt $before }
            $null = Invoke-Control Delete faults
            $null = Get-Gift $id -Row (1..5) | New-GiftbitCampaign
            @(Get-Gift $id | Where-Object ReplacesRow).ReplacesRow | Sort-Object | Should -Be (1..5)
            @(Get-Gift $id | Where-Object Status -EQ Refunded).Row | Sort-Object | Should -Be (1..5)
        }

        It 'Revoke-GiftbitGift cut by Select-Object -First: what was cancelled is in the ledger' {
            $id = New-Campaign 5
            $before = Get-RequestCount giftbit.gift.cancel
            Get-Gift $id | Revoke-GiftbitGift -Confirm:$false | Select-Object -First 1 | Should -HaveCount 1
            Get-Gift $id | Where-Object Status -EQ Refunded | Should -HaveCount ((Get-RequestCount giftbit.gift.cancel) - $before)
        }
    }

    Context 'Send-GiftEmail' {
        It 'cut by Select-Object -First: no second batch begins, the first is recorded, the next run sends the rest once' {
            $id = New-Campaign 120
            Get-Gift $id | Send-GiftEmail -ThrottleLimit 1 | Select-Object -First 1 | Should -HaveCount 1
            Get-SimulatedMail $id | Should -HaveCount 50
            Get-Gift $id -MailState Sent | Should -HaveCount 50
            $null = Get-Gift $id | Send-GiftEmail
            Get-SimulatedMail $id | Should -HaveCount 120
            (Get-SimulatedMail $id).customId | Sort-Object -Unique | Should -HaveCount 120
        }

        It 'cut by a throw downstream: the same' {
            $id = New-Campaign 120
            { Get-Gift $id | Send-GiftEmail -ThrottleLimit 1 | ForEach-Object { throw 'downstream' } } | Should -Throw 'downstream'
            Get-SimulatedMail $id | Should -HaveCount 50
            Get-Gift $id -MailState Sent | Should -HaveCount 50
        }

        It 'stopped while batches are under way: what was taken is recorded as sent, or uncertain, and nothing is sent twice' {
            $id = New-Campaign 500
            $null = Invoke-Control Post faults @{ faults = @('mailjet.send=hold*always') }
            $seconds = Stop-When "Send-GiftEmail '$id' -ThrottleLimit 2" { (Get-RequestCount mailjet.send) -ge 2 }
            $seconds | Should -BeLessThan 20
            $null = Invoke-Control Delete faults
            $taken = @(Get-SimulatedMail $id).Count
            $taken | Should -BeLessThan 500
            @(Get-Gift $id -MailState Sent).Count + @(Get-Gift $id -MailState Uncertain).Count | Should -BeGreaterOrEqual $taken
            $null = Get-Gift $id | Send-GiftEmail -ErrorAction SilentlyContinue
            $all = Get-SimulatedMail $id
            @($all.customId | Sort-Object -Unique).Count | Should -Be @($all).Count
        }
    }
}

# Every parameter set of every cmdlet is run as a rehearsal, with a No to its question and then with a Yes, where the cmdlet offers that; the others in earnest.
# Which set it was is read from what PowerShell bound.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module (Get-TestModule)
    # What is run, and what its output, written out in full, has to match.
    $calls = [ordered]@{
        'Add-GiftSuppression[__AllParameterSets]'      = { "Courriel,Reason`nset@example.com,asked" | ConvertFrom-Csv | Add-GiftSuppression -PassThru }, 'set@example\.com[\s\S]*asked'
        'Get-GiftSuppression[__AllParameterSets]'      = { [pscustomobject]@{ Email = 'listed@*' } | Get-GiftSuppression }, 'listed@example\.com'
        'Remove-GiftSuppression[__AllParameterSets]'   = { "Courriel`nlisted@example.com" | ConvertFrom-Csv | Remove-GiftSuppression -Reason 'back again' }, '^$'
        'Backup-GiftCampaign[Age]'                     = { Backup-GiftCampaign $archives $certificate -OlderThan 30 }, '^$'
        'Backup-GiftCampaign[Campaign]'                = { Get-GiftCampaign one | Backup-GiftCampaign $archives $certificate }, 'IsVerified\s*: True'
        'Restore-GiftCampaign[Path]'                   = { $archive | Restore-GiftCampaign -Certificate $certificate -DataPath $home1 }, 'CampaignId\s*: one'
        'Restore-GiftCampaign[LiteralPath]'            = { Restore-GiftCampaign -LiteralPath $archive -Certificate $certificate -DataPath $home2 }, 'CampaignId\s*: one'
        'Export-GiftCampaign[__AllParameterSets]'      = { Get-GiftCampaign one | Export-GiftCampaign -Path $exported }, 'exported\.json'
        'Import-GiftCampaign[Path]'                    = { $json | Import-GiftCampaign -DataPath $home3 }, 'CampaignId\s*: one'
        'Import-GiftCampaign[LiteralPath]'             = { Get-Item $json | Import-GiftCampaign -DataPath $home4 }, 'CampaignId\s*: one'
        'Export-GiftReport[Gift]'                      = { Get-Gift one -Row 1, 2 | Export-GiftReport -Path $report -PassThru | Get-Content }, '\n2,Prénom2,client2@example\.com,http'
        'Export-GiftReport[Campaign]'                  = { [pscustomobject]@{ CampaignId = 'one'; Row = 3 } | Export-GiftReport -Path $report -PassThru | Get-Content }, '\n3,Prénom3,'
        'Get-ErpNextCustomer[__AllParameterSets]'      = { Get-ErpNextCustomer Montérégie | Select-Object -First 1 }, 'CustomerId'
        'Get-Gift[Campaign]'                           = { "CampaignId,Row`none,2" | ConvertFrom-Csv | Get-Gift }, 'CustomerId\s*: C2'
        'Get-Gift[Customer]'                           = { Get-Gift -Customer client4@example.com -Status LinkCreated -MailState Sent -Language Fr }, 'CustomerId\s*: C4'
        'Get-GiftHistory[Gift]'                        = { Get-Gift one -Row 2 | Get-GiftHistory }, 'LinkCreated'
        'Get-GiftHistory[Campaign]'                    = { '{"CampaignId":"one","Row":2}' | ConvertFrom-Json | Get-GiftHistory }, 'MailHandedOver|Mail'
        'Get-GiftHistory[Customer]'                    = { Get-GiftHistory -Customer C2 }, 'LinkCreated'
        'Get-GiftCampaign[__AllParameterSets]'         = { 'one' | Get-GiftCampaign }, 'GiftCount\s*: 9'
        'Get-GiftConfiguration[__AllParameterSets]'    = { 'GIFT_HOME' | Get-GiftConfiguration }, 'Environment'
        'Get-GiftbitBrand[List]'                       = { Get-GiftbitBrand -Region Canada -Price 6000c -Currency CAD }, 'timhortonsca'
        'Get-GiftbitBrand[Code]'                       = { "BrandCode`nwalmartca" | ConvertFrom-Csv | Get-GiftbitBrand }, 'walmartca'
        'Get-GiftbitCampaign[__AllParameterSets]'      = { Get-GiftCampaign one | Get-GiftbitCampaign }, 'Id\s*: one'
        'Get-GiftbitFund[__AllParameterSets]'          = { Get-GiftbitFund cad }, 'CAD'
        'Get-GiftbitGift[List]'                        = { Get-GiftbitGift -CampaignId one -Since (Get-Date).AddDays(-2) -Until (Get-Date).AddDays(2) | Select-Object -First 1 }, 'Uuid'
        'Get-GiftbitGift[Uuid]'                        = { Get-Gift one -Row 1 | Get-GiftbitGift }, 'Uuid'
        'Get-GiftbitRegion[__AllParameterSets]'        = { Get-GiftbitRegion Can* }, 'Canada'
        'Get-GiftbitShortlink[Gift]'                   = { Get-Gift one -Row 1 | Get-GiftbitShortlink -Wait }, 'Status\s*: LinkCreated'
        'Get-GiftbitShortlink[Campaign]'               = { "CampaignId,Row`none,2" | ConvertFrom-Csv | Get-GiftbitShortlink }, 'CustomerId\s*: C2'
        'Get-IfeelgoodsClient[__AllParameterSets]'     = { 'CLI-TARGO' | Get-IfeelgoodsClient }, 'Balance'
        'Get-IfeelgoodsRedemption[Gift]'               = { Get-Gift feel -Row 1 | Get-IfeelgoodsRedemption }, 'feel-1-0'
        'Get-IfeelgoodsRedemption[Campaign]'           = { Get-IfeelgoodsRedemption feel -Row 2 }, 'feel-2-0'
        'Get-IfeelgoodsRedemption[Redemption]'         = { Get-IfeelgoodsRedemption -RedemptionId $redemption.RevealId() }, 'feel-3-0'
        'Get-IfeelgoodsRedemption[Promotion]'          = { Get-IfeelgoodsRedemption -PromotionId PRM-TARGO -OrderId feel-3-0 }, 'feel-3-0'
        'Get-IfeelgoodsReward[List]'                   = { Get-IfeelgoodsReward -Search Tim -Country CA }, 'TIM-GC'
        'Get-IfeelgoodsReward[Sku]'                    = { "Sku`nTIM-GC-60CAD-CA" | ConvertFrom-Csv | Get-IfeelgoodsReward }, 'TIM-GC-60CAD-CA'
        'Import-GiftContact[Path]'                     = { $contacts | Import-GiftContact | Select-Object -First 1 }, 'Prénom1'
        'Import-GiftContact[LiteralPath]'              = { Get-Item $contacts | Import-GiftContact | Select-Object -First 1 }, 'Prénom1'
        'Import-MailjetEvent[Path]'                    = { Import-MailjetEvent $events }, 'Stored'
        'Import-MailjetEvent[LiteralPath]'             = { Import-MailjetEvent -LiteralPath $events }, 'Duplicate'
        'Import-MailjetEvent[InputObject]'             = { Get-Content $events -Raw | ConvertFrom-Json | Import-MailjetEvent }, 'Duplicate'
        'Receive-MailjetEvent[__AllParameterSets]'     = { Receive-MailjetEvent -Port 0 -Duration 00:00:00.05 }, '^$'
        'Update-GiftEngagement[All]'                   = { Update-GiftEngagement }, 'CampaignId\s*: one'
        'Update-GiftEngagement[Gift]'                  = { Get-Gift one -Row 1 | Update-GiftEngagement }, 'Row\s*: 1'
        'Update-GiftEngagement[Campaign]'              = { Update-GiftEngagement one -Row 1 }, 'Row\s*: 1'
        'Join-GiftContact[__AllParameterSets]'         = { [pscustomobject]@{ GiftPath = $links; ContactPath = $contacts; CampaignId = 'one' } | Join-GiftContact -DataPath $home5 }, 'Row\s*: 9'
        'Measure-GiftCampaign[__AllParameterSets]'     = { '[{"CampaignId":"one"}]' | ConvertFrom-Json | Measure-GiftCampaign }, 'Total'
        'New-GiftbitCampaign[PriceInCents]'            = { Import-Csv $contacts | New-GiftbitCampaign @terms -Id cents -PriceInCents 6000 }, 'Price\s*: 60\.00 CAD[\s\S]*Row\s*: 9|Row\s*: 9[\s\S]*Price\s*: 60\.00 CAD'
        'New-GiftbitCampaign[Price]'                   = { Import-GiftContact $contacts | ConvertTo-Json | ConvertFrom-Json | New-GiftbitCampaign @terms -Id amount -Price '60,00' }, 'Price\s*: 60\.00 CAD'
        'New-GiftbitCampaign[Replace]'                 = { Get-Gift one -Row 7 | New-GiftbitCampaign -Reason lost }, 'ReplacesRow\s*: 7'
        'New-GiftbitCampaign[ReplaceRow]'              = { New-GiftbitCampaign one -ReplaceRow 8 }, 'ReplacesRow\s*: 8'
        'New-IfeelgoodsOrder[FaceValue]'               = { Import-GiftContact $contacts | New-IfeelgoodsOrder @order -Id face -RewardSku TIM-GC-60CAD-CA }, 'Price\s*: 60\.00 CAD'
        'New-IfeelgoodsOrder[PriceInCents]'            = { Import-GiftContact $contacts | New-IfeelgoodsOrder @order -Id facecents -RewardSku AMZ-GC-CA-VAR -PriceInCents 6000 }, 'Price\s*: 60\.00 CAD'
        'New-IfeelgoodsOrder[Price]'                   = { Import-GiftContact $contacts | New-IfeelgoodsOrder @order -Id faceamount -RewardSku AMZ-GC-CA-VAR -Price '$60' }, 'Price\s*: 60\.00 CAD'
        'Resolve-GiftDelivery[All]'                    = { Resolve-GiftDelivery }, '^$'
        'Resolve-GiftDelivery[Gift]'                   = { Get-Gift one -Row 1 | Resolve-GiftDelivery -As Sent }, '^$'
        'Resolve-GiftDelivery[Campaign]'               = { "CampaignId,Row`none,1" | ConvertFrom-Csv | Resolve-GiftDelivery }, '^$'
        'Revoke-GiftbitGift[Gift]'                     = { Get-Gift one -Row 5 | Revoke-GiftbitGift -Reason moved }, 'Status\s*: Refunded'
        'Revoke-GiftbitGift[Campaign]'                 = { "CampaignId,Row`none,6" | ConvertFrom-Csv | Revoke-GiftbitGift }, 'Status\s*: Refunded'
        'Send-GiftEmail[Gift]'                         = { Get-Gift one -Row 1 | Send-GiftEmail -Resend -Transport Smtp }, 'MailState\s*: Sent'
        'Send-GiftEmail[Campaign]'                     = { '{"CampaignId":"one","Row":2}' | ConvertFrom-Json | Send-GiftEmail -Resend }, 'MailState\s*: Sent'
        'Set-GiftContact[Gift]'                        = { Get-Gift one -Row 3 | Set-GiftContact -FirstName Léa -Language En }, 'FirstName\s*: Léa'
        'Set-GiftContact[Campaign]'                    = { "CampaignId,Row`none,4" | ConvertFrom-Csv | Set-GiftContact -LastName Roy }, 'LastName\s*: Roy'
        'Show-GiftEmail[Gift]'                         = { Get-Gift one -Row 1 | Show-GiftEmail -NoLaunch -Path $page | Get-Content }, 'gtbt\.co/•'
        'Show-GiftEmail[Campaign]'                     = { Show-GiftEmail one -Row 2 -NoLaunch -Reminder }, 'html'
        'Show-GiftEmail[Sample]'                       = { Show-GiftEmail -SampleTo essais@targo.ca -Transport Smtp }, 'Accepted'
        'Show-GiftReport[__AllParameterSets]'          = { Get-GiftCampaign one | Show-GiftReport -NoLaunch }, 'html'
        'Stop-IfeelgoodsRedemption[Gift]'              = { Get-Gift feel -Row 1 | Stop-IfeelgoodsRedemption }, 'Status\s*: Refunded'
        'Stop-IfeelgoodsRedemption[Campaign]'          = { "CampaignId,Row`nfeel,2" | ConvertFrom-Csv | Stop-IfeelgoodsRedemption -Reason asked }, 'Status\s*: Refunded'
        'Stop-IfeelgoodsRedemption[RedemptionId]'      = { Stop-IfeelgoodsRedemption -RedemptionId $redemption.RevealId() }, 'canceled'
        'Stop-IfeelgoodsRedemption[Redemption]'        = { Get-IfeelgoodsRedemption feel -Row 4 | Stop-IfeelgoodsRedemption }, 'canceled'
        'Sync-GiftCampaign[__AllParameterSets]'        = { Get-GiftCampaign one | Sync-GiftCampaign }, '^$|Finding'
        'Test-ErpNextKey[__AllParameterSets]'          = { Test-ErpNextKey }, 'True'
        'Test-GiftbitContract[__AllParameterSets]'     = { Test-GiftbitContract timhortonsca -TestInbox contract@targo.ca }, 'Recommended\s*: Batch'
        'Test-GiftbitToken[__AllParameterSets]'        = { Test-GiftbitToken -Detailed }, 'IsValid\s*: True'
        'Test-GiftTemplate[__AllParameterSets]'        = { Get-Item $templates | Test-GiftTemplate }, 'True'
        'Test-IfeelgoodsKey[__AllParameterSets]'       = { Test-IfeelgoodsKey }, 'True'
        'Update-ErpNextCustomer[Gift]'                 = { Get-Gift one -Row 1 | Update-ErpNextCustomer }, 'Row\s*: 1'
        'Update-ErpNextCustomer[Campaign]'             = { Update-ErpNextCustomer one -Row 2 }, 'Row\s*: 2'
        'Update-GiftStatus[Due]'                       = { Update-GiftStatus }, 'Polled'
        'Update-GiftStatus[Gift]'                      = { Get-Gift one -Row 1 | Update-GiftStatus -Force }, 'Row\s*: 1'
        'Update-GiftStatus[Campaign]'                  = { '{"CampaignId":"one","Row":3}' | ConvertFrom-Json | Update-GiftStatus }, 'Row\s*: 3'
    }
    $cases = foreach ($key in $calls.Keys) {
        $name, $set = $key.TrimEnd(']') -split '\['
        @{
            Cmdlet = $name; Set = $set; Call = $calls[$key][0]; Output = $calls[$key][1]
            Asks   = (Get-Command $name).Parameters.ContainsKey('WhatIf')
            # Where there is nothing to do at first there is nothing to ask; Confirm.Tests.ps1 has something for them to do.
            Idle   = $key -in 'Backup-GiftCampaign[Age]', 'Resolve-GiftDelivery[All]', 'Resolve-GiftDelivery[Gift]', 'Resolve-GiftDelivery[Campaign]', 'Sync-GiftCampaign[__AllParameterSets]', 'Update-ErpNextCustomer[Gift]', 'Update-ErpNextCustomer[Campaign]'
            # What leaves no trace: events that are known already, a page in the folder for temporary files, a listener that nobody calls.
            Unseen = $key -in 'Import-MailjetEvent[LiteralPath]', 'Import-MailjetEvent[InputObject]', 'Show-GiftEmail[Campaign]', 'Receive-MailjetEvent[__AllParameterSets]'
        }
    }
    $rehearsed = $cases | Where-Object { $_.Asks }
}

Describe 'Every parameter set' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)
        # Its campaigns have short names.
        $null = Use-Simulator (Join-Path $TestDrive 'home') -Own sets
        $env:GIFT_WEBHOOK_USER = 'mailjet'
        $env:GIFT_WEBHOOK_PASSWORD = 'a word of Mailjet'
        $env:GIFT_WEBHOOK_PATH = '0123456789abcdef0123456789abcdef'
        $terms = New-OrderTerms
        $terms.Remove('Id')
        $terms.Remove('PriceInCents')
        $order = @{ PromotionId = 'PRM-TARGO'; Expiry = (Get-Date).AddMonths(6); WarningAction = 'Ignore' }
        $contacts = New-ContactFile $TestDrive -Count 9
        $null = Import-GiftContact $contacts | New-GiftbitCampaign @terms -Id one -Price 60 | Get-GiftbitShortlink -Wait -Path $TestDrive | Send-GiftEmail | Update-GiftStatus -Force
        $null = Import-GiftContact $contacts | New-IfeelgoodsOrder @order -Id feel -RewardSku TIM-GC-60CAD-CA -Kind Link
        $null = Add-GiftSuppression listed@example.com
        $redemption = Get-IfeelgoodsRedemption feel -Row 3
        $links = Join-Path $TestDrive 'giftbit-gifts-one.csv'
        $json = (Export-GiftCampaign one -Path (Join-Path $TestDrive 'one.json')).FullName
        $rsa = [Security.Cryptography.RSA]::Create(2048)
        $certificate = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=archives', $rsa, 'SHA256', [Security.Cryptography.RSASignaturePadding]::Pkcs1).CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddYears(1))
        $null = Backup-GiftCampaign (Join-Path $TestDrive 'made') $certificate -CampaignId one
        $archive = (Get-ChildItem (Join-Path $TestDrive 'made')).FullName
        $archives, $home1, $home2, $home3, $home4, $home5 = 'archives', 'home1', 'home2', 'home3', 'home4', 'home5' | ForEach-Object { Join-Path $TestDrive $_ }
        $exported, $report, $page = 'exported.json', 'report.csv', 'page.html' | ForEach-Object { Join-Path $TestDrive $_ }
        $templates = Join-Path (Split-Path (Get-ModuleManifest)) 'templates'
        $events = Join-Path $TestDrive 'events.json'
        ConvertTo-Json @(@{ event = 'open'; time = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds(); MessageID = 1; CustomID = 'one:1'; email = 'essais+1@targo.ca' }) | Set-Content $events

        # What a run could have left behind: in the ledger, on disk, at the services.
        function Get-Trace {
            Get-GiftCampaign | ConvertTo-Csv
            Get-Gift | ConvertTo-Csv
            Get-GiftHistory one | ConvertTo-Csv
            Get-GiftSuppression | ConvertTo-Csv
            # A rehearsal may make an empty ledger; what is in it counts.
            if (Test-Path "$home5/ledger.db") { Get-GiftCampaign -DataPath $home5 | ConvertTo-Csv }
            Get-ChildItem $TestDrive -Recurse | Where-Object Name -NotMatch '\.db|\.log$|^home5$' | ForEach-Object { "$_ $($_ -is [IO.FileInfo] ? $_.Length : '')" }
            (Invoke-Control Get 'mail?limit=10000').mail.Count
            (Invoke-Control Get 'requests?limit=10000').requests | Where-Object method -In 'POST', 'PUT', 'DELETE', 'PATCH' | ForEach-Object path
            $null = Invoke-Control Delete requests
        }

        # The parameters that PowerShell bound to a cmdlet, from its own trace.
        function Get-BoundParameter {
            param([string] $Cmdlet, [string] $Trace)
            $current = ''
            switch -Regex -File $Trace {
                'BIND (?:NAMED|POSITIONAL) cmd line args \[(.+)\]|BIND PIPELINE object to parameters: \[(.+)\]' { $current = $Matches[1] ?? $Matches[2] }
                'to param \[(\w+)\] SUCCESSFUL' { if ($current -eq $Cmdlet) { $Matches[1] } }
            }
        }

        $world = @{}
        foreach ($name in 'terms', 'order', 'contacts', 'redemption', 'links', 'json', 'certificate', 'archive', 'archives', 'home1', 'home2', 'home3', 'home4', 'home5', 'exported', 'report', 'page', 'templates', 'events') {
            $world[$name] = Get-Variable $name -ValueOnly
        }
        $null = Invoke-Control Delete requests
        $left = @{ Behind = Get-Trace }
    }

    BeforeEach {
        $rendering = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'
    }

    AfterEach { $PSStyle.OutputRendering = $rendering }

    AfterAll { Get-ChildItem env:GIFT_WEBHOOK* | Remove-Item }

    It 'is in the list of this file' {
        $all = foreach ($command in Get-Command -Module TargoGiftbit) { $command.ParameterSets | ForEach-Object { "$($command.Name)[$($_.Name)]" } }
        $listed = $calls.Keys
        Compare-Object @($all | Sort-Object) @($listed | Sort-Object) | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
    } -TestCases @{ calls = $calls }

    It '<Cmdlet> <Set>: -WhatIf leaves everything as it is' -ForEach $rehearsed {
        Set-StrictMode -Version Latest
        # To this cmdlet alone: those before it in the pipeline have real gifts to give.
        $PSDefaultParameterValues = @{ "${Cmdlet}:WhatIf" = $true }
        $null = & $Call 3>$null 6>$null
        $PSDefaultParameterValues = @{}
        $before, $left.Behind = $left.Behind, (Get-Trace)
        Compare-Object $before $left.Behind | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
    }

    It '<Cmdlet> <Set>: -Confirm asks, and a No leaves everything as it is' -ForEach $rehearsed {
        $script = "`$PSDefaultParameterValues = @{ '${Cmdlet}:Confirm' = `$true }; & { $Call }; `$PSDefaultParameterValues = @{}"
        $told = Invoke-TestConversation $script -Answer No -Module (Get-TestModule) -Variable $world
        $told.Errors | Should -BeNullOrEmpty
        $told.Questions.Count | Should -Be ($Idle ? 0 : 1) -Because "$($told.Questions)"
        $before, $left.Behind = $left.Behind, (Get-Trace)
        Compare-Object $before $left.Behind | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
    }

    It '<Cmdlet> <Set>' -ForEach $cases {
        Set-StrictMode -Version Latest
        $trace = Join-Path $TestDrive "$Cmdlet-$Set.log"
        if ($Asks) {
            $before = $left.Behind ?? (Get-Trace)
            $script = "Set-StrictMode -Version Latest; `$PSDefaultParameterValues = @{ '${Cmdlet}:Confirm' = `$true }; Trace-Command -Name ParameterBinding -FilePath '$trace' -Expression { $Call }; `$PSDefaultParameterValues = @{}"
            $told = Invoke-TestConversation $script -Answer Yes -Module (Get-TestModule) -Variable $world
            $told.Errors | Should -BeNullOrEmpty
            if (-not $Idle) { $told.Questions | Should -HaveCount 1 }
            $out = $told.Output
            $left.Behind = Get-Trace
            if ($told.Questions.Count -and -not $Unseen) { Compare-Object $before $left.Behind | Should -Not -BeNullOrEmpty -Because 'a Yes does it' }
        }
        else {
            $ConfirmPreference = 'None'
            $left.Behind = $null
            $global:Error.Clear()
            $out = Trace-Command -Name ParameterBinding -FilePath $trace -Expression $Call -ErrorAction Stop 3>$null
            $global:Error.Count | Should -Be 0 -Because "$global:Error"
        }
        # PowerShell's own views of files do not keep to strict mode.
        Set-StrictMode -Off
        $text = "$(($out | Format-List * -Force | Out-String -Width 500) + ($out | Out-String -Width 500))".Trim()
        $text | Should -Match $Output
        $text | Should -Not -Match "`e" -Because '$PSStyle.OutputRendering is PlainText'
        if ("$Call" -notmatch 'Export-GiftReport') { $text | Should -Not -Match 'gtbt\.co/\w' -Because 'a link is shown masked' }
        $command = Get-Command $Cmdlet
        $bound = @(Get-BoundParameter $Cmdlet $trace | Select-Object -Unique)
        # Those sets that take all of it and miss nothing; where several do, the default is the one.
        $possible = @($command.ParameterSets | Where-Object { $parameters = $_.Parameters
                -not ($bound | Where-Object { $_ -notin $parameters.Name }) -and -not ($parameters | Where-Object { $_.IsMandatory -and $_.Name -notin $bound }) })
        $chosen = $possible.Count -eq 1 ? $possible[0].Name : $command.DefaultParameterSet
        $chosen | Should -Be $Set -Because "bound: $bound"
    }
}

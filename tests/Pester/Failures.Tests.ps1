# One call of every cmdlet that fails as it would fail an operator, and all that a person and a script learn of it.
BeforeDiscovery {
    Import-Module "$PSScriptRoot/Support.psm1"
    Import-Module (Get-TestModule)
    # Names and Advises: what the message has to name, and what it or the recommended action says to do.
    # Comes: how many objects come out all the same; where it is left out, the error ends the cmdlet.
    $failures = [ordered]@{
        'Add-GiftSuppression'      = @{ Call = { Add-GiftSuppression 'no address', ok@example.com -PassThru }; Id = 'EmailInvalid'; Category = 'InvalidData'; Names = "'no address'.* @"; Advises = 'Correct it'; Comes = 1 }
        'Backup-GiftCampaign'      = @{ Call = { Backup-GiftCampaign $archives $certificate -CampaignId nowhere, $id }; Id = 'CampaignUnknown'; Category = 'ObjectNotFound'; Names = "'nowhere'"; Advises = 'Get-GiftCampaign'; Comes = 1 }
        'Export-GiftCampaign'      = @{ Call = { Export-GiftCampaign $id -Path $json -NoClobber }; Id = 'FileExists'; Category = 'ResourceExists'; Names = 'one\.json'; Advises = '-NoClobber'; Comes = 0 }
        'Export-GiftReport'        = @{ Call = { Get-Gift $id | Export-GiftReport -Path $text -NoClobber }; Id = 'FileExists'; Category = 'ResourceExists'; Names = 'text\.txt'; Advises = '-NoClobber' }
        'Get-ErpNextCustomer'      = @{ Call = { Get-ErpNextCustomer -Where 'language = en' }; Id = 'ErpNextWhereInvalid'; Category = 'InvalidData'; Names = 'filter'; Advises = 'JSON' }
        'Get-Gift'                 = @{ Call = { Get-Gift $id -Row 99, 1 }; Id = 'GiftUnknown'; Category = 'ObjectNotFound'; Names = ':99'; Advises = 'Join-GiftContact'; Comes = 1 }
        'Get-GiftCampaign'         = @{ Call = { Get-GiftCampaign nowhere, $id }; Id = 'CampaignUnknown'; Category = 'ObjectNotFound'; Names = "'nowhere'"; Advises = 'Get-GiftCampaign without parameters'; Comes = 1 }
        'Get-GiftConfiguration'    = @{ Call = { Get-GiftConfiguration GIFT_HOMES, GIFT_HOME }; Id = 'SettingUnknown'; Category = 'ObjectNotFound'; Names = "'GIFT_HOMES'"; Advises = 'Get-GiftConfiguration lists'; Comes = 1 }
        'Get-GiftHistory'          = @{ Call = { Get-GiftHistory $id -Row 99 }; Id = 'GiftUnknown'; Category = 'ObjectNotFound'; Names = ':99'; Advises = 'Join-GiftContact'; Comes = 0 }
        'Get-GiftSuppression'      = @{ Call = { Get-GiftSuppression -DataPath $nowhere }; Id = 'LedgerNotFound'; Category = 'ObjectNotFound'; Names = 'nowhere.*ledger\.db'; Advises = 'GIFT_HOME' }
        'Get-GiftbitBrand'         = @{ Call = { Get-GiftbitBrand nope, walmartca }; Id = 'GiftbitUnknownBrand'; Category = 'ObjectNotFound'; Names = "'nope'"; Advises = 'Get-GiftbitBrand'; Comes = 1 }
        'Get-GiftbitCampaign'      = @{ Call = { Get-GiftbitCampaign nowhere, $id }; Id = 'GiftbitCampaignNotFound'; Category = 'ObjectNotFound'; Names = "'nowhere'"; Advises = 'Get-GiftCampaign'; Comes = 1 }
        'Get-GiftbitFund'          = @{ Call = { Get-GiftbitFund -Token $refused }; Id = 'GiftbitTokenRefused'; Category = 'AuthenticationError'; Names = 'HTTP 401'; Advises = 'Test-GiftbitToken' }
        'Get-GiftbitGift'          = @{ Call = { Get-GiftbitGift nothing, (Get-Gift $id -Row 1).ProviderGiftId }; Id = 'GiftbitGiftNotFound'; Category = 'ObjectNotFound'; Names = "'nothing'"; Advises = 'Get-Gift'; Comes = 1 }
        'Get-GiftbitRegion'        = @{ Call = { Get-GiftbitRegion Atlantis, Canada }; Id = 'GiftbitUnknownRegion'; Category = 'ObjectNotFound'; Names = "'Atlantis'"; Advises = 'It has: .*Canada'; Comes = 1 }
        'Get-GiftbitShortlink'     = @{ Call = { Get-GiftbitShortlink nowhere, $id }; Id = 'CampaignUnknown'; Category = 'ObjectNotFound'; Names = "'nowhere'"; Advises = 'Get-GiftCampaign'; Comes = 3 }
        'Get-IfeelgoodsClient'     = @{ Call = { Get-IfeelgoodsClient CLI-NOPE, CLI-TARGO }; Id = 'IfeelgoodsClientNotFound'; Category = 'ObjectNotFound'; Names = "'CLI-NOPE'"; Advises = 'Get-IfeelgoodsClient'; Comes = 1 }
        'Get-IfeelgoodsRedemption' = @{ Call = { Get-IfeelgoodsRedemption $id -Row 1 }; Id = 'GiftOfAnotherProvider'; Category = 'InvalidOperation'; Names = ':1 was ordered from giftbit'; Advises = 'Get-GiftbitGift'; Comes = 0 }
        'Get-IfeelgoodsReward'     = @{ Call = { Get-IfeelgoodsReward NOPE, TIM-GC-60CAD-CA }; Id = 'IfeelgoodsRewardNotFound'; Category = 'ObjectNotFound'; Names = "'NOPE'"; Advises = 'Get-IfeelgoodsReward'; Comes = 1 }
        'Import-GiftCampaign'      = @{ Call = { Import-GiftCampaign $text, $json -DataPath $other1 }; Id = 'ArchiveInvalid'; Category = 'InvalidData'; Names = 'text\.txt.*line 1'; Advises = 'export the campaign anew'; Comes = 1 }
        'Import-GiftContact'       = @{ Call = { Import-GiftContact $text, $contacts }; Id = 'ContactColumnMissing'; Category = 'InvalidData'; Names = 'text\.txt.*line 1'; Advises = 'Courriel'; Comes = 3 }
        'Import-MailjetEvent'      = @{ Call = { Import-MailjetEvent $TestDrive, $events }; Id = 'PathIsFolder'; Category = 'InvalidArgument'; Names = 'is a folder'; Advises = 'wildcard'; Comes = 1 }
        'Join-GiftContact'         = @{ Call = { Join-GiftContact $nowhere $contacts $id -DataPath $other1 }; Id = 'FileNotFound'; Category = 'ObjectNotFound'; Names = 'nowhere'; Advises = 'Get-ChildItem' }
        'Measure-GiftCampaign'     = @{ Call = { Measure-GiftCampaign nowhere, $id }; Id = 'CampaignUnknown'; Category = 'ObjectNotFound'; Names = "'nowhere'"; Advises = 'Get-GiftCampaign'; Comes = 1 }
        'New-GiftbitCampaign'      = @{ Call = { Import-GiftContact $contacts | New-GiftbitCampaign -Id ($id + '-2') @nope }; Id = 'GiftbitUnknownBrand'; Category = 'ObjectNotFound'; Names = "'nope'.*Nothing was ordered"; Advises = 'Get-GiftbitBrand' }
        'New-IfeelgoodsOrder'      = @{ Call = { Import-GiftContact $contacts | New-IfeelgoodsOrder @order -Id ($id + '-2') -RewardSku NOPE }; Id = 'IfeelgoodsRewardNotFound'; Category = 'ObjectNotFound'; Names = "'NOPE'"; Advises = 'Get-IfeelgoodsReward' }
        'Receive-MailjetEvent'     = @{ Call = { Receive-MailjetEvent -Port 0 -PathSegment $refused }; Id = 'WebhookPathWeak'; Category = 'SecurityError'; Names = 'GIFT_WEBHOOK_PATH'; Advises = 'openssl rand' }
        'Remove-GiftSuppression'   = @{ Call = { Remove-GiftSuppression stranger@example.com -Confirm:$false }; Id = 'SuppressionNotFound'; Category = 'ObjectNotFound'; Names = 'stranger@example\.com'; Advises = 'Get-GiftSuppression'; Comes = 0 }
        'Resolve-GiftDelivery'     = @{ Call = { Resolve-GiftDelivery nowhere, $id }; Id = 'CampaignUnknown'; Category = 'ObjectNotFound'; Names = "'nowhere'"; Advises = 'Get-GiftCampaign'; Comes = 0 }
        'Restore-GiftCampaign'     = @{ Call = { Restore-GiftCampaign $text, $archive -Certificate $certificate -DataPath $other2 }; Id = 'ArchiveUnreadable'; Category = 'InvalidData'; Names = 'text\.txt'; Advises = 'Import-GiftCampaign'; Comes = 1 }
        'Revoke-GiftbitGift'       = @{ Call = { Revoke-GiftbitGift $id -Row 3 }; Id = 'GiftNotRevocable'; Category = 'InvalidOperation'; Names = ':3 is Redeemed'; Advises = 'leave it to the customer'; Comes = 0 }
        'Send-GiftEmail'           = @{ Call = { Send-GiftEmail $id -TemplatePath $nowhere }; Id = 'TemplateFileMissing'; Category = 'ObjectNotFound'; Names = 'nowhere.gift-email-fr\.html'; Advises = 'Copy the missing file' }
        'Set-GiftContact'          = @{ Call = { Set-GiftContact $id -Row 99, 1 -FirstName Luc }; Id = 'GiftUnknown'; Category = 'ObjectNotFound'; Names = ':99'; Advises = 'Join-GiftContact'; Comes = 1 }
        'Show-GiftEmail'           = @{ Call = { Show-GiftEmail $id -Row 99, 1 -NoLaunch }; Id = 'GiftUnknown'; Category = 'ObjectNotFound'; Names = ':99'; Advises = 'Join-GiftContact'; Comes = 1 }
        'Show-GiftReport'          = @{ Call = { Show-GiftReport nowhere, $id -NoLaunch }; Id = 'CampaignUnknown'; Category = 'ObjectNotFound'; Names = "'nowhere'"; Advises = 'Get-GiftCampaign'; Comes = 1 }
        'Stop-IfeelgoodsRedemption' = @{ Call = { Stop-IfeelgoodsRedemption $id -Row 1 }; Id = 'GiftOfAnotherProvider'; Category = 'InvalidOperation'; Names = ':1 was ordered from giftbit'; Advises = 'Revoke-GiftbitGift'; Comes = 0 }
        'Sync-GiftCampaign'        = @{ Call = { Sync-GiftCampaign nowhere, $id }; Id = 'CampaignUnknown'; Category = 'ObjectNotFound'; Names = "'nowhere'"; Advises = 'Get-GiftCampaign'; Comes = 0 }
        'Test-ErpNextKey'          = @{ Call = { Test-ErpNextKey -Token $refused }; Id = 'ErpNextTokenInvalid'; Category = 'InvalidData'; Names = 'ERPNEXT_TOKEN'; Advises = 'colon' }
        'Test-GiftTemplate'        = @{ Call = { Test-GiftTemplate $nowhere }; Id = 'TemplateFileMissing'; Category = 'ObjectNotFound'; Names = 'nowhere.gift-email-fr\.html'; Advises = 'Copy the missing file' }
        'Test-GiftbitContract'     = @{ Call = { Test-GiftbitContract nope }; Id = 'GiftbitUnknownBrand'; Category = 'ObjectNotFound'; Names = "'nope'"; Advises = 'Get-GiftbitBrand' }
        'Test-GiftbitToken'        = @{ Call = { Test-GiftbitToken }; Without = 'GIFTBIT_TOKEN'; Id = 'GiftbitTokenMissing'; Category = 'AuthenticationError'; Names = 'sandbox'; Advises = 'GIFTBIT_TOKEN.*-Token' }
        'Test-IfeelgoodsKey'       = @{ Call = { Test-IfeelgoodsKey -Option nonsense }; Id = 'SettingInvalid'; Category = 'InvalidData'; Names = "'nonsense'.*IFEELGOODS_OPTIONS"; Advises = 'name=value' }
        'Update-ErpNextCustomer'   = @{ Call = { Update-ErpNextCustomer nowhere }; Id = 'CampaignUnknown'; Category = 'ObjectNotFound'; Names = "'nowhere'"; Advises = 'Get-GiftCampaign'; Comes = 0 }
        'Update-GiftEngagement'    = @{ Call = { Update-GiftEngagement nowhere, $id }; Id = 'CampaignUnknown'; Category = 'ObjectNotFound'; Names = "'nowhere'"; Advises = 'Get-GiftCampaign'; Comes = 3 }
        'Update-GiftStatus'        = @{ Call = { Update-GiftStatus -DataPath $nowhere }; Id = 'LedgerNotFound'; Category = 'ObjectNotFound'; Names = 'nowhere.*ledger\.db'; Advises = 'GIFT_HOME' }
    }
    $cases = foreach ($cmdlet in $failures.Keys) {
        $case = @{ Cmdlet = $cmdlet; Without = ''; Comes = -1 }
        foreach ($key in $failures[$cmdlet].Keys) { $case[$key] = $failures[$cmdlet][$key] }
        $case
    }
}

Describe 'A call that fails' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)
        $null = Use-Simulator (Join-Path $TestDrive 'home')
        $env:GIFT_WEBHOOK_USER = 'mailjet'
        $env:GIFT_WEBHOOK_PASSWORD = 'a word of Mailjet'
        $contacts = New-ContactFile $TestDrive -Count 3
        $terms = New-OrderTerms
        $id = $terms.Id
        $null = Import-GiftContact $contacts | New-GiftbitCampaign @terms | Get-GiftbitShortlink -Wait
        $null = Invoke-Control Post redeem @{ gift = (Get-Gift $id -Row 3).ProviderGiftId; brand = 'walmartca' }
        $rsa = [Security.Cryptography.RSA]::Create(2048)
        $certificate = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=archives', $rsa, 'SHA256', [Security.Cryptography.RSASignaturePadding]::Pkcs1).CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddYears(1))
        $text = Join-Path $TestDrive 'text.txt'
        Set-Content $text 'nothing of this kind'
        $events = Join-Path $TestDrive 'events.json'
        ConvertTo-Json @(@{ event = 'open'; time = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds(); MessageID = 1; CustomID = "${id}:1"; email = 'essais+1@targo.ca' }) | Set-Content $events

        $session = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
        $session.Open()
        @{
            TestDrive = "$TestDrive"; id = $id; contacts = $contacts; text = $text; events = $events; certificate = $certificate
            json      = (Export-GiftCampaign $id -Path (Join-Path $TestDrive 'one.json')).FullName
            archive   = (Backup-GiftCampaign (Join-Path $TestDrive 'made') $certificate -CampaignId $id).Path
            archives  = Join-Path $TestDrive 'archives'
            nowhere   = Join-Path $TestDrive 'nowhere'
            refused   = ConvertTo-SecureString 'refused' -AsPlainText
            nope      = @{ PriceInCents = 6000; Expiry = $terms.Expiry; BrandCode = 'nope'; Subject = 'Cadeau'; Message = 'Merci.' }
            order     = @{ PromotionId = 'PRM-TARGO'; Expiry = $terms.Expiry; WarningAction = 'Ignore' }
        }.GetEnumerator() | ForEach-Object { $session.SessionStateProxy.SetVariable($_.Key, $_.Value) }
        $null = [powershell]::Create($session).AddCommand('Import-Module').AddArgument((Get-ModuleManifest)).Invoke()

        # In a session of its own: what stands inside try, as all of Pester does, goes on after no error that ends a statement.
        function Invoke-Failing {
            param([string] $Cmdlet, [string] $Call, [string] $Without, [string] $Action, [string] $Script)
            $kept = $Without ? (Get-Item "env:$Without").Value : ''
            # A data folder for each run: what a run reads in must not be there already when the next one does.
            foreach ($name in 'other1', 'other2') { $session.SessionStateProxy.SetVariable($name, (Join-Path $TestDrive ([guid]::NewGuid().ToString('n')))) }
            $shell = [powershell]::Create($session)
            try {
                if ($Without) { Remove-Item "env:$Without" }
                $null = $shell.AddScript(@"
Set-StrictMode -Version Latest
`$PSDefaultParameterValues = @{ '${Cmdlet}:ErrorAction' = '$Action'; '*:WarningAction' = 'Ignore' }
`$out = `$caught = `$null
`$global:Error.Clear()
$Script
"@.Replace('CALL', $Call.Trim()))
                $shell.Invoke()
            }
            finally {
                if ($Without) { Set-Item "env:$Without" $kept }
                $shell.Dispose()
            }
        }
    }

    AfterAll {
        $session.Dispose()
        Get-ChildItem env:GIFT_WEBHOOK* | Remove-Item
    }

    It 'is here for every cmdlet' -TestCases @{ listed = @($failures.Keys) } {
        $all = (Get-Module TargoGiftbit).ExportedCmdlets.Keys
        Compare-Object @($all | Sort-Object) @($listed | Sort-Object) | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
    }

    It '<Cmdlet>: <Id>, one record that says what, where and what to do; the script goes on' -ForEach $cases {
        $told = Invoke-Failing $Cmdlet $Call $Without Continue @'
$out = CALL
$went = $?
[pscustomobject]@{ Went = $went; Out = @($out | Where-Object { $null -ne $_ }); Errors = $global:Error.ToArray() }
'@
        $told.Went | Should -BeFalse -Because '$? is for the script that goes on'
        $told.Errors | Should -HaveCount 1
        $problem = $told.Errors[0]
        $problem.FullyQualifiedErrorId | Should -Be "$Id,$((Get-Command $Cmdlet).ImplementingType.FullName)"
        $problem.CategoryInfo.Category | Should -Be $Category
        "$problem" | Should -Match $Names
        "$problem $($problem.ErrorDetails ? $problem.ErrorDetails.RecommendedAction : '')" | Should -Match $Advises
        $told.Out | Should -HaveCount ([Math]::Max($Comes, 0))
    }

    It '<Cmdlet>: -ErrorAction Stop throws it; Ignore hides one bad record, and not that the whole call is of no use' -ForEach $cases {
        $catch = 'try { $null = CALL } catch { $caught = $_ } @{ Caught = $caught }'
        (Invoke-Failing $Cmdlet $Call $Without Stop $catch).Caught.FullyQualifiedErrorId | Should -Be "$Id,$((Get-Command $Cmdlet).ImplementingType.FullName)"
        $null -ne (Invoke-Failing $Cmdlet $Call $Without Ignore $catch).Caught | Should -Be ($Comes -lt 0)
    }

    It 'and no ledger was made where there was none' {
        Join-Path $TestDrive 'nowhere' | Should -Not -Exist
    }
}

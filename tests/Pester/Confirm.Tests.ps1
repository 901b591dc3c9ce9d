# What -Confirm asks where one call asks several times: a Yes to each, a Yes to all, a No to all. That every parameter set asks, and heeds a No and a
# Yes, is in Sets.Tests.ps1; what Update-ErpNextCustomer asks, in ErpNext.Tests.ps1.
BeforeDiscovery {
    # Ready: what there has to be before each run; Done: what grows with everything that was said yes to. $run is another number each time.
    $questions = @(
        @{ Cmdlet = 'Add-GiftSuppression'; Call = { "a$run@confirm.example", "b$run@confirm.example", "c$run@confirm.example" | Add-GiftSuppression }; Done = { @(Get-GiftSuppression '*@confirm.example').Count } }
        @{ Cmdlet = 'Remove-GiftSuppression'; Ready = { 'x', 'y', 'z' | ForEach-Object { "$_@off.example" } | Add-GiftSuppression }; Call = { Get-GiftSuppression '*@off.example' | Remove-GiftSuppression }; Done = { -@(Get-GiftSuppression '*@off.example').Count } }
        @{ Cmdlet = 'Set-GiftContact'; Call = { Get-Gift $ids[0] -Row 1, 2, 3 | Set-GiftContact -LastName "Roy$run" }; Done = { @(Get-Gift $ids[0] | Where-Object LastName -EQ "Roy$run").Count } }
        @{ Cmdlet = 'Show-GiftEmail'; Call = { Get-Gift $ids[0] -Row 1, 2, 3 | Show-GiftEmail -NoLaunch }; Done = { $told ? @($told.Output).Count : 0 } }
        @{ Cmdlet = 'Export-GiftCampaign'; Call = { Get-GiftCampaign $ids | Export-GiftCampaign -Path $folder }; Done = { @(Get-ChildItem $folder).Count } }
        @{ Cmdlet = 'Backup-GiftCampaign'; Call = { Get-GiftCampaign $ids | Backup-GiftCampaign $folder $certificate }; Done = { @(Get-ChildItem $folder).Count } }
        @{ Cmdlet = 'Import-GiftCampaign'; Call = { Get-ChildItem $files | Import-GiftCampaign -DataPath $folder }; Done = { (Test-Path "$folder/ledger.db") ? @(Get-GiftCampaign -DataPath $folder).Count : 0 } }
        @{ Cmdlet = 'Restore-GiftCampaign'; Call = { Get-ChildItem $archives | Restore-GiftCampaign -Certificate $certificate -DataPath $folder }; Done = { (Test-Path "$folder/ledger.db") ? @(Get-GiftCampaign -DataPath $folder).Count : 0 } }
        @{ Cmdlet = 'Resolve-GiftDelivery'; Ready = { Import-GiftCampaign $files[0] -DataPath $folder }; Call = { Resolve-GiftDelivery $ids[0] -Row 1, 2, 3 -As Sent -DataPath $folder }; Done = { -@(Get-Gift $ids[0] -DataPath $folder -MailState Uncertain).Count } }
        @{ Cmdlet = 'Sync-GiftCampaign'; Ready = { $files | Import-GiftCampaign -DataPath $folder }; Call = { Get-GiftCampaign $ids -DataPath $folder | Sync-GiftCampaign -DataPath $folder }; Done = { -@($ids | Where-Object { Get-Gift $_ -Row 8 -DataPath $folder | Where-Object MailState -EQ Uncertain }).Count } }
        @{ Cmdlet = 'Send-GiftEmail'; Call = { $ids | ForEach-Object { Get-Gift $_ -Row 1 } | Send-GiftEmail -Resend }; Done = { @($ids | ForEach-Object { Get-SimulatedMail $_ }).Count } }
        @{ Cmdlet = 'New-GiftbitCampaign'; Call = { $ids | ForEach-Object { Get-Gift $_ -Row $run } | New-GiftbitCampaign }; Done = { @(Get-Gift $ids | Where-Object ReplacesRow).Count } }
        @{ Cmdlet = 'Revoke-GiftbitGift'; Call = { $ids | ForEach-Object { Get-Gift $_ -Row ($run + 4) } | Revoke-GiftbitGift }; Done = { @(Get-Gift $ids -Status Refunded).Count } }
    ) | ForEach-Object { $_.Ready ??= {}; $_ }
}

Describe 'Where one call asks several times' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)
        $null = Use-Simulator (Join-Path $TestDrive 'home')
        $null = Invoke-Control Post switches @{ 'mailjet.index-delay' = '0s' }
        $contacts = New-ContactFile $TestDrive -Count 8
        $ids = foreach ($i in 1..3) {
            $terms = New-OrderTerms
            $null = Import-GiftContact $contacts | New-GiftbitCampaign @terms | Get-GiftbitShortlink -Wait
            $terms.Id
        }
        $rsa = [Security.Cryptography.RSA]::Create(2048)
        $certificate = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=archives', $rsa, 'SHA256', [Security.Cryptography.RSASignaturePadding]::Pkcs1).CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddYears(1))
        $files = (Get-GiftCampaign $ids | Export-GiftCampaign -Path (New-Item -ItemType Directory (Join-Path $TestDrive 'files'))).FullName
        $archives = (Get-GiftCampaign $ids | Backup-GiftCampaign (Join-Path $TestDrive 'archives') $certificate).Path
        # What the files do not know of.
        $null = $ids | ForEach-Object { Get-Gift $_ -Row 8 } | Send-GiftEmail
        $runs = @{ Count = 0 }

        # Runs a call in a folder of its own where somebody gives one answer to all questions; returns the questions, and how much was done.
        function Invoke-Answering {
            param([string] $Cmdlet, [scriptblock] $Ready, [scriptblock] $Call, [scriptblock] $Done, [string] $Answer)
            $run = ++$runs.Count
            $told = $null
            $folder = (New-Item -ItemType Directory (Join-Path $TestDrive "run-$([guid]::NewGuid())")).FullName
            $null = . $Ready 3>$null
            $before = . $Done
            $script = "`$PSDefaultParameterValues = @{ '${Cmdlet}:Confirm' = `$true }; & { $Call }; `$PSDefaultParameterValues = @{}"
            $told = Invoke-TestConversation $script -Answer $Answer -Module (Get-TestModule) -Variable @{
                run = $run; folder = $folder; ids = $ids; files = $files; archives = $archives; certificate = $certificate
            }
            $told.Errors | Should -BeNullOrEmpty
            @{ Questions = @($told.Questions); Done = (. $Done) - $before }
        }
    }

    It '<Cmdlet>: a Yes to each, a Yes to all, a No to all' -ForEach $questions {
        $runs.Count = 0
        $each = Invoke-Answering $Cmdlet $Ready $Call $Done Yes
        $each.Questions | Should -HaveCount 3
        $each.Done | Should -Be 3
        $all = Invoke-Answering $Cmdlet $Ready $Call $Done 'Yes to All'
        $all.Questions | Should -HaveCount 1
        $all.Done | Should -Be 3
        $none = Invoke-Answering $Cmdlet $Ready $Call $Done 'No to All'
        $none.Questions | Should -HaveCount 1
        $none.Done | Should -Be 0
    }
}

Describe 'Keeping campaigns' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1" -Force
        Import-Module (Get-TestModule)
        $null = Use-Simulator (Join-Path $TestDrive 'home')
        $contacts = Join-Path $TestDrive 'clients.csv'
        'id,prenom,nom,courriel', 'K1,Marie,Côté,marie@example.com', 'K2,Luc,Roy,luc@example.com' | Set-Content $contacts
        $null = Import-GiftContact $contacts |
            New-GiftbitCampaign -Id kept -PriceInCents 6000 -Expiry (Get-Date).AddMonths(6) -BrandCode timhortonsca -Subject 'Cadeau' -Message 'Merci.' |
            Get-GiftbitShortlink -Wait
        $rsa = [Security.Cryptography.RSA]::Create(2048)
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=archives', $rsa, 'SHA256', [Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $certificate = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddYears(1))
        $archives = Join-Path $TestDrive 'archives'
    }

    It 'exports a campaign to a file that is its owner''s alone, and imports it elsewhere' {
        $file = Export-GiftCampaign kept -Path (Join-Path $TestDrive 'kept.json')
        if (-not $IsWindows) { $file.UnixFileMode | Should -Be ([IO.UnixFileMode] 'UserRead, UserWrite') }
        $json = Get-Content -Raw $file | ConvertFrom-Json
        $json.recipients | Should -HaveCount 2
        $json.recipients[0].link | Should -Match '^http'
        $other = Join-Path $TestDrive 'other'
        $campaign = Import-GiftCampaign $file -DataPath $other -WarningVariable warnings -WarningAction SilentlyContinue
        $campaign.LinkCount | Should -Be 2
        "$warnings" | Should -Match 'Resolve-GiftDelivery'
        { Import-GiftCampaign $file -DataPath $other -ErrorAction Stop } | Should -Throw -ErrorId 'CampaignExists,*'
    }

    It 'a file that is not there is an error, and the others are read' {
        $file = Export-GiftCampaign kept -Path (Join-Path $TestDrive 'beside.json')
        $read = Import-GiftCampaign (Join-Path $TestDrive 'none.json'), $file -DataPath (Join-Path $TestDrive 'beside') -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction Ignore
        $read.CampaignId | Should -Be 'kept'
        $problems.FullyQualifiedErrorId | Should -Be 'PathNotFound,TargoGiftbit.Commands.Retention.ImportGiftCampaignCommand'
    }

    It 'has nothing to back up that is not old' {
        Backup-GiftCampaign $archives $certificate | Should -BeNullOrEmpty
        Test-Path $archives | Should -BeFalse
    }

    It '-WhatIf writes nothing' {
        Get-GiftCampaign kept | Backup-GiftCampaign $archives $certificate -Purge -WhatIf
        Test-Path $archives | Should -BeFalse
    }

    It 'archives, but does not purge a campaign with open gifts' {
        Get-GiftCampaign kept | Backup-GiftCampaign $archives $certificate -Purge -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'CampaignOpen,*'
        Get-GiftCampaign kept | Should -Not -BeNullOrEmpty
    }

    It 'purges a settled campaign and restores it' {
        $null = Revoke-GiftbitGift kept
        $archive = Get-GiftCampaign kept | Backup-GiftCampaign $archives $certificate -Purge
        $archive.IsVerified, $archive.WasErased | Should -Be $true, $true
        Get-GiftCampaign | Should -BeNullOrEmpty
        (Restore-GiftCampaign (Join-Path $archives '*.cms') -Certificate $certificate).GiftCount | Should -Be 2
        (Get-Gift kept).Status | Select-Object -Unique | Should -Be 'Refunded'
    }
}

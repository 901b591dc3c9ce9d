# The world that the examples in help talk about: campaigns that were ordered and sent, their customers, and the files that lie around.
Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

<#
.SYNOPSIS
    Orders and sends the campaigns of the examples in the current session's ledger, and leaves their files in a folder.
.PARAMETER Folder
    Where the examples are run.
#>
function New-ExampleWorld {
    param([Parameter(Mandatory)] [string] $Folder)
    Push-Location $Folder
    try {
        $null = New-Item -ItemType Directory samples, archives, archives-made, events
        @(
            'No de client;Prénom;Nom de famille;Adresse courriel;Langue;Territoire'
            1..18 | ForEach-Object {
                if ($_ -eq 12) { 'T12;Marie;Tremblay;marie.tremblay@example.com;Français;Montérégie' }
                else { "T$_;Jean$_;Roy;jean$_.roy@example.com;$($_ % 3 ? 'Français' : 'English');Montérégie" }
            }
        ) | Set-Content ./samples/clients.csv -Encoding utf8

        $terms = @{
            PriceInCents = 6000; Expiry = (Get-Date).AddMonths(6); BrandCode = 'timhortonsca', 'walmartca'
            Subject = 'Cadeau TARGO'; Message = 'Merci.'; WarningAction = 'Ignore'
        }
        foreach ($id in 'targo-2026-q2-loyalty', 'targo-2025-q4', 'spring') {
            $gifts = Import-GiftContact ./samples/clients.csv | New-GiftbitCampaign -Id $id @terms | Get-GiftbitShortlink -Wait
            if ($id -ne 'spring') { $null = $gifts | Send-GiftEmail }
        }
        # Without Marie: her gift in the examples is Giftbit's.
        $null = Import-GiftContact ./samples/clients.csv | Select-Object -First 11 | New-IfeelgoodsOrder -Id summer-sandbox -PromotionId PRM-TARGO -RewardSku AMZ-GC-CA-VAR -Price 60 `
            -Expiry (Get-Date).AddMonths(6) -Kind Link -WarningAction Ignore
        $null = 'marie.tremblay@example.com' | Add-GiftSuppression -Reason 'asked by telephone'
        $null = Remove-GiftSuppression marie.tremblay@example.com -Reason 'changed her mind' -Confirm:$false
        $null = Add-GiftSuppression marie@example.com

        $null = Get-GiftbitShortlink spring -Path .
        $null = Export-GiftCampaign spring -Path ./campaign.json
        ConvertTo-Json @(@{ event = 'open'; time = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds(); MessageID = 1; CustomID = 'targo-2026-q2-loyalty:1'; email = 'essais+1@targo.ca' }) |
            Set-Content ./events/1.json
        New-ExampleCertificate
        $null = Backup-GiftCampaign -CampaignId targo-2025-q4 -Path ./archives-made -Certificate (Get-PfxCertificate ./archives.cer)
        Get-ChildItem ./archives-made | Select-Object -First 1 | Copy-Item -Destination ./archives/production-targo-2024-q2-loyalty.cms
    }
    finally { Pop-Location }
}

# A certificate with its key (archives.pfx, without a password) and without (archives.cer).
function New-ExampleCertificate {
    $rsa = [Security.Cryptography.RSA]::Create(2048)
    $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=archives', $rsa, 'SHA256', [Security.Cryptography.RSASignaturePadding]::Pkcs1)
    $certificate = $request.CreateSelfSigned([DateTimeOffset]::UtcNow.AddDays(-1), [DateTimeOffset]::UtcNow.AddYears(1))
    [IO.File]::WriteAllBytes((Join-Path $PWD archives.pfx), $certificate.Export('Pfx'))
    [IO.File]::WriteAllBytes((Join-Path $PWD archives.cer), $certificate.Export('Cert'))
    $certificate.Dispose()
}

# Before every one of a hundred examples: ten times as quick as Copy-Item and Remove-Item.

<# .SYNOPSIS Copies what is in a folder into another. #>
function Copy-Tree {
    param([Parameter(Mandatory)] [string] $From, [Parameter(Mandatory)] [string] $To)
    $null = [IO.Directory]::CreateDirectory($To)
    foreach ($entry in [IO.DirectoryInfo]::new($From).EnumerateFileSystemInfos()) {
        $target = Join-Path $To $entry.Name
        if ($entry -is [IO.DirectoryInfo]) { Copy-Tree $entry.FullName $target } else { $null = $entry.CopyTo($target, $true) }
    }
}

<# .SYNOPSIS Empties a folder but for one entry. #>
function Remove-Tree {
    param([Parameter(Mandatory)] [string] $Folder, [string] $Keep)
    foreach ($entry in [IO.DirectoryInfo]::new($Folder).GetFileSystemInfos()) {
        if ($entry.Name -eq $Keep) { continue }
        if ($entry -is [IO.DirectoryInfo]) { $entry.Delete($true) } else { $entry.Delete() }
    }
}

Export-ModuleMember -Function New-ExampleWorld, Copy-Tree, Remove-Tree

Describe 'Nothing shows what must stay hidden' {
    BeforeAll {
        Import-Module "$PSScriptRoot/Support.psm1"
        Import-Module (Get-TestModule)
        $null = Use-Simulator (Join-Path $TestDrive 'home')
    }

    BeforeEach { Reset-Simulator }

    It 'no stream, object, error or progress of a whole campaign holds a token, a key or a gift link' {
        $null = Invoke-Control Post switches @{ 'mailjet.refused-recipients' = 'essais+2@targo.ca' }
        $terms = New-OrderTerms
        $contacts = New-ContactFile $TestDrive -ExtraRow 'C9,Bad,Row,nope,fr,'
        $powershell = [powershell]::Create()
        try {
            $null = $powershell.AddScript({
                    param($manifest, $contacts, $terms, $report)
                    $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
                    Import-Module $manifest
                    Test-GiftbitToken -Detailed | ConvertTo-Json -Depth 5
                    $gifts = Import-GiftContact $contacts | New-GiftbitCampaign @terms -SkipInvalid | Get-GiftbitShortlink -Wait | Send-GiftEmail | Update-GiftStatus -Force
                    $gifts | ConvertTo-Json -Depth 6
                    $gifts | Format-List * -Force | Out-String
                    $gifts | Format-Custom -Depth 4 | Out-String
                    [Management.Automation.PSSerializer]::Serialize($gifts, 6)
                    Get-GiftbitGift -CampaignId $terms.Id | ConvertTo-Json -Depth 6
                    Get-GiftCampaign | ConvertTo-Json -Depth 6
                    Export-GiftReport $terms.Id $report -PassThru
                    Get-GiftbitBrand no-such-brand
                    $error | ForEach-Object { $_ | Format-List * -Force | Out-String; $_.Exception.ToString() }
                }).AddArgument((Get-ModuleManifest)).AddArgument($contacts).AddArgument($terms).AddArgument((Join-Path $TestDrive 'report.csv'))
            $shown = [Text.StringBuilder]::new()
            foreach ($item in $powershell.Invoke()) { $null = $shown.AppendLine(($item | Out-String -Width 1000)) }
            foreach ($stream in 'Error', 'Warning', 'Verbose', 'Debug', 'Information', 'Progress') {
                foreach ($item in $powershell.Streams.$stream) { $null = $shown.AppendLine("$item $($item | Format-List * -Force | Out-String -Width 1000)") }
            }
            $shown = $shown.ToString()
        }
        finally {
            $powershell.Dispose()
        }
        $shown | Should -Match $terms.Id
        $shown | Should -Match 'MailRefused'
        foreach ($secret in 'GIFTBIT_TOKEN', 'MJ_APIKEY_PRIVATE', 'GIFT_SMTP_PASSWORD') {
            $shown | Should -Not -Match ([regex]::Escape((Get-Item "env:$secret").Value)) -Because "$secret must not be shown"
        }
        $links = (Import-Csv (Join-Path $TestDrive 'report.csv')).gift_url
        $links | Should -HaveCount 5
        foreach ($link in $links) { $shown | Should -Not -Match ([regex]::Escape(([uri] $link).AbsolutePath.Trim('/'))) }
    }

    It 'columns beyond the known ones never leave the machine' {
        $terms = New-OrderTerms
        $null = Import-GiftContact (New-ContactFile $TestDrive) | New-GiftbitCampaign @terms
        $body = (Invoke-Control Get 'requests?of=giftbit.campaign.create&limit=100').requests | ConvertTo-Json -Depth 10
        $body | Should -Match 'essais\+1@targo.ca'
        $body | Should -Not -Match '450-555-0100'
        $body | Should -Not -Match 'client1@example.com'
    }

    It 'runs under strict mode and -NonInteractive with an exit code of 0' {
        $terms = New-OrderTerms
        $seen = Invoke-FreshPwsh @"
Set-StrictMode -Version Latest
`$ErrorActionPreference = 'Stop'
Import-Module '$(Get-ModuleManifest)'
Import-GiftContact '$(New-ContactFile $TestDrive)' | New-GiftbitCampaign -Id $($terms.Id) -Price 60 -Expiry (Get-Date).AddMonths(3) -BrandCode timhortonsca -Subject x -Message y |
    Get-GiftbitShortlink -Wait | Send-GiftEmail | Update-GiftStatus | ForEach-Object MailState
"@
        $seen.ExitCode | Should -Be 0 -Because $seen.Text
        @($seen.Text -split "`n" | Where-Object { $_ -eq 'Sent' }).Count | Should -Be 5
    }

    It 'works in jobs and in parallel' {
        $manifest = Get-ModuleManifest
        $contacts = New-ContactFile $TestDrive
        $orders = 1..3 | ForEach-Object { New-OrderTerms }
        $ids = 1..3 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            $terms = ($using:orders)[$_ - 1]
            Import-GiftContact $using:contacts | New-GiftbitCampaign @terms | Get-GiftbitShortlink -Wait | Send-GiftEmail | ForEach-Object CampaignId
        }
        $ids | Group-Object -NoElement | ForEach-Object Count | Should -Be 5, 5, 5
    }
}

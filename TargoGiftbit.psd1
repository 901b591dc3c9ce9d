@{
    RootModule           = 'lib/TargoGiftbit.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '8470f6b2-efa3-492f-adb8-470f246bad79'
    Author               = 'TARGO Communications'
    CompanyName          = 'TARGO Communications'
    Copyright            = '(c) TARGO Communications. MIT licence.'
    Description          = 'Send gift cards to customers: order Giftbit gifts, e-mail each customer in French or English, and follow every gift until it is redeemed, refunded or expired.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    FormatsToProcess     = @('lib/TargoGiftbit.Format.ps1xml')
    CmdletsToExport      = @(
        'Add-GiftSuppression'
        'Backup-GiftCampaign'
        'Export-GiftCampaign'
        'Export-GiftReport'
        'Get-ErpNextCustomer'
        'Get-Gift'
        'Get-GiftCampaign'
        'Get-GiftConfiguration'
        'Get-GiftHistory'
        'Get-GiftSuppression'
        'Get-GiftbitBrand'
        'Get-GiftbitCampaign'
        'Get-GiftbitFund'
        'Get-GiftbitGift'
        'Get-GiftbitRegion'
        'Get-GiftbitShortlink'
        'Get-IfeelgoodsClient'
        'Get-IfeelgoodsRedemption'
        'Get-IfeelgoodsReward'
        'Import-GiftCampaign'
        'Import-GiftContact'
        'Import-MailjetEvent'
        'Join-GiftContact'
        'Measure-GiftCampaign'
        'New-GiftbitCampaign'
        'New-IfeelgoodsOrder'
        'Receive-MailjetEvent'
        'Remove-GiftSuppression'
        'Resolve-GiftDelivery'
        'Restore-GiftCampaign'
        'Revoke-GiftbitGift'
        'Send-GiftEmail'
        'Set-GiftContact'
        'Show-GiftEmail'
        'Show-GiftReport'
        'Stop-IfeelgoodsRedemption'
        'Sync-GiftCampaign'
        'Test-ErpNextKey'
        'Test-GiftTemplate'
        'Test-GiftbitContract'
        'Test-GiftbitToken'
        'Test-IfeelgoodsKey'
        'Update-ErpNextCustomer'
        'Update-GiftEngagement'
        'Update-GiftStatus'
    )
    FunctionsToExport    = @()
    AliasesToExport      = @()
    VariablesToExport    = @()
    DscResourcesToExport = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @('Giftbit', 'gift-card', 'Mailjet', 'e-mail', 'campaign', 'PSEdition_Core', 'Linux', 'MacOS', 'Windows')
            LicenseUri   = 'https://opensource.org/license/mit'
            ProjectUri   = 'https://www.targo.ca'
            ReleaseNotes = 'See CHANGELOG.md in the module folder.'
        }
    }
}

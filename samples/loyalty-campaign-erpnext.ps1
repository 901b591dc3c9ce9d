#Requires -Version 7.6
<#
.SYNOPSIS
    A whole loyalty campaign whose customers come from ERPNext, and whose clicks go back there.
.DESCRIPTION
    Runs in the sandbox unless -Production is given. Run it again whenever you like: what is ordered stays ordered, what is sent stays
    sent, and the clicks that came in meanwhile (Receive-MailjetEvent, Import-MailjetEvent or Update-GiftEngagement bring them) are
    written to the customers.

    ERPNext needs a user whose role reads Customer and Contact, and two fields on Customer that the role may write: "Gift Link Clicked"
    (Check) and "Gift Link Clicked At" (Datetime). ERPNEXT_URL and ERPNEXT_TOKEN (key:secret) say where the site is.
.EXAMPLE
    ./samples/loyalty-campaign-erpnext.ps1 -Territory Montérégie -CampaignId targo-2026-q2-monteregie
#>
[CmdletBinding()]
param(
    # Territories of ERPNext, named exactly; all customers when left out.
    [string[]] $Territory,
    # Id of the campaign; also the idempotency key of the order.
    [string] $CampaignId = 'targo-2026-q2-erpnext',
    # Face value of each gift, in cents.
    [int] $PriceInCents = 6000,
    # Last day on which a gift can be redeemed.
    [datetime] $Expiry = (Get-Date).AddMonths(6),
    # Where the report goes.
    [string] $ReportPath = './report.csv',
    # Real money and real customers.
    [switch] $Production
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module (Join-Path $PSScriptRoot '../TargoGiftbit.psd1')

$key = Test-ErpNextKey -Detailed
if (-not $key.IsValid) { throw 'ERPNext does not accept the key: check ERPNEXT_URL and ERPNEXT_TOKEN.' }
if (-not $key.ClickedField) { Write-Warning 'Customer has no field gift_link_clicked yet: clicks cannot be written back.' }

$customers = @{}
if ($Territory) { $customers.Territory = $Territory }

$order = @{
    Id            = $CampaignId
    PriceInCents  = $PriceInCents
    Expiry        = $Expiry
    BrandCode     = 'timhortonsca', 'walmartca', 'homedepotca', 'igacaca', 'homehardwareca'
    Subject       = 'Cadeau TARGO — merci'
    Message       = "Merci d'être client TARGO. Voici une carte-cadeau pour te remercier."
    SkipInvalid   = $true
    Production    = $Production
    # Each customer who cannot be written to is one error with the reason; the others go on.
    ErrorAction   = 'SilentlyContinue'
    ErrorVariable = 'leftOut'
}

$sent = Get-ErpNextCustomer @customers |
    New-GiftbitCampaign @order |
    Get-GiftbitShortlink -Wait |
    Send-GiftEmail -Production:$Production

$leftOut | ForEach-Object { Write-Warning "Left out: $($_.Exception.Message)" }

$gifts = $sent | Update-GiftStatus
if ($key.ClickedField) { $gifts = $gifts | Update-ErpNextCustomer -Production:$Production }

[pscustomobject]@{
    CampaignId = $CampaignId
    Gifts      = @($gifts).Count
    Sent       = @($gifts | Where-Object MailState -EQ Sent).Count
    Clicked    = @($gifts | Where-Object ClickedAt).Count
    LeftOut    = @($leftOut).Count
}

Export-GiftReport -CampaignId $CampaignId -Path $ReportPath -Production:$Production

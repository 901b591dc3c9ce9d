#Requires -Version 7.6
<#
.SYNOPSIS
    A whole loyalty campaign: contacts, gifts, links, e-mails, statuses, report.
.DESCRIPTION
    Runs in the sandbox unless -Production is given. Running it again is safe: what is ordered stays ordered, what is sent stays sent.
.EXAMPLE
    ./samples/loyalty-campaign.ps1 -ContactPath ./samples/clients.csv -CampaignId targo-2026-q2-loyalty
#>
[CmdletBinding()]
param(
    # The customers, as the office exports them.
    [string] $ContactPath = (Join-Path $PSScriptRoot 'clients.csv'),
    # Id of the campaign; also the idempotency key of the order.
    [string] $CampaignId = 'targo-2026-q2-loyalty',
    # Face value of each gift, in cents.
    [int] $PriceInCents = 6000,
    # Last day on which a gift can be redeemed.
    [datetime] $Expiry = (Get-Date).AddMonths(6),
    # Where the report goes.
    [string] $ReportPath = './report.csv',
    # Where the page about the campaign goes; none when left out.
    [string] $PagePath,
    # How often to ask for the statuses before the report is written.
    [int] $Poll = 1,
    # Seconds between two polls.
    [double] $PollSeconds = 0,
    # Port on which to take Mailjet's events until each poll (see docs/engagement.md); none when left out.
    [int] $EventPort,
    # Real money and real customers.
    [switch] $Production
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module (Join-Path $PSScriptRoot '../TargoGiftbit.psd1')

$order = @{
    Id           = $CampaignId
    PriceInCents = $PriceInCents
    Expiry       = $Expiry
    BrandCode    = 'timhortonsca', 'walmartca', 'homedepotca', 'igacaca', 'homehardwareca'
    Subject      = 'Cadeau TARGO — merci'
    Message      = "Merci d'être client TARGO. Voici une carte-cadeau pour te remercier."
    SkipInvalid  = $true
    Production   = $Production
    # Each bad row is one error with its line and reason; the others go on.
    ErrorAction   = 'SilentlyContinue'
    ErrorVariable = 'leftOut'
}

Import-GiftContact -Path $ContactPath |
    New-GiftbitCampaign @order |
    Get-GiftbitShortlink -Wait |
    Send-GiftEmail -Production:$Production |
    Group-Object MailState -NoElement |
    ForEach-Object { [pscustomobject]@{ Mail = $_.Name; Count = $_.Count } } |
    Out-Host

$leftOut | ForEach-Object { Write-Warning "Left out: $($_.Exception.Message)" }

for ($i = 0; $i -lt $Poll; $i++) {
    if ($EventPort) { Receive-MailjetEvent -Port $EventPort -Duration ([timespan]::FromSeconds($PollSeconds)) | Out-Null }
    else { Start-Sleep -Seconds $PollSeconds }
    Get-Gift -CampaignId $CampaignId -Production:$Production | Update-GiftStatus -Force | Out-Null
}

Export-GiftReport -CampaignId $CampaignId -Path $ReportPath -Production:$Production
if ($PagePath) { Export-GiftReport -CampaignId $CampaignId -Path $PagePath -Html -Production:$Production }
Measure-GiftCampaign -CampaignId $CampaignId -Production:$Production | Out-Host

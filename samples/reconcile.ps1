#!/usr/bin/env pwsh
#Requires -Version 7.6
<#
.SYNOPSIS
    The scheduled run: asks how the gifts of every campaign that is due stand, and ends with an exit code that a scheduler understands.
.DESCRIPTION
    Runs Update-GiftStatus without parameters, which does both environments, one instance at a time. Quiet when nothing was due;
    otherwise one line of JSON goes to standard output. Problems go to standard error. With -Engagement it also asks Mailjet what
    became of the mails, for sites that Mailjet's events cannot reach.

    Exit codes:

        0  everything that was due was polled, or nothing was due
        1  the run could not start: no ledger in the data folder, settings missing or refused, module not found; or, with
           -Engagement, Mailjet's key is missing or refused
        2  some campaigns, or with -Engagement their mails, could not be asked about; the next run asks again
        3  all were asked, and something wants a person: ordered gifts that the provider does not list, statuses this
           version does not know, or campaigns past their term (told once a day; Backup-GiftCampaign)
        4  another run is at work on the same ledger; nothing was done

    A lower number wins when several apply, apart from 4, which always comes alone.
.PARAMETER DataPath
    Data folder with the ledger and the .env file, in place of GIFT_HOME or the user's own.
.PARAMETER Engagement
    Ask Mailjet too (Update-GiftEngagement): delivered, clicked, bounced, blocked, marked as spam.
.EXAMPLE
    ./samples/reconcile.ps1
.EXAMPLE
    ./samples/reconcile.ps1 -Engagement
.EXAMPLE
    ./samples/reconcile.ps1 -DataPath /var/lib/targogiftbit; $LASTEXITCODE
#>
[CmdletBinding()]
param(
    [string] $DataPath,
    [switch] $Engagement
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

try {
    # Beside the samples in a checkout and in the package; else wherever modules are installed.
    $manifest = Join-Path $PSScriptRoot '../TargoGiftbit.psd1'
    Import-Module $(if (Test-Path -LiteralPath $manifest) { $manifest } else { 'TargoGiftbit' })
    $where = if ($DataPath) { @{ DataPath = $DataPath } } else { @{} }
    $summary = Update-GiftStatus @where -ErrorAction SilentlyContinue -ErrorVariable problems -WarningAction SilentlyContinue -WarningVariable warnings
}
catch {
    [Console]::Error.WriteLine("$_")
    exit 1
}

$mails = $unasked = @()
$refused = $null
if ($Engagement -and -not $summary.AlreadyRunning) {
    try {
        $mails = @(Update-GiftEngagement @where -ErrorAction SilentlyContinue -ErrorVariable unasked -WarningAction SilentlyContinue -WarningVariable +warnings)
    }
    catch { $refused = $_ }
    # What ends a cmdlet is in its error variable too, as an exception.
    $unasked = @($unasked | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
}

$warnings | ForEach-Object { [Console]::Error.WriteLine("warning: $_") }
@($problems) + @($unasked) + @($refused) | Where-Object { $_ } | ForEach-Object { [Console]::Error.WriteLine("error: $($_.FullyQualifiedErrorId): $_") }
if ($summary.AlreadyRunning) { exit 4 }

$news = 0
foreach ($mailing in $mails) { $news += $mailing.NewEvents }
if ($summary.Polled -or $summary.Failures.Count -or $summary.PastTerm.Count -or $news -or $unasked.Count) {
    $line = [ordered]@{
        polled          = $summary.Polled
        changed         = $summary.Changed
        missing         = $summary.Missing
        unknownStatuses = @($summary.UnknownStatuses)
        failed          = @($summary.Failures | ForEach-Object { $_.Campaign.CampaignId })
        pastTerm        = @($summary.PastTerm | ForEach-Object CampaignId)
        seconds         = [math]::Round($summary.Elapsed.TotalSeconds, 1)
        nextDue         = if ($summary.NextDue) { $summary.NextDue.ToString('yyyy-MM-ddTHH:mm:ssZ', [cultureinfo]::InvariantCulture) }
    }
    if ($Engagement) { $line.engagement = [ordered]@{ asked = $mails.Count; newEvents = $news; failed = @($unasked | ForEach-Object { "$($_.TargetObject)" }) } }
    $line | ConvertTo-Json -Compress
}
if ($refused) { exit 1 }
if ($summary.Failures.Count -or $unasked.Count) { exit 2 }
if ($summary.Missing -or $summary.UnknownStatuses.Count -or $summary.PastTerm.Count) { exit 3 }
exit 0

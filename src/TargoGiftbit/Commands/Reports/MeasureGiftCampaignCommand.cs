using System.Management.Automation;
using TargoGiftbit.Core.Reports;

namespace TargoGiftbit.Commands.Reports;

/// <summary>Counts how far the gifts of a campaign have come, and what became of its money.</summary>
/// <remarks>
/// The figures come from the ledger, as of now: ordered, sent, delivered, clicked, redeemed, refunded, expired; money; the same by language and
/// by creative (template with subject); brands; days; delivery problems with the rows they concern. Nobody is asked: <c>Update-GiftStatus</c> and
/// <c>Update-GiftEngagement</c> bring the ledger up to date first.
/// </remarks>
/// <example>
/// <code>Get-GiftCampaign targo-2026-* | Measure-GiftCampaign</code>
/// <para>Shows this year's campaigns side by side.</para>
/// </example>
/// <example>
/// <code>(Measure-GiftCampaign targo-2026-q2-loyalty).ByCreative</code>
/// <para>Compares the e-mails that a campaign was sent with.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Measure, "GiftCampaign")]
[OutputType(typeof(CampaignFigures))]
public sealed class MeasureGiftCampaignCommand : CampaignCommand
{
    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async (pipeline, cancellationToken) =>
    {
        foreach (var (environment, id) in Named())
        {
            cancellationToken.ThrowIfCancellationRequested();
            await TryAsync(pipeline, id, async () => await pipeline.WriteAsync(CampaignMeasure.Take(Ledger, environment, id, Clock)).ConfigureAwait(false)).ConfigureAwait(false);
        }
    });
}

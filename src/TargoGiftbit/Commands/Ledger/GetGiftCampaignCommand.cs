using System.Management.Automation;
using System.Runtime.CompilerServices;
using TargoGiftbit.Binding;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Errors;

namespace TargoGiftbit.Commands.Ledger;

/// <summary>Gets the campaigns of the ledger and where each stands.</summary>
/// <remarks>
/// The ledger is read, not the provider: <c>Update-GiftStatus</c> brings it up to date. Without parameters all campaigns are listed, newest
/// first, of the sandbox and of production.
/// </remarks>
/// <example>
/// <code>Get-GiftCampaign</code>
/// <para>Lists all campaigns with the numbers of gifts, links, mails sent and gifts redeemed.</para>
/// </example>
/// <example>
/// <code>Get-GiftCampaign targo-2026-* | Where-Object { $_.RedeemedCount -lt $_.GiftCount }</code>
/// <para>Lists this year's campaigns that still have gifts to be redeemed.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "GiftCampaign")]
[OutputType(typeof(GiftCampaign))]
public sealed class GetGiftCampaignCommand : GiftCommand
{
    private readonly StrongBox<GiftEnvironment?> environment = new();

    /// <summary>Ids of the campaigns; wildcards are allowed.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [CampaignTransformation]
    [ArgumentCompleter(typeof(CampaignCompleter))]
    [SupportsWildcards]
    public string[] CampaignId { get; set; } = ["*"];

    /// <summary>Only campaigns of this environment.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public GiftEnvironment? Environment { get => environment.Value; set => environment.Value = value; }

    /// <summary>Only production campaigns.</summary>
    [Parameter]
    public SwitchParameter Production { get; set; }

    /// <summary>Only campaigns entered in the ledger at this time or later.</summary>
    [Parameter]
    public DateTimeOffset? Since { get; set; }

    /// <summary>Only campaigns entered in the ledger at this time or earlier.</summary>
    [Parameter]
    public DateTimeOffset? Until { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async (pipeline, cancellationToken) =>
    {
        GiftEnvironment? environment = Environment ?? (Production ? GiftEnvironment.Production : null);
        var all = Ledger.Campaigns.List(environment);
        foreach (var id in CampaignId)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var pattern = WildcardPattern.Get(id, WildcardOptions.None);
            var found = all.Where(c => pattern.IsMatch(c.CampaignId)).ToList();
            if (found.Count == 0 && !WildcardPattern.ContainsWildcardCharacters(id))
                await pipeline.ErrorAsync(ErrorFactory.Create("CampaignUnknown", CommandText.CampaignUnknown(id), id)).ConfigureAwait(false);
            await pipeline.WriteAllAsync(found.FindAll(c => !(c.CreatedAt < Since) && !(c.CreatedAt > Until))).ConfigureAwait(false);
        }
    });
}

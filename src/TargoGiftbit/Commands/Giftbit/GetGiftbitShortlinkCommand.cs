using System.Management.Automation;
using System.Security;
using TargoGiftbit.Binding;
using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Errors;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Giftbit;

using Campaign = IGrouping<(GiftEnvironment Environment, string CampaignId), GiftId>;

/// <summary>Gets the links of ordered gifts and ties each to its gift.</summary>
/// <remarks>
/// <para>A link is tied by the recipient's address (in the sandbox by the row in it), or by its order where an order holds one gift; never
/// by position. Links that cannot be tied are an error that says what to do, and none of the campaign's gifts is passed on.</para>
/// <para>Gifts of another provider (New-IfeelgoodsOrder) pass through the same way: their links or codes are collected if they are not known yet.</para>
/// <para>Links are worth money and are shown masked. <c>-Path</c> writes them to a file that only the current user can read.</para>
/// </remarks>
/// <example>
/// <code>Get-GiftbitShortlink targo-2026-q2-loyalty -Wait | Send-GiftEmail</code>
/// <para>Waits until every gift of the campaign has its link, then sends the mails.</para>
/// </example>
/// <example>
/// <code>Get-GiftbitShortlink targo-2026-q2-loyalty -Path .</code>
/// <para>Writes ./giftbit-gifts-targo-2026-q2-loyalty.csv.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "GiftbitShortlink", DefaultParameterSetName = GiftSet)]
[OutputType(typeof(Gift))]
public sealed class GetGiftbitShortlinkCommand : GiftPipelineCommand
{
    /// <summary>Ask again until all links exist: after 1, 2, 4 seconds and so on, then once a minute.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long <c>-Wait</c> goes on, in seconds; half an hour unless said otherwise.</summary>
    [Parameter]
    [ValidateRange(1, 604_800)]
    public int Timeout { get; set; } = 1800;

    /// <summary>File to write the gifts with their links to, or a folder, which then gets one file per campaign.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Giftbit's API token as a SecureString, or a credential that has it as password; otherwise the settings have it.</summary>
    [Parameter]
    [SecretTransformation]
    public SecureString? Token { get; set; }

    /// <inheritdoc/>
    private protected override bool InStep => true;

    /// <inheritdoc/>
    private protected override SettingParameters Given(SettingParameters parameters) =>
        base.Given(parameters).With(SettingName.GiftbitToken, SecretTransformationAttribute.Reveal(Token));

    private protected override async Task WorkAsync(IAsyncEnumerable<object> records, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var target = Path is null ? null : FilePath(Path);
        var selection = await SelectAsync(records, pipeline).ConfigureAwait(false);
        if (target is not null && !Directory.Exists(target) && selection.ByCampaign().Skip(1).Any())
            throw new CommandException("PathNotFolder", CommandText.PathNotFolder(target));
        foreach (var gift in selection.Rehearsals) await pipeline.WriteAsync(gift).ConfigureAwait(false);
        foreach (var source in selection.ByCampaign().GroupBy(c => (c.Key.Environment, Ledger.Campaigns.Get(c.Key.Environment, c.Key.CampaignId).Provider)))
        {
            using var provider = ProviderConnection.Open(Settings, source.Key.Environment, source.Key.Provider, pipeline);
            await provider.CheckAsync(cancellationToken).ConfigureAwait(false);
            foreach (var campaign in source)
                await TryAsync(pipeline, campaign.Key.CampaignId, () => CollectAsync(provider, selection, campaign, target, pipeline, cancellationToken)).ConfigureAwait(false);
        }
    }

    private async Task CollectAsync(IGiftProvider provider, GiftSelection selection, Campaign campaign, string? target, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var (environment, id) = campaign.Key;
        try
        {
            await new LinkCollection(provider, Ledger, Clock).CollectAsync(
                environment, id, Wait ? TimeSpan.FromSeconds(Timeout) : TimeSpan.Zero, p => Show(id, p, pipeline), cancellationToken).ConfigureAwait(false);
        }
        catch (OrderException e) when (e.Code == "LinksNotReady")
        {
            // The links that exist are good; only this one error leaves some to pass on.
            await pipeline.ErrorAsync(ErrorFactory.Create(e, id)).ConfigureAwait(false);
        }
        var gifts = selection.Read(campaign).ToList();
        var ready = gifts.Where(g => g.IsReady).ToList();
        var missing = gifts.Count(g => g is { IsReady: false, Status: GiftStatus.New or GiftStatus.Redeemed });
        if (missing > 0 && !Wait) await pipeline.WarningAsync(CommandText.LinksMissing(missing, gifts.Count, id)).ConfigureAwait(false);
        if (target is not null && ready.Exists(g => g.Link is not null))
        {
            var file = Directory.Exists(target) ? System.IO.Path.Combine(target, GiftLinkFile.NameFor(id)) : target;
            await GiftLinkFile.WriteAsync(file, ready.Where(g => g.Link is not null).ToAsyncEnumerable(), cancellationToken).ConfigureAwait(false);
            await pipeline.VerboseAsync(CommandText.FileWritten(ready.Count, file)).ConfigureAwait(false);
        }
        foreach (var gift in ready) await pipeline.WriteAsync(gift).ConfigureAwait(false);
    }

    private static void Show(string campaign, LinkProgress progress, PipelineWriter pipeline)
    {
        var done = progress.Total - progress.Missing;
        pipeline.Progress(new ProgressRecord(0, CommandText.LinksCaption(campaign), CommandText.LinksStatus(done, progress.Total))
        {
            PercentComplete = progress.Total == 0 ? 100 : 100 * done / progress.Total,
            SecondsRemaining = -1,
            CurrentOperation = progress.NextRoundIn is { } pause ? CommandText.NextRound((int)Math.Ceiling(pause.TotalSeconds)) : null,
        });
    }
}

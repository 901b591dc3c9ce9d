using System.Management.Automation;
using System.Security;
using TargoGiftbit.Binding;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Core.Reconciliation;
using TargoGiftbit.Core.Retention;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Errors;
using TargoGiftbit.Formatting;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Status;

/// <summary>Asks how gifts stand and writes it to the ledger.</summary>
/// <remarks>
/// <para>Each campaign has its schedule: one hour, one day, seven days and thirty days after sending completes, then once more a day
/// after the gifts expire. Without parameters and without pipeline, everything that is due is polled, in both environments: this is what
/// a scheduled task runs, and it returns a summary.</para>
/// <para>Gifts that come by pipeline are passed on, refreshed if their campaign was due. <c>-Force</c> polls now.</para>
/// </remarks>
/// <example>
/// <code>Update-GiftStatus</code>
/// <para>Polls what is due.</para>
/// </example>
/// <example>
/// <code>Update-GiftStatus targo-2026-q2-loyalty -Force | Group-Object Status -NoElement</code>
/// <para>Polls one campaign now and counts its gifts by status.</para>
/// </example>
[Cmdlet(VerbsData.Update, "GiftStatus", DefaultParameterSetName = DueSet)]
[OutputType(typeof(Gift), ParameterSetName = [GiftSet, CampaignSet])]
[OutputType(typeof(ReconciliationSummary), ParameterSetName = [DueSet])]
public sealed class UpdateGiftStatusCommand : GiftPipelineCommand
{
    private const string DueSet = "Due";

    /// <summary>Poll now, whatever the schedule says.</summary>
    [Parameter(ParameterSetName = GiftSet)]
    [Parameter(ParameterSetName = CampaignSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>Giftbit's API token as a SecureString, or a credential that has it as password; otherwise the settings have it.</summary>
    [Parameter]
    [SecretTransformation]
    public SecureString? Token { get; set; }

    /// <inheritdoc/>
    private protected override SettingParameters Given(SettingParameters parameters) =>
        base.Given(parameters).With(SettingName.GiftbitToken, SecretTransformationAttribute.Reveal(Token));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != DueSet) base.ProcessRecord();
    }

    private protected override async Task WorkAsync(IAsyncEnumerable<object> records, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        // An empty pipeline looks like no arguments; it means that there is nothing to do.
        if (ParameterSetName == DueSet && MyInvocation.ExpectingInput) return;
        if (ParameterSetName == DueSet) await PollDueAsync(pipeline, cancellationToken).ConfigureAwait(false);
        else await PollGivenAsync(await SelectAsync(records, pipeline).ConfigureAwait(false), pipeline, cancellationToken).ConfigureAwait(false);
    }

    private async Task PollDueAsync(PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var providers = new List<IGiftProvider>();
        var results = new List<PollResult>();
        try
        {
            var run = new ReconciliationRun(Ledger, campaign =>
            {
                var provider = ProviderConnection.Open(Settings, campaign.Environment, campaign.Provider, pipeline);
                providers.Add(provider);
                return provider;
            }, Clock);
            var summary = await run.RunAsync(results.Add, cancellationToken).ConfigureAwait(false);
            foreach (var result in results) await WarnAsync(result, pipeline).ConfigureAwait(false);
            foreach (var failure in summary.Failures)
                await pipeline.ErrorAsync(ErrorFactory.Create(failure.Error, failure.Campaign.CampaignId)).ConfigureAwait(false);
            if (summary.AlreadyRunning) await pipeline.WarningAsync(CommandText.PollRunning).ConfigureAwait(false);
            else if (summary is { Polled: 0, Failures.Count: 0 }) await pipeline.VerboseAsync(CommandText.NothingDue(GiftView.Instant(summary.NextDue))).ConfigureAwait(false);
            if (summary.PastTerm.Count > 0) await pipeline.WarningAsync(LifeText.PastTerm(string.Join(", ", summary.PastTerm), CampaignBackup.DefaultMonths)).ConfigureAwait(false);
            await pipeline.WriteAsync(summary).ConfigureAwait(false);
        }
        finally
        {
            foreach (var provider in providers) provider.Dispose();
        }
    }

    private async Task PollGivenAsync(GiftSelection selection, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        foreach (var gift in selection.Rehearsals) await pipeline.WriteAsync(gift).ConfigureAwait(false);
        foreach (var source in selection.ByCampaign().GroupBy(c => (c.Key.Environment, Ledger.Campaigns.Get(c.Key.Environment, c.Key.CampaignId).Provider)))
        {
            IGiftProvider? provider = null;
            try
            {
                foreach (var campaign in source)
                {
                    await TryAsync(pipeline, campaign.Key.CampaignId, async () =>
                    {
                        if (await IsDueAsync(campaign.Key.Environment, campaign.Key.CampaignId, pipeline).ConfigureAwait(false))
                        {
                            provider ??= await OpenAsync(source.Key.Environment, source.Key.Provider, pipeline, cancellationToken).ConfigureAwait(false);
                            var result = await new StatusReconciler(provider, Ledger, Clock).PollAsync(campaign.Key.Environment, campaign.Key.CampaignId, cancellationToken).ConfigureAwait(false);
                            await WarnAsync(result, pipeline).ConfigureAwait(false);
                        }
                    }).ConfigureAwait(false);
                    await pipeline.WriteAllAsync(selection.Read(campaign).ToList()).ConfigureAwait(false);
                }
            }
            finally
            {
                provider?.Dispose();
            }
        }
    }

    private async Task<IGiftProvider> OpenAsync(GiftEnvironment environment, string name, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var provider = ProviderConnection.Open(Settings, environment, name, pipeline);
        await provider.CheckAsync(cancellationToken).ConfigureAwait(false);
        return provider;
    }

    private async Task<bool> IsDueAsync(GiftEnvironment environment, string campaignId, PipelineWriter pipeline)
    {
        var next = Ledger.Campaigns.Get(environment, campaignId).NextPollAt;
        if (Force || next <= Clock.GetUtcNow()) return true;
        await pipeline.VerboseAsync(CommandText.NotDue(campaignId, GiftView.Instant(next))).ConfigureAwait(false);
        return false;
    }

    private static async Task WarnAsync(PollResult result, PipelineWriter pipeline)
    {
        var campaign = result.Campaign.CampaignId;
        if (result.UnknownStatuses.Count > 0)
            await pipeline.WarningAsync(CommandText.StatusUnknown(string.Join(", ", result.UnknownStatuses), campaign, result.Campaign.Provider)).ConfigureAwait(false);
        if (result.Missing > 0) await pipeline.WarningAsync(CommandText.StatusMissing(result.Missing, campaign, result.Campaign.Provider)).ConfigureAwait(false);
    }
}

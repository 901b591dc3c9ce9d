using System.Management.Automation;
using TargoGiftbit.Binding;
using TargoGiftbit.Core.Engagement.Polling;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Engagement;

/// <summary>Asks Mailjet what became of the mails: delivered, clicked, bounced, blocked, marked as spam.</summary>
/// <remarks>
/// <para>For sites that Mailjet's events cannot reach. It learns the same as <c>Receive-MailjetEvent</c>, only later; using both does no harm, and
/// nothing counts twice. Mail that was left uncertain is settled when its message is found.</para>
/// <para>Without parameters and without pipeline it asks about every campaign, in both environments, that was mailed and has open gifts, or was
/// mailed within the last thirty days, and returns a line for each. Gifts that come by pipeline are passed on, refreshed.</para>
/// </remarks>
/// <example>
/// <code>Update-GiftEngagement</code>
/// <para>Asks about all campaigns that may have news.</para>
/// </example>
/// <example>
/// <code>Update-GiftEngagement targo-2026-q2-loyalty | Where-Object DeliveryProblem | Format-Table Row, Email, DeliveryProblem</code>
/// <para>Asks about one campaign and shows whose mail did not arrive, and why.</para>
/// </example>
[Cmdlet(VerbsData.Update, "GiftEngagement", DefaultParameterSetName = AllSet)]
[OutputType(typeof(EngagementPollResult), ParameterSetName = [AllSet])]
[OutputType(typeof(Gift), ParameterSetName = [GiftSet, CampaignSet])]
public sealed class UpdateGiftEngagementCommand : GiftPipelineCommand
{
    private const string AllSet = "All";

    // Bounces, complaints and clicks come within days; a campaign whose gifts are all closed needs no more of them.
    private static readonly TimeSpan Recent = TimeSpan.FromDays(30);

    /// <summary>Mailjet's key pair, the public key as user name and the private one as password; otherwise the settings have it.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    private protected override SettingParameters Given(SettingParameters parameters) => base.Given(parameters)
        .With(SettingName.MailjetPublicKey, Credential is null ? null : new Secret(Credential.UserName))
        .With(SettingName.MailjetPrivateKey, Credential is null ? null : SecretTransformationAttribute.Reveal(Credential.Password));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != AllSet) base.ProcessRecord();
    }

    private protected override async Task WorkAsync(IAsyncEnumerable<object> records, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        // An empty pipeline looks like no arguments; it means that there is nothing to do.
        if (ParameterSetName == AllSet && MyInvocation.ExpectingInput) return;
        var selection = ParameterSetName == AllSet ? null : await SelectAsync(records, pipeline).ConfigureAwait(false);
        foreach (var gift in selection?.Rehearsals ?? []) await pipeline.WriteAsync(gift).ConfigureAwait(false);
        var given = selection?.ByCampaign().ToList();
        var campaigns = given?.ConvertAll(c => c.Key) ?? [.. Ledger.Campaigns.Mailed(Clock.GetUtcNow() - Recent).Select(c => (c.Environment, c.CampaignId))];
        if (campaigns.Count == 0) return;
        var service = MailService.Open(Settings, TransportChoice.Mailjet, ServiceNotices.To(pipeline));
        await using (service.ConfigureAwait(false))
        {
            var poll = new EngagementPoll(Ledger, service.Rest!, Clock);
            for (var i = 0; i < campaigns.Count; i++)
            {
                var (environment, id) = campaigns[i];
                await TryAsync(pipeline, id, async () =>
                {
                    var result = await poll.PollAsync(environment, id, cancellationToken).ConfigureAwait(false);
                    if (given is null) await pipeline.WriteAsync(result).ConfigureAwait(false);
                    else await pipeline.VerboseAsync(EngagementCommandText.Polled(id, result.Found, result.Mailed, result.NewEvents)).ConfigureAwait(false);
                }).ConfigureAwait(false);
                if (given is not null) await pipeline.WriteAllAsync(selection!.Read(given[i]).ToList()).ConfigureAwait(false);
            }
        }
    }
}

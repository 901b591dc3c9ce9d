using System.Management.Automation;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Formatting;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Mail;

/// <summary>The operator's word on a mail.</summary>
public enum DeliveryWord
{
    /// <summary>It went out: never send it again.</summary>
    Sent,

    /// <summary>It did not go out: the next run sends it.</summary>
    NotSent,
}

/// <summary>Settles mails of which it is not known whether they went out.</summary>
/// <remarks>
/// <para>A crash or a lost connection after a hand-over leaves a mail <c>Uncertain</c>, and it is never sent again blindly. This asks Mailjet
/// for the message by CustomID and time: what is found went out; what is not found, once the service has had time to index it, did not.
/// Without parameters every uncertain mail of the sandbox is asked about, with <c>-Production</c> those of production.</para>
/// <para>A plain SMTP relay cannot be asked. Then <c>-As</c> records your word; Mailjet, where it can be asked, is asked first and wins.</para>
/// </remarks>
/// <example>
/// <code>Resolve-GiftDelivery targo-2026-q2-loyalty</code>
/// <para>Asks about the uncertain mails of one campaign.</para>
/// </example>
/// <example>
/// <code>Resolve-GiftDelivery targo-2026-q2-loyalty -Row 17 -As Sent -WhatIf</code>
/// <para>Shows what your word would change.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Resolve, "GiftDelivery", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = AllSet)]
[OutputType(typeof(GiftDelivery))]
public sealed class ResolveGiftDeliveryCommand : GiftPipelineCommand
{
    private const string AllSet = "All";

    /// <summary>Your word on what nobody else can say.</summary>
    [Parameter(ParameterSetName = GiftSet)]
    [Parameter(ParameterSetName = CampaignSet)]
    public DeliveryWord? As { get; set; }

    /// <summary>Say yes beforehand to the question that <c>-As NotSent</c> brings in production.</summary>
    [Parameter(ParameterSetName = GiftSet)]
    [Parameter(ParameterSetName = CampaignSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>Mailjet's key pair, the public key as user name and the private one as password; otherwise the settings have it.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    private protected override bool InStep => true;

    /// <inheritdoc/>
    private protected override SettingParameters Given(SettingParameters parameters) => base.Given(parameters)
        .With(SettingName.MailjetPublicKey, Credential is null ? null : new Secret(Credential.UserName))
        .With(SettingName.MailjetPrivateKey, Credential is null ? null : Binding.SecretTransformationAttribute.Reveal(Credential.Password));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != AllSet) base.ProcessRecord();
    }

    private protected override async Task WorkAsync(IAsyncEnumerable<object> records, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        // An empty pipeline looks like no arguments; it means that there is nothing to do.
        if (ParameterSetName == AllSet && MyInvocation.ExpectingInput) return;
        var mails = ParameterSetName == AllSet
            ? Ledger.Mails.Uncertain(Production ? GiftEnvironment.Production : GiftEnvironment.Sandbox)
            : Chosen(await SelectAsync(records, pipeline).ConfigureAwait(false));
        if (mails.Count == 0) return;
        if (As is null && !(await pipeline.ShouldProcessAsync(LifeText.ResolveTarget(mails.Count), LifeText.ResolveAsk).ConfigureAwait(false)).Yes) return;
        var service = OpenService(pipeline);
        try
        {
            var settler = new DeliverySettler(Ledger, service?.Find, DeliverySettler.DefaultIndexingDelay, Settings.Text(SettingName.TestInbox), Clock);
            foreach (var mail in mails)
                await TryAsync(pipeline, mail.Gift, () => ResolveAsync(settler, mail, service?.Transport.Name ?? "", pipeline, cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            if (service is not null) await service.DisposeAsync().ConfigureAwait(false);
        }
    }

    private List<UncertainMail> Chosen(GiftSelection selection) =>
    [
        .. selection.ByCampaign().SelectMany(campaign =>
        {
            var rows = campaign.Select(g => g.Row).ToHashSet();
            return Ledger.Mails.Uncertain(campaign.Key.Environment, campaign.Key.CampaignId).Where(m => rows.Contains(m.Gift.Row));
        }),
    ];

    // Only Mailjet can be asked; where it is not set up the operator's word is all there is.
    private MailService? OpenService(PipelineWriter pipeline) => Settings.Secret(SettingName.MailjetPrivateKey) is null
        ? null : MailService.Open(Settings, TransportChoice.Mailjet, ServiceNotices.To(pipeline));

    private async Task ResolveAsync(DeliverySettler settler, UncertainMail mail, string transport, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (As is { } offered && !await MayDecideAsync(mail, offered, pipeline).ConfigureAwait(false)) return;
        var found = (await settler.SettleAsync([mail], transport, cancellationToken).ConfigureAwait(false))[0];
        if (As is { } word && found.As is (SettledAs.CannotBeAsked or SettledAs.TooEarly))
        {
            if (settler.Decide(mail, word == DeliveryWord.Sent, System.Environment.UserName) is { } decided) found = decided;
            else await pipeline.WarningAsync(LifeText.ResolveElsewhere(mail.Gift)).ConfigureAwait(false);
        }
        await pipeline.WriteAsync(Describe(found)).ConfigureAwait(false);
    }

    private async Task<bool> MayDecideAsync(UncertainMail mail, DeliveryWord word, PipelineWriter pipeline)
    {
        RequireProduction(mail.Gift.Environment, mail.Gift.CampaignId);
        var (yes, _) = await pipeline.ShouldProcessAsync(mail.Gift.ToString(), LifeText.ResolveOffer(mail.Gift, word)).ConfigureAwait(false);
        return yes && (word == DeliveryWord.Sent || mail.Gift.Environment == GiftEnvironment.Sandbox || Force
            || await pipeline.ShouldContinueAsync(LifeText.ResolveQuestion(mail.Gift), LifeText.ResolveCaption).ConfigureAwait(false));
    }

    private GiftDelivery Describe(SettledMail settled)
    {
        var gift = Ledger.Gifts.Get(settled.Mail.Gift);
        return new GiftDelivery
        {
            Environment = gift.Environment,
            CampaignId = gift.CampaignId,
            Row = gift.Row,
            Name = $"{gift.FirstName} {gift.LastName}".Trim(),
            Purpose = settled.Mail.Purpose,
            Transport = settled.Mail.Transport,
            StartedAt = settled.Mail.StartedAt,
            Outcome = settled.As,
            MessageId = settled.MessageId,
            Advice = settled.As switch
            {
                SettledAs.Sent => LifeText.ResolvedSent,
                SettledAs.NotSent => LifeText.ResolvedNotSent,
                SettledAs.TooEarly => LifeText.ResolveTooEarly(GiftView.Instant(settled.Mail.StartedAt + DeliverySettler.DefaultIndexingDelay)),
                _ => LifeText.ResolveCannot(settled.Mail.Transport),
            },
        };
    }
}

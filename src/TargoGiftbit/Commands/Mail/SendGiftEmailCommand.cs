using System.Management.Automation;
using System.Runtime.CompilerServices;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Lint;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Errors;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Mail;

/// <summary>E-mails each customer the gift.</summary>
/// <remarks>
/// <para>A gift is sent once, however often the command is run: each hand-over is written down before it begins. If a connection is lost
/// after a hand-over, the gift becomes <c>Uncertain</c> and is not sent again blindly. <c>-Resend</c> sends again on purpose.</para>
/// <para>Each gift is written as soon as it is done. The figures of the run are one object: <c>-SummaryVariable</c> keeps it, and it goes to
/// the information stream, where <c>-InformationAction Continue</c> shows it. A run that was cut has none; the ledger has everything.</para>
/// <para>A production run sends five mails first, waits up to half a minute to learn what became of them, and looks for bounces from then
/// on. It stops by itself when more than a fifth of its mails are refused or bounce. Over SMTP nobody can be asked: there the events count
/// that <c>Receive-MailjetEvent</c> stores meanwhile.</para>
/// <para>In the sandbox every message goes to the test inbox. Ctrl+C, or a pipeline that has enough, lets no further batch begin; what is
/// under way is recorded.</para>
/// </remarks>
/// <example>
/// <code>Get-Gift targo-2026-q2-loyalty | Send-GiftEmail -WhatIf</code>
/// <para>Shows how many mails would go out, and where to.</para>
/// </example>
/// <example>
/// <code>Get-Gift targo-2026-q2-loyalty -MailState NotSent, Deferred | Send-GiftEmail</code>
/// <para>Goes on with a mailing that was interrupted.</para>
/// </example>
/// <example>
/// <code>Get-Gift targo-2026-q2-loyalty | Send-GiftEmail -SummaryVariable mailing | Where-Object MailState -NE Sent
/// if ($mailing.StoppedBecause -or $mailing.Uncertain) { exit 1 }</code>
/// <para>Shows the gifts that were not sent, and tells a script how the run went.</para>
/// </example>
[Cmdlet(VerbsCommunications.Send, "GiftEmail", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = GiftSet)]
[OutputType(typeof(Gift))]
public sealed class SendGiftEmailCommand : GiftPipelineCommand
{
    private readonly StrongBox<TransportChoice> transport = new();

    /// <summary>Which mail service to use; unless said otherwise Mailjet when its keys are set, else SMTP.</summary>
    [Parameter]
    public TransportChoice Transport { get => transport.Value; set => transport.Value = value; }

    /// <summary>Folder with templates of your own, in place of the settings' and of those that come with the module.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FolderCompleter))]
    [ValidateNotNullOrEmpty]
    public string? TemplatePath { get; set; }

    /// <summary>Send again what was sent or refused before.</summary>
    [Parameter]
    public SwitchParameter Resend { get; set; }

    /// <summary>Send the one reminder to customers whose gift was sent, has not been redeemed, and expires soon.</summary>
    [Parameter]
    public SwitchParameter Reminder { get; set; }

    /// <summary>For <c>-Reminder</c>: how many days before the last day a customer may be reminded.</summary>
    [Parameter]
    [ValidateRange(1, 365)]
    public int DaysBeforeExpiry { get; set; } = 14;

    /// <summary>Say yes to the production question beforehand.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Most messages per second.</summary>
    [Parameter]
    [ValidateRange(0.01, 10_000)]
    public double? RateLimit { get; set; }

    /// <summary>How many batches may be at the mail service at once. With 1, the results of each are taken before the next begins.</summary>
    [Parameter]
    [Alias("Parallelism")]
    [ValidateRange(1, 32)]
    public int ThrottleLimit { get; set; } = 4;

    /// <summary>Mailjet's key pair, the public key as user name and the private one as password; otherwise the settings have it.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The address that gets everything in the sandbox; otherwise the settings have it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TestInbox { get; set; }

    /// <summary>Name of a variable, without the dollar sign, that gets the figures of the run: sent, refused, uncertain, duration, and why it stopped, if it did.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? SummaryVariable { get; set; }

    private MailPurpose Purpose => Reminder ? MailPurpose.Reminder : MailPurpose.Gift;

    /// <inheritdoc/>
    private protected override bool InStep => true;

    /// <inheritdoc/>
    private protected override SettingParameters Given(SettingParameters parameters) => base.Given(parameters)
        .With(SettingName.TestInbox, TestInbox)
        .With(SettingName.Templates, TemplatePath is null ? null : FilePath(TemplatePath))
        .With(SettingName.MailjetPublicKey, Credential is null ? null : new Secret(Credential.UserName))
        .With(SettingName.MailjetPrivateKey, Credential is null ? null : Binding.SecretTransformationAttribute.Reveal(Credential.Password));

    private protected override async Task WorkAsync(IAsyncEnumerable<object> records, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var selection = await SelectAsync(records, pipeline).ConfigureAwait(false);
        foreach (var rehearsal in selection.Rehearsals.GroupBy(g => (g.Environment, g.CampaignId)))
        {
            await pipeline.RehearseAsync(CommandText.Campaign(rehearsal.Key.CampaignId, rehearsal.Key.Environment), Offer(rehearsal.Count(), rehearsal.Key.Environment)).ConfigureAwait(false);
            foreach (var gift in rehearsal) await pipeline.WriteAsync(gift).ConfigureAwait(false);
        }
        var chosen = new List<GiftId>();
        foreach (var campaign in selection.ByCampaign())
        {
            var gifts = selection.Read(campaign).Where(IsWanted).ToList();
            if (gifts.Count > 0 && await MayMailAsync(gifts, pipeline).ConfigureAwait(false)) chosen.AddRange(gifts.Select(g => g.Identity));
        }
        if (chosen.Count > 0 && await MayReachCustomersAsync(chosen, pipeline).ConfigureAwait(false)) await MailAsync(chosen, pipeline, cancellationToken).ConfigureAwait(false);
        else await PublishAsync(new MailingSummary(0, 0, 0, 0, 0, 0, 0, TimeSpan.Zero, null), pipeline).ConfigureAwait(false);
    }

    private async Task PublishAsync(MailingSummary summary, PipelineWriter pipeline)
    {
        if (SummaryVariable is not null) await pipeline.SetVariableAsync(SummaryVariable, summary).ConfigureAwait(false);
        await pipeline.InformationAsync(summary, nameof(MailingSummary)).ConfigureAwait(false);
    }

    private bool IsWanted(Gift gift)
    {
        if (!Reminder) return true;
        var today = PacificTime.DateAt(Clock.GetUtcNow());
        return gift is { MailState: MailState.Sent, Status: GiftStatus.New or GiftStatus.LinkCreated } && gift.Expiry >= today && gift.Expiry <= today.AddDays(DaysBeforeExpiry);
    }

    private async Task<bool> MayMailAsync(List<Gift> gifts, PipelineWriter pipeline)
    {
        var (environment, id) = (gifts[0].Environment, gifts[0].CampaignId);
        RequireProduction(environment, id);
        var fresh = gifts.Count(g => g.IsReady && (Resend || Reminder || g.MailState != MailState.Sent));
        var target = CommandText.Campaign(id, environment);
        var (yes, whatIf) = await pipeline.ShouldProcessAsync(target, Offer(fresh, environment)).ConfigureAwait(false);
        if (whatIf)
            foreach (var gift in gifts) await pipeline.WriteAsync(gift with { IsRehearsal = true }).ConfigureAwait(false);
        return yes;
    }

    // Customers are written to only with templates that keep the law (spec D4), and after one question for the whole run (spec A2).
    private async Task<bool> MayReachCustomersAsync(List<GiftId> gifts, PipelineWriter pipeline)
    {
        var customers = gifts.Count(g => g.Environment == GiftEnvironment.Production);
        if (customers == 0) return true;
        var findings = TemplateLint.Check(MailTemplates.Of(Settings), MailSenderReader.Read(Settings));
        if (TemplateLint.HasLegalFailure(findings))
        {
            var named = string.Join(", ", findings.Where(f => f.Severity == MailSeverity.Legal).Select(f => f.Rule).Distinct());
            throw new CommandException("TemplateIllegal", MailCareText.TemplateIllegal(named), MailCareText.TemplateIllegalRemedy);
        }
        return Force || await pipeline.ShouldContinueAsync(MailCareText.SendQuestion(CommandText.MailOffer(customers)), CommandText.MailCaption).ConfigureAwait(false);
    }

    private string Offer(int count, GiftEnvironment environment) => environment == GiftEnvironment.Production
        ? CommandText.MailOffer(count)
        : CommandText.MailOfferSandbox(count, Settings.RequireTestInbox());

    private async Task MailAsync(List<GiftId> gifts, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var service = MailService.Open(Settings, Transport, ServiceNotices.To(pipeline));
        await using (service.ConfigureAwait(false))
        {
            foreach (var (environment, campaign) in gifts.Select(g => (g.Environment, g.CampaignId)).Distinct())
                await TryAsync(pipeline, campaign, () => SettleAsync(service, environment, campaign, pipeline, cancellationToken)).ConfigureAwait(false);
            using var http = HttpConnections.CreateClient();
            var inbox = gifts.Exists(g => g.Environment == GiftEnvironment.Sandbox) ? Settings.RequireTestInbox() : null;
            var mailing = new GiftMailing(Ledger, service.Transport, Composer(http, inbox).ComposeAsync, Clock, service.Fates);
            var progress = new MailProgress(gifts.Count, pipeline, Clock);
            var options = new MailingOptions { Purpose = Purpose, Resend = Resend, Parallelism = ThrottleLimit, RateLimit = RateLimit, Careful = gifts.Exists(g => g.Environment == GiftEnvironment.Production) };
            var summary = await mailing.RunAsync(gifts.ToAsyncEnumerable(), options, result => ReportAsync(result, progress, pipeline), cancellationToken).ConfigureAwait(false);
            await PublishAsync(summary, pipeline).ConfigureAwait(false);
            if (summary.StoppedBecause is { } reason)
                await pipeline.ErrorAsync(ErrorFactory.Create("MailingStopped", reason, null)).ConfigureAwait(false);
        }
    }

    // What an earlier run left in doubt is asked about first: it either went out, or may be sent now (spec D8).
    private async Task SettleAsync(MailService service, GiftEnvironment environment, string campaign, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var settler = new DeliverySettler(Ledger, service.Find, DeliverySettler.DefaultIndexingDelay, Settings.Text(SettingName.TestInbox), Clock);
        foreach (var settled in await settler.SettleAsync(environment, campaign, service.Transport.Name, cancellationToken).ConfigureAwait(false))
            await pipeline.VerboseAsync(CommandText.Settled(settled.Mail.Gift, settled.As)).ConfigureAwait(false);
    }

    private GiftMailComposer Composer(HttpClient http, string? inbox)
    {
        var logos = new BrandLogos(http, System.IO.Path.Combine(Settings.DataFolder, "logos"));
        return new GiftMailComposer(
            Ledger,
            new GiftMailRenderer(MailTemplates.Of(Settings), MailSenderReader.Read(Settings)),
            (brand, token) => logos.GetAsync(Uri.TryCreate(brand.ImageUrl, UriKind.Absolute, out var address) ? address : null, token),
            inbox, Purpose);
    }

    private static async ValueTask ReportAsync(MailingResult result, MailProgress progress, PipelineWriter pipeline)
    {
        progress.Count();
        if (MailProblem.Of(result) is { } problem) await pipeline.ErrorAsync(problem).ConfigureAwait(false);
        else if (result.Outcome is MailingOutcome.Suppressed or MailingOutcome.NotSent) await pipeline.WarningAsync(result.Reason ?? "").ConfigureAwait(false);
        if (result.Gift is { } gift) await pipeline.WriteAsync(gift).ConfigureAwait(false);
    }
}

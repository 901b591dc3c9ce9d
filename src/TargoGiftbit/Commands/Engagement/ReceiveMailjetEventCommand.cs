using System.Management.Automation;
using System.Security;
using System.Threading.Channels;
using TargoGiftbit.Binding;
using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Errors;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Engagement;

/// <summary>Takes Mailjet's events as they happen: sent, opened, clicked, bounced, blocked, spam, unsubscribed.</summary>
/// <remarks>
/// <para>Listens on 127.0.0.1 and nowhere else: a reverse proxy in front of it does TLS (docs/engagement.md has samples for nginx and Caddy).
/// Mailjet proves itself by GIFT_WEBHOOK_USER and GIFT_WEBHOOK_PASSWORD and by the unguessable last segment of the address, GIFT_WEBHOOK_PATH; a
/// stranger gets 401 or 404 and nothing else. Each event is durable in the ledger before Mailjet gets its 200, and flows down the pipeline
/// after. Ctrl+C ends what is under way and stops.</para>
/// <para>With <c>-OneClick</c> the address in GIFT_UNSUBSCRIBE_URL is served as well: a page that asks, and the POST by which mail
/// programs unsubscribe.</para>
/// </remarks>
/// <example>
/// <code>Receive-MailjetEvent -OneClick | Where-Object Event -EQ click | Format-Table Time, CampaignId, Row, IsLikelyAutomated</code>
/// <para>Takes events until Ctrl+C and shows the clicks.</para>
/// </example>
/// <example>
/// <code>Receive-MailjetEvent -Port 0 -Duration 00:10:00 -Verbose | Group-Object Event -NoElement</code>
/// <para>Takes events for ten minutes on a port that is free, which -Verbose tells, and counts them.</para>
/// </example>
[Cmdlet(VerbsCommunications.Receive, "MailjetEvent", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(MailEventReceipt))]
public sealed class ReceiveMailjetEventCommand : GiftCommand
{
    // Some ten megabytes. Storing never waits for the pipeline: Mailjet would suspend the address.
    private const int MostWaiting = 50_000;

    // A timer counts its milliseconds in 32 bits.
    private static readonly TimeSpan LongestDuration = TimeSpan.FromDays(49);

    /// <summary>Port on 127.0.0.1 where the reverse proxy finds it; 0 for any that is free.</summary>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; } = 8025;

    /// <summary>User name and password of the basic authentication; otherwise the settings have them.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The unguessable last segment of the address; otherwise the settings have it.</summary>
    [Parameter]
    [SecretTransformation]
    public SecureString? PathSegment { get; set; }

    /// <summary>Serve the unsubscribe address too.</summary>
    [Parameter]
    public SwitchParameter OneClick { get; set; }

    /// <summary>Stop by itself after this time, at most 49 days; otherwise it goes on until Ctrl+C.</summary>
    [Parameter]
    public TimeSpan? Duration { get; set; }

    /// <inheritdoc/>
    private protected override SettingParameters Given(SettingParameters parameters) => base.Given(parameters)
        .With(SettingName.WebhookUser, Credential?.UserName)
        .With(SettingName.WebhookPassword, Credential is null ? null : SecretTransformationAttribute.Reveal(Credential.Password))
        .With(SettingName.WebhookPath, SecretTransformationAttribute.Reveal(PathSegment));

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (pipeline, cancellationToken) =>
    {
        if (Duration is { } asked && (asked <= TimeSpan.Zero || asked > LongestDuration))
            throw new CommandException("DurationInvalid", EngagementCommandText.DurationInvalid(asked), EngagementCommandText.DurationInvalidRemedy);
        var options = EventListenerOptions.From(Settings, Port);
        var desk = OneClick ? new OneClickDesk(Ledger, MailSenderReader.Read(Settings)) : null;
        var ledger = Ledger;
        if (!(await pipeline.ShouldProcessAsync(EngagementCommandText.ListenTarget(Port), EngagementCommandText.ListenAction).ConfigureAwait(false)).Yes) return;

        var dropped = 0;
        var happenings = Channel.CreateBounded<object>(new BoundedChannelOptions(MostWaiting) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true }, _ => Interlocked.Increment(ref dropped));
        foreach (var late in ledger.Events.Reconsider()) happenings.Writer.TryWrite(late);
        var listener = new EventListener(ledger, options, receipt => happenings.Writer.TryWrite(receipt), desk) { Failed = failure => happenings.Writer.TryWrite(failure) };
        await using (listener.ConfigureAwait(false))
        {
            await pipeline.VerboseAsync(EngagementCommandText.Listening(listener.Port)).ConfigureAwait(false);
            var tally = new EventTally();
            var telling = TellAsync(happenings.Reader, tally, pipeline);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (Duration is { } duration) end.CancelAfter(duration);
            await listener.RunAsync(end.Token).ConfigureAwait(false);
            // What was taken in is stored before anything else ends.
            await listener.DisposeAsync().ConfigureAwait(false);
            happenings.Writer.TryComplete();
            await telling.ConfigureAwait(false);
            if (dropped > 0) await pipeline.WarningAsync(EngagementCommandText.Behind(dropped)).ConfigureAwait(false);
            await EventNotices.SumUpAsync(tally, pipeline).ConfigureAwait(false);
        }
    });

    private static async Task TellAsync(ChannelReader<object> happenings, EventTally tally, PipelineWriter pipeline)
    {
        await foreach (var happening in happenings.ReadAllAsync().ConfigureAwait(false))
        {
            if (happening is MailEventReceipt receipt)
            {
                await EventNotices.CountAsync(receipt, tally, pipeline).ConfigureAwait(false);
                await pipeline.WriteAsync(receipt).ConfigureAwait(false);
            }
            else await pipeline.ErrorAsync(ErrorFactory.Create((Exception)happening, null)).ConfigureAwait(false);
        }
    }
}

using System.Net.Sockets;
using TargoGiftbit.Core.Engagement.Web;
using TargoGiftbit.Core.Ledger;

namespace TargoGiftbit.Core.Engagement;

/// <summary>
/// Takes Mailjet's events on 127.0.0.1, behind a reverse proxy that does TLS (spec E1). Answers 200 only when the events are
/// durable; whatever comes in rightfully and cannot be used is quarantined and answered 200 too, since Mailjet repeats anything
/// else for a day and then suspends the address (reference/mailjet.md §3). Strangers learn nothing.
/// </summary>
public sealed class EventListener : IAsyncDisposable
{
    private readonly EventListenerOptions options;
    private readonly WebhookGate gate;
    private readonly WebServer server;
    private readonly EventIntake intake;
    private readonly OneClickDesk? oneClick;

    /// <summary>Starts to listen.</summary>
    /// <param name="ledger">The ledger; belongs to the caller.</param>
    /// <param name="options">How to work.</param>
    /// <param name="report">Told of each event after it is durable; must return soon and not throw.</param>
    /// <param name="oneClick">Serves the unsubscribe address too; null when another does.</param>
    /// <exception cref="EngagementException"><c>WebhookPortTaken</c>.</exception>
    public EventListener(GiftLedger ledger, EventListenerOptions options, Action<MailEventReceipt> report, OneClickDesk? oneClick = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        this.oneClick = oneClick;
        gate = new WebhookGate(options);
        try
        {
            server = new WebServer(options.Port, new WebLimits { BodyTimeout = options.ReadTimeout, DrainTimeout = options.DrainTimeout }, AnswerAsync);
        }
        catch (SocketException e)
        {
            throw EngagementText.PortTaken(options.Port, e);
        }
        intake = new EventIntake(ledger, report);
    }

    /// <summary>The port on 127.0.0.1 where it listens.</summary>
    public int Port => server.Port;

    /// <summary>Told of each request that could not be served because storing failed.</summary>
    public Action<Exception>? Failed { get; set; }

    /// <summary>Serves until cancelled; then takes no more, ends what is under way and returns.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public Task RunAsync(CancellationToken cancellationToken) => server.RunAsync(cancellationToken);

    /// <summary>Stops listening. Call it after <see cref="RunAsync"/> has returned.</summary>
    public async ValueTask DisposeAsync()
    {
        server.Dispose();
        await intake.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<WebAnswer> AnswerAsync(WebHead head, Func<int, Task<(ReadOnlyMemory<byte> Body, WebAnswer? Refusal)>> readBody)
    {
        if (!gate.IsPath(head.Path)) return oneClick?.IsPath(head.Path) == true ? await oneClick.AnswerAsync(head, readBody, Failed).ConfigureAwait(false) : WebAnswer.NotFound;
        if (!gate.Admits(head.Header("Authorization"))) return WebAnswer.Unauthorized;
        if (head.Method != "POST") return WebAnswer.MethodNotAllowed("POST");
        var (body, refusal) = await readBody(options.MaxBodyBytes).ConfigureAwait(false);
        if (refusal is not null) return refusal;
        using var deadline = new CancellationTokenSource(options.StoreTimeout);
        try
        {
            await intake.StoreAsync(MailjetEventReader.Read(body), deadline.Token).ConfigureAwait(false);
            return WebAnswer.Ok;
        }
        catch (Exception e)
        {
            Failed?.Invoke(e is OperationCanceledException ? EngagementText.StoreTimedOut() : e);
            return WebAnswer.Unavailable;
        }
    }
}

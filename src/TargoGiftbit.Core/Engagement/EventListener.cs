using System.Net;
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
    private readonly EventIntake intake;
    private readonly HttpListener listener = new();
    private readonly SemaphoreSlim slots;
    private readonly HashSet<Task> running = [];
    private bool closed;

    /// <summary>Starts to listen.</summary>
    /// <param name="ledger">The ledger; belongs to the caller.</param>
    /// <param name="options">How to work.</param>
    /// <param name="report">Told of each event after it is durable; must return soon and not throw.</param>
    /// <exception cref="EngagementException"><c>WebhookPortTaken</c>.</exception>
    public EventListener(GiftLedger ledger, EventListenerOptions options, Action<MailEventReceipt> report)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        gate = new WebhookGate(options);
        slots = new SemaphoreSlim(options.Concurrency);
        Prefix = $"http://127.0.0.1:{options.Port}/";
        listener.Prefixes.Add(Prefix);
        listener.IgnoreWriteExceptions = true;
        try
        {
            listener.Start();
        }
        catch (HttpListenerException e)
        {
            listener.Close();
            slots.Dispose();
            throw EngagementText.PortTaken(Prefix, e);
        }
        intake = new EventIntake(ledger, report);
    }

    /// <summary>Where it listens, without the secret path.</summary>
    public string Prefix { get; }

    /// <summary>Told of each request that could not be served as it should: storing failed.</summary>
    public Action<Exception>? Failed { get; set; }

    /// <summary>Serves until cancelled; then takes no more, ends what is under way and returns.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
                Track(ServeAsync(await NextAsync(cancellationToken).ConfigureAwait(false)));
            }
            catch (OperationCanceledException)
            {
                break;
            }
            catch (HttpListenerException) when (listener.IsListening)
            {
                // A connection that broke before its request was complete: none of ours.
                slots.Release();
            }
        }
        // Stop() would cut connections whose answer is still on its way.
        await DrainAsync().ConfigureAwait(false);
        listener.Stop();
    }

    private async Task<HttpListenerContext> NextAsync(CancellationToken cancellationToken)
    {
        var next = listener.GetContextAsync();
        try
        {
            return await next.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Nobody waits for it any more; a request that it may still bring is cut by Stop(), and its sender comes again.
            _ = next.ContinueWith(left => left.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            throw;
        }
    }

    /// <summary>Stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        if (closed) return;
        closed = true;
        listener.Close();
        await DrainAsync().ConfigureAwait(false);
        await intake.DisposeAsync().ConfigureAwait(false);
        slots.Dispose();
    }

    private async Task DrainAsync()
    {
        Task[] left;
        lock (running) left = [.. running];
        await Task.WhenAny(Task.WhenAll(left), Task.Delay(options.DrainTimeout)).ConfigureAwait(false);
    }

    private void Track(Task task)
    {
        lock (running) running.Add(task);
        _ = task.ContinueWith(
            done =>
            {
                lock (running) running.Remove(done);
                if (!closed) slots.Release();
            }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task ServeAsync(HttpListenerContext context)
    {
        await Task.Yield();
        try
        {
            var answer = await AnswerAsync(context.Request).ConfigureAwait(false);
            await WriteAsync(context.Response, answer).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException or ProtocolViolationException)
        {
            // The other side has gone; there is nobody to answer.
            context.Response.Abort();
        }
    }

    private async Task<ListenerAnswer> AnswerAsync(HttpListenerRequest request)
    {
        try
        {
            var path = request.Url?.AbsolutePath ?? "";
            if (!gate.IsPath(path)) return ListenerAnswer.NotFound;
            if (!gate.Admits(request.Headers["Authorization"])) return ListenerAnswer.Unauthorized;
            if (request.HttpMethod != "POST") return ListenerAnswer.MethodNotAllowed("POST");
            var body = await RequestBody.ReadAsync(request, options.MaxBodyBytes, options.ReadTimeout).ConfigureAwait(false);
            if (body is not { } bytes) return ListenerAnswer.TooLarge;
            using var deadline = new CancellationTokenSource(options.StoreTimeout);
            await intake.StoreAsync(MailjetEventReader.Read(bytes), deadline.Token).ConfigureAwait(false);
            return ListenerAnswer.Ok;
        }
        catch (TimeoutException)
        {
            return ListenerAnswer.RequestTimeout;
        }
        catch (OperationCanceledException)
        {
            Failed?.Invoke(EngagementText.StoreTimedOut());
            return ListenerAnswer.Unavailable;
        }
        catch (Exception e) when (e is not (HttpListenerException or IOException or ObjectDisposedException or ProtocolViolationException))
        {
            Failed?.Invoke(e);
            return ListenerAnswer.Unavailable;
        }
    }

    private static async Task WriteAsync(HttpListenerResponse response, ListenerAnswer answer)
    {
        response.StatusCode = answer.Status;
        response.Headers["Server"] = "-";
        foreach (var (name, value) in answer.Headers) response.Headers[name] = value;
        // What was not read of the body would be taken for the next request.
        if (answer.Closes) response.KeepAlive = false;
        if (answer.ContentType is not null) response.ContentType = answer.ContentType;
        response.ContentLength64 = answer.HasNoBody ? 0 : answer.Body.Length;
        if (!answer.HasNoBody) await response.OutputStream.WriteAsync(answer.Body).ConfigureAwait(false);
        response.Close();
    }
}

using System.Globalization;

namespace TargoGiftbit.Core.Mail.Transports.Mailjet;

/// <summary>
/// Hands mail to Mailjet's Send API v3.1, fifty messages a call. A call that left the machine without a clear answer makes its
/// messages uncertain and is never repeated; only 429, which certainly had no effect, is waited out (reference/mailjet.md §2).
/// </summary>
public sealed class MailjetTransport : IMailTransport
{
    /// <summary>Most messages per call (reference/mailjet.md §2).</summary>
    public const int MessagesPerCall = 50;

    private readonly MailjetSettings settings;
    private readonly MailjetOptions options;
    private readonly TimeProvider clock;
    private readonly HttpClient client;
    private readonly SendCall call;
    private readonly SendOutcomes outcomes;

    /// <summary>Sets the transport up.</summary>
    /// <param name="settings">Where and as whom.</param>
    /// <param name="client">Plain client, for example <see cref="Http.HttpConnections.CreateClient"/>; must not repeat calls by itself. Disposed with the transport.</param>
    /// <param name="options">How it works.</param>
    /// <param name="clock">Measures time-outs and waits.</param>
    public MailjetTransport(MailjetSettings settings, HttpClient client, MailjetOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(client);
        this.settings = settings;
        this.client = client;
        this.options = options ?? new MailjetOptions();
        this.clock = clock ?? TimeProvider.System;
        call = new SendCall(client, settings, this.options, this.clock);
        outcomes = new SendOutcomes(settings);
    }

    /// <inheritdoc/>
    public string Name => "mailjet";

    /// <inheritdoc/>
    public int BatchSize => MessagesPerCall;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HandOver>> HandOverAsync(IReadOnlyList<RenderedMessage> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using var limit = new CancellationTokenSource(options.BatchLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var run = new Run(new HandOver[batch.Count], either.Token);
        Array.Fill(run.Results, new HandOver(HandOverResult.NotTried));
        var prepared = Prepare(batch, run.Results);
        try
        {
            foreach (var chunk in Chunks(prepared))
            {
                if (run.IsOver) break;
                await SendAsync(chunk, run).ConfigureAwait(false);
            }
        }
        catch (MailTransportException error) when (Array.Exists(run.Results, r => r.Result is HandOverResult.Accepted or HandOverResult.Unknown))
        {
            // To throw now would lose outcomes; the next batch meets the same fault and throws.
            run.Leave(prepared, HandOverResult.NotTried, error.Message, error.Code);
        }
        return run.Results;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static List<PreparedMessage> Prepare(IReadOnlyList<RenderedMessage> batch, HandOver[] results)
    {
        var prepared = new List<PreparedMessage>(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            try
            {
                prepared.Add(new PreparedMessage(i, batch[i], MessageRules.Check(batch[i])));
            }
            catch (MailMessageException error)
            {
                results[i] = new HandOver(HandOverResult.Refused, null, error.Message, error.Code);
            }
        }
        return prepared;
    }

    private IEnumerable<List<PreparedMessage>> Chunks(List<PreparedMessage> messages)
    {
        var chunk = new List<PreparedMessage>(Math.Min(messages.Count, MessagesPerCall));
        long bytes = 0;
        foreach (var message in messages)
        {
            var size = SendRequest.Estimate(message.Message);
            if (chunk.Count > 0 && (chunk.Count == MessagesPerCall || bytes + size > options.CallBytes))
            {
                yield return chunk;
                chunk = [];
                bytes = 0;
            }
            chunk.Add(message);
            bytes += size;
        }
        if (chunk.Count > 0) yield return chunk;
    }

    private async Task SendAsync(List<PreparedMessage> messages, Run run)
    {
        var answer = await PostAsync(messages, run.Cancellation).ConfigureAwait(false);
        if (answer.Status == 0)
        {
            run.Set(messages, answer.MayHaveWorked ? HandOverResult.Unknown : HandOverResult.NotTried, answer.Reason, answer.Code);
            // Without a connection the rest would fare no better.
            run.IsOver |= !answer.MayHaveWorked || run.Cancellation.IsCancellationRequested;
            return;
        }
        var reply = SendOutcomes.Parse(answer.Body);
        // A mixed batch answers 4xx with one entry per message: never "nothing sent" without a look (reference/mailjet.md §2).
        if (reply?.Messages is { Count: > 0 } entries && answer.Status < 500)
        {
            run.Set(messages, outcomes.PerMessage(messages, entries));
            ThrowIfSetUp(messages, run);
            return;
        }
        switch (answer.Status)
        {
            case 401 or 403:
                throw new MailTransportException("MailjetCredentialsRefused", TransportText.MailjetCredentialsRefused(settings, answer.Status, outcomes.Words(reply?.ErrorMessage, null)));
            case >= 300 and < 400 or 404 or 405 or 410:
                throw new MailTransportException("MailjetEndpointWrong", TransportText.MailjetEndpointWrong(settings, answer.Status));
            case 429:
                run.Set(messages, HandOverResult.Deferred, TransportText.MailjetBusy, "429");
                return;
            case 400 or 413 or 422 when reply is { ErrorCode: not null } or { ErrorMessage: not null } || answer.Status == 413:
                await NarrowAsync(messages, reply ?? new SendReply(), answer.Status, run).ConfigureAwait(false);
                return;
            case < 300:
                run.Set(messages, HandOverResult.Unknown, TransportText.MailjetUnreadable, "MailjetAnswerUnreadable");
                return;
            default:
                run.Set(messages, HandOverResult.Unknown, TransportText.MailjetFailed(answer.Status), answer.Status.ToString(CultureInfo.InvariantCulture));
                return;
        }
    }

    // The call was refused as a whole, so nothing of it was taken: halve it until the message at fault stands alone.
    private async Task NarrowAsync(List<PreparedMessage> messages, SendReply reply, int status, Run run)
    {
        if (messages.Count == 1)
        {
            run.Results[messages[0].Index] = outcomes.Refused(reply, status);
            return;
        }
        var half = messages.Count / 2;
        await SendAsync(messages[..half], run).ConfigureAwait(false);
        if (!run.IsOver) await SendAsync(messages[half..], run).ConfigureAwait(false);
    }

    private async Task<SendAnswer> PostAsync(List<PreparedMessage> messages, CancellationToken cancellationToken)
    {
        var body = new PooledBuffer(messages.Sum(m => SendRequest.Estimate(m.Message)));
        SendRequest.Write(messages, options.DeduplicateCampaign, body);
        for (var repeat = 0; ; repeat++)
        {
            // Not disposed before the call is over: the bytes may still be read by a call that was given up.
            var content = new OneTimeContent(body.WrittenMemory);
            content.Headers.ContentType = new("application/json");
            if (cancellationToken.IsCancellationRequested) return new SendAnswer(0, MayHaveWorked: false, Reason: TransportText.MailjetStopped, Code: "MailjetStopped");
            var answer = await call.PostAsync(content, cancellationToken).ConfigureAwait(false);
            if (answer.Status != 429 || repeat == options.RateLimitRetries || !await WaitAsync(answer.RetryAfter, repeat, cancellationToken).ConfigureAwait(false))
            {
                if (content.Completed) body.Dispose();
                return answer;
            }
        }
    }

    private async Task<bool> WaitAsync(TimeSpan? asked, int repeat, CancellationToken cancellationToken)
    {
        // Half of the doubling pause is drawn, so that calls in parallel do not come back together.
        var wait = asked ?? TimeSpan.FromSeconds((1 << repeat) * (0.5 + (Random.Shared.NextDouble() / 2)));
        if (wait > options.RateLimitWait) return false;
        try
        {
            await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void ThrowIfSetUp(List<PreparedMessage> messages, Run run)
    {
        if (!messages.TrueForAll(m => SendOutcomes.IsSetUp(run.Results[m.Index]))) return;
        var first = run.Results[messages[0].Index];
        throw new MailTransportException("MailjetSenderRefused", TransportText.MailjetSenderRefused(settings, first.ReasonCode!, first.Reason ?? ""));
    }

    /// <summary>The outcomes of one batch as they come in.</summary>
    private sealed class Run(HandOver[] results, CancellationToken cancellation)
    {
        public HandOver[] Results => results;

        public CancellationToken Cancellation => cancellation;

        public bool IsOver { get; set; }

        public void Set(List<PreparedMessage> messages, HandOverResult result, string reason, string code)
        {
            foreach (var message in messages) results[message.Index] = new HandOver(result, null, reason, code);
        }

        public void Set(List<PreparedMessage> messages, HandOver[] outcomes)
        {
            for (var i = 0; i < outcomes.Length; i++) results[messages[i].Index] = outcomes[i];
        }

        public void Leave(List<PreparedMessage> messages, HandOverResult result, string reason, string code) =>
            Set(messages.FindAll(m => results[m.Index].Result == HandOverResult.NotTried), result, reason, code);
    }
}

using System.Security.Authentication;
using System.Text.Json;
using Polly;
using Polly.Retry;

namespace TargoGiftbit.Core.Http;

/// <summary>
/// Sends calls to one service: each attempt with a time-out, calls that may be repeated again after 429, 5xx, time-outs, lost
/// connections and answers cut short, with exponential backoff and jitter, as long as the service asks for and never longer than
/// allowed (spec F4). Safe for use from several threads.
/// </summary>
public sealed class HttpSender : IDisposable
{
    private static readonly ResiliencePropertyKey<Call> CallKey = new("call");

    private readonly HttpClient client;
    private readonly HttpOptions options;
    private readonly ResiliencePipeline<Attempt> pipeline;

    /// <summary>Sets up the connections to a service.</summary>
    /// <param name="options">How to wait, repeat and give up.</param>
    /// <param name="handler">Connections to use in place of <see cref="HttpConnections.CreateHandler"/>; owned from now on.</param>
    public HttpSender(HttpOptions options, HttpMessageHandler? handler = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.options = options;
        client = HttpConnections.CreateClient(handler);
        pipeline = BuildPipeline();
    }

    /// <summary>Sends a call and reads its answer.</summary>
    /// <typeparam name="T">What the answer means.</typeparam>
    /// <param name="ask">The call.</param>
    /// <param name="read">
    /// Reads a successful answer. A <see cref="JsonException"/> from it counts as an answer that was cut short: repeated where that
    /// is allowed.
    /// </param>
    /// <param name="cancellationToken">Ends the wait and the attempt in flight.</param>
    /// <returns>The last answer: any status, also a 429 or 5xx that did not pass.</returns>
    /// <exception cref="HttpFaultException">There was no usable answer.</exception>
    public async Task<HttpResult<T>> SendAsync<T>(HttpAsk ask, Func<HttpAnswer, T> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ask);
        ArgumentNullException.ThrowIfNull(read);
        var call = new Call(ask, options.Time.GetTimestamp());
        T? value = default;
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(CallKey, call);
        try
        {
            var last = await pipeline.ExecuteAsync(async c =>
            {
                call.Begin();
                var attempt = await TryOnceAsync(ask, answer => value = read(answer), c.CancellationToken).ConfigureAwait(false);
                call.End(attempt);
                return attempt;
            }, context).ConfigureAwait(false);
            if (last.Fault is { } fault) throw HttpText.Fault(fault, ask, options, call.Attempts, call.EarlierMayHaveWorked || fault.MayHaveWorked);
            return new HttpResult<T>(last.Answer!, value, call.EarlierMayHaveWorked);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => client.Dispose();

    private ResiliencePipeline<Attempt> BuildPipeline()
    {
        var builder = new ResiliencePipelineBuilder<Attempt> { TimeProvider = options.Time };
        if (options.MaxRetries == 0) return builder.Build();
        return builder.AddRetry(new RetryStrategyOptions<Attempt>
        {
            MaxRetryAttempts = options.MaxRetries,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            Delay = options.BaseDelay,
            MaxDelay = options.MaxDelay,
            ShouldHandle = args => new(args.Outcome.Result is { IsPassing: true } attempt && MayGoOn(args.Context, attempt)),
            DelayGenerator = args => new(args.Outcome.Result?.Answer?.RetryAfter),
            OnRetry = args =>
            {
                if (options.OnRetry is { } tell && args.Context.Properties.TryGetValue(CallKey, out var call))
                {
                    var reason = Redaction.Clean(args.Outcome.Result!.Reason, secrets: call.Ask.Credential);
                    tell(new RetryNotice(options.Service, call.Ask.Method.Method, call.Ask.ShownPath, args.AttemptNumber + 1, args.RetryDelay, reason));
                }
                return default;
            },
        }).Build();
    }

    private bool MayGoOn(ResilienceContext context, Attempt attempt)
    {
        var call = context.Properties.GetValue(CallKey, null!);
        // What certainly did not work may be sent again, whatever it is.
        if (!call.Ask.MayRepeat && attempt.MayHaveWorked) return false;
        return options.Time.GetElapsedTime(call.Started) + (attempt.Answer?.RetryAfter ?? TimeSpan.Zero) <= options.TotalTime;
    }

    private async ValueTask<Attempt> TryOnceAsync(HttpAsk ask, Action<HttpAnswer> read, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.AttemptTimeout, options.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        try
        {
            var answer = await ExchangeAsync(ask, linked.Token).ConfigureAwait(false);
            if (answer is null) return Attempt.Failed(HttpFaultKind.TooLarge, "");
            if (answer.IsSuccess) read(answer);
            return new Attempt(answer, null);
        }
        catch (JsonException e)
        {
            // The exception itself is not kept: its text may show a piece of the body, and so may its path, for names of members come from the body.
            return Attempt.Failed(HttpFaultKind.Unreadable, HttpText.AnswerUnreadable(e.LineNumber, e.BytePositionInLine));
        }
        catch (OperationCanceledException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Attempt.Failed(HttpFaultKind.TimedOut, HttpText.TimedOut(options.AttemptTimeout), e);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.SecureConnectionError && e.InnerException is AuthenticationException)
        {
            return Attempt.Failed(HttpFaultKind.TlsRefused, "", e);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError
            or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError)
        {
            return Attempt.Failed(HttpFaultKind.CannotConnect, HttpText.CannotConnect, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException)
        {
            return Attempt.Failed(HttpFaultKind.Lost, HttpText.ConnectionLost, e);
        }
    }

    private async Task<HttpAnswer?> ExchangeAsync(HttpAsk ask, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(ask.Method, ask.Address);
        request.Headers.Accept.ParseAdd(ask.Accept);
        ask.Headers?.Invoke(request.Headers);
        if (ask.Body is { } body)
        {
            request.Content = new ReadOnlyMemoryContent(body);
            request.Content.Headers.ContentType = new(ask.ContentType);
        }
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (await ReadBodyAsync(response.Content, cancellationToken).ConfigureAwait(false) is not { } content) return null;
        return new HttpAnswer
        {
            Status = (int)response.StatusCode,
            MediaType = response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant(),
            Body = content,
            RetryAfter = HttpAnswer.WaitAsked(response.Headers.RetryAfter, response.Headers.Date, options.Time.GetUtcNow()),
        };
    }

    private async Task<ReadOnlyMemory<byte>?> ReadBodyAsync(HttpContent content, CancellationToken cancellationToken)
    {
        var expected = content.Headers.ContentLength ?? 0;
        if (expected > options.MaxAnswerBytes) return null;
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new byte[Math.Max((int)expected, 4096) + 1];
            var length = 0;
            while (true)
            {
                var read = await stream.ReadAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
                if (read == 0) return buffer.AsMemory(0, length);
                length += read;
                if (length > options.MaxAnswerBytes) return null;
                if (length == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }

    /// <summary>One call over all its attempts.</summary>
    private sealed class Call(HttpAsk ask, long started)
    {
        private bool lastMayHaveWorked;

        public HttpAsk Ask { get; } = ask;

        public long Started { get; } = started;

        public int Attempts { get; private set; }

        public bool EarlierMayHaveWorked { get; private set; }

        public void Begin()
        {
            Attempts++;
            EarlierMayHaveWorked |= lastMayHaveWorked;
        }

        public void End(Attempt attempt) => lastMayHaveWorked = attempt.MayHaveWorked;
    }

    /// <summary>One attempt: an answer or a fault.</summary>
    private sealed record Attempt(HttpAnswer? Answer, HttpFault? Fault)
    {
        public bool IsPassing => Fault?.IsPassing ?? Answer!.Status is 429 or 408 or >= 500;

        // 429 is turned away at the door; a server that fails half-way may have done its work first.
        public bool MayHaveWorked => Fault?.MayHaveWorked ?? Answer!.Status != 429;

        public string Reason => Fault?.Reason ?? HttpText.Status(Answer!);

        public static Attempt Failed(HttpFaultKind kind, string reason, Exception? cause = null) => new(null, new HttpFault(kind, reason, cause));
    }
}

namespace TargoGiftbit.Core.Mail.Transports.Smtp;

/// <summary>One batch on its way: which message stands where, whatever happens to the connection.</summary>
internal sealed class SmtpBatch
{
    private static readonly HandOver NotTried = new(HandOverResult.NotTried);

    private readonly SmtpConnectionPool pool;
    private readonly IReadOnlyList<RenderedMessage> messages;
    private readonly SmtpOptions options;
    private readonly TimeProvider clock;
    private readonly HandOver[] results;
    private SmtpConnection? connection;
    private bool gaveUp;

    public SmtpBatch(SmtpConnectionPool pool, IReadOnlyList<RenderedMessage> messages, SmtpOptions options, TimeProvider clock)
    {
        this.pool = pool;
        this.messages = messages;
        this.options = options;
        this.clock = clock;
        results = new HandOver[messages.Count];
        Array.Fill(results, NotTried);
    }

    /// <summary>The outcomes so far, in the order of the messages.</summary>
    public IReadOnlyList<HandOver> Results => results;

    /// <summary>Sends the messages one after the other.</summary>
    /// <exception cref="MailTransportException">The server cannot be used, and no message of the batch was handed over.</exception>
    public async Task SendAsync(CancellationToken cancellationToken)
    {
        try
        {
            for (var i = 0; i < messages.Count && !cancellationToken.IsCancellationRequested; i++)
            {
                results[i] = await SendAsync(messages[i], cancellationToken).ConfigureAwait(false);
                if (results[i].Result == HandOverResult.NotTried) break;
                if (!gaveUp) continue;
                Leave(results[i].Reason!, results[i].ReasonCode!);
                break;
            }
        }
        catch (SmtpConnectionException error) when (!cancellationToken.IsCancellationRequested)
        {
            Leave(error.Message, error.Code);
        }
        catch (Exception error) when (error is SmtpConnectionException or OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            // What was begun has its outcome already; the rest was never begun.
        }
        catch (MailTransportException error) when (Array.Exists(results, result => result.Result is HandOverResult.Accepted or HandOverResult.Unknown))
        {
            // To throw now would lose the outcomes; the next batch meets the same fault and throws.
            Leave(error.Message, error.Code);
        }
        finally
        {
            if (connection is not null) await pool.ReturnAsync(connection).ConfigureAwait(false);
        }
    }

    private async ValueTask<HandOver> SendAsync(RenderedMessage message, CancellationToken cancellationToken)
    {
        MessageAddresses addresses;
        try
        {
            addresses = MessageRules.Check(message);
        }
        catch (MailMessageException error)
        {
            return new HandOver(HandOverResult.Refused, null, error.Message, error.Code);
        }
        for (var attempt = 1; ; attempt++)
        {
            var open = await ConnectAsync(cancellationToken).ConfigureAwait(false);
            (HandOver outcome, bool mayRetry) = (NotTried, false);
            await using (cancellationToken.UnsafeRegister(static state => ((SmtpConnection)state!).Abort(), open))
            {
                (outcome, mayRetry) = await open.DeliverAsync(message, addresses, clock.GetUtcNow()).ConfigureAwait(false);
            }
            if (!mayRetry) return outcome;
            if (cancellationToken.IsCancellationRequested) return NotTried;
            // A server may close a connection between two messages; a second loss in a row is its answer.
            if (attempt == 1) continue;
            gaveUp = true;
            return outcome;
        }
    }

    private async ValueTask<SmtpConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        if (connection is { IsUsable: true } && connection.Messages < options.MessagesPerConnection) return connection;
        if (connection is not null)
        {
            var spent = connection;
            connection = null;
            await spent.DisposeAsync().ConfigureAwait(false);
        }
        return connection = await pool.RentAsync(cancellationToken).ConfigureAwait(false);
    }

    private void Leave(string reason, string code)
    {
        for (var i = 0; i < results.Length; i++)
        {
            if (results[i].Result == HandOverResult.NotTried) results[i] = new HandOver(HandOverResult.NotTried, null, reason, code);
        }
    }
}

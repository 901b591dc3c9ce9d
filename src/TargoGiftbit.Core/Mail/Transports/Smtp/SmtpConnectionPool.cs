namespace TargoGiftbit.Core.Mail.Transports.Smtp;

/// <summary>Sessions that are kept open between batches, the last used first.</summary>
/// <param name="settings">Where, how protected, as whom.</param>
/// <param name="options">How many messages, how long at rest.</param>
/// <param name="clock">Tells how long one rested.</param>
internal sealed class SmtpConnectionPool(SmtpSettings settings, SmtpOptions options, TimeProvider clock) : IAsyncDisposable
{
    private readonly Stack<SmtpConnection> resting = new();
    private readonly Lock gate = new();
    private bool closed;

    /// <summary>A session that was at rest and still lives, or a new one.</summary>
    public async ValueTask<SmtpConnection> RentAsync(CancellationToken cancellationToken)
    {
        while (Take() is { } rested)
        {
            if (rested.IsFresh(clock)) return rested;
            await rested.DisposeAsync().ConfigureAwait(false);
        }
        return await SmtpConnection.OpenAsync(settings, options, clock, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a session back, or closes it when it is broken or has carried its share.</summary>
    public async ValueTask ReturnAsync(SmtpConnection connection)
    {
        if (connection.IsUsable && connection.Messages < options.MessagesPerConnection)
        {
            connection.Rest(clock);
            lock (gate)
            {
                if (!closed)
                {
                    resting.Push(connection);
                    return;
                }
            }
        }
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        SmtpConnection[] open;
        lock (gate)
        {
            closed = true;
            open = [.. resting];
            resting.Clear();
        }
        await Task.WhenAll(open.Select(connection => connection.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    private SmtpConnection? Take()
    {
        lock (gate) return resting.TryPop(out var connection) ? connection : null;
    }
}

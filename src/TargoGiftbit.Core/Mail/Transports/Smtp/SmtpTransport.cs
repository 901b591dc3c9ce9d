namespace TargoGiftbit.Core.Mail.Transports.Smtp;

/// <summary>
/// Hands mail to a submission server (RFC 6409) over a few lasting connections. Each call sends its batch over one of them;
/// calls in parallel use several, up to <see cref="SmtpOptions.Connections"/>.
/// </summary>
public sealed class SmtpTransport : IMailTransport
{
    private readonly SmtpOptions options;
    private readonly TimeProvider clock;
    private readonly SmtpConnectionPool pool;
    private readonly SemaphoreSlim slots;

    /// <summary>Sets the transport up; connects at the first batch.</summary>
    /// <param name="settings">Where, how protected, as whom.</param>
    /// <param name="options">How it works.</param>
    /// <param name="clock">Dates the messages and measures the time-outs.</param>
    public SmtpTransport(SmtpSettings settings, SmtpOptions? options = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        this.options = options ?? new SmtpOptions();
        ArgumentOutOfRangeException.ThrowIfNotEqual(this.options.Connections, Math.Clamp(this.options.Connections, 1, 50), nameof(options));
        this.clock = clock ?? TimeProvider.System;
        pool = new SmtpConnectionPool(settings, this.options, this.clock);
        slots = new SemaphoreSlim(this.options.Connections);
    }

    /// <inheritdoc/>
    public string Name => "smtp";

    /// <inheritdoc/>
    public int BatchSize => options.BatchSize;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<HandOver>> HandOverAsync(IReadOnlyList<RenderedMessage> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var run = new SmtpBatch(pool, batch, options, clock);
        using var limit = new CancellationTokenSource(options.BatchLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await slots.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return run.Results;
        }
        try
        {
            await run.SendAsync(either.Token).ConfigureAwait(false);
        }
        finally
        {
            slots.Release();
        }
        return run.Results;
    }

    /// <summary>Takes leave of the server.</summary>
    public async ValueTask DisposeAsync()
    {
        await pool.DisposeAsync().ConfigureAwait(false);
        slots.Dispose();
    }
}

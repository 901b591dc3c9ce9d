namespace TargoGiftbit.Core.Mail;

/// <summary>Holds a run to so many messages per second.</summary>
internal sealed class Pace(double? perSecond, TimeProvider clock)
{
    private DateTimeOffset next = clock.GetUtcNow();

    public async ValueTask WaitAsync(int messages, CancellationToken cancellationToken)
    {
        if (perSecond is not { } rate) return;
        var now = clock.GetUtcNow();
        if (next < now) next = now;
        var wait = next - now;
        next += TimeSpan.FromSeconds(messages / rate);
        if (wait > TimeSpan.Zero) await Task.Delay(wait, clock, cancellationToken).ConfigureAwait(false);
    }
}

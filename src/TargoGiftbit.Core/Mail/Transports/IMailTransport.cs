namespace TargoGiftbit.Core.Mail.Transports;

/// <summary>
/// Hands rendered messages to a mail service. Two implementations: Mailjet's Send API and SMTP. A transport knows neither the
/// ledger nor the gifts.
/// </summary>
public interface IMailTransport : IAsyncDisposable
{
    /// <summary>Name stored with each hand-over: <c>mailjet</c> or <c>smtp</c>.</summary>
    string Name { get; }

    /// <summary>Most messages one call may carry (50 at Mailjet, reference/mailjet.md §2; what one connection sends in one go over SMTP).</summary>
    int BatchSize { get; }

    /// <summary>
    /// Hands a batch over and tells what came of each message, in the order given. Does not throw for a message's own
    /// fault or for a lost connection: that is <see cref="HandOverResult"/>. Nothing is repeated that may have had its effect.
    /// </summary>
    /// <param name="batch">At most <see cref="BatchSize"/> messages.</param>
    /// <param name="cancellationToken">Cancelling gives <see cref="HandOverResult.Unknown"/> for what may be under way and <see cref="HandOverResult.NotTried"/> for what was not begun.</param>
    /// <exception cref="MailTransportException">The whole transport cannot be used (credentials refused, plain connection, bad set-up): nothing went out.</exception>
    Task<IReadOnlyList<HandOver>> HandOverAsync(IReadOnlyList<RenderedMessage> batch, CancellationToken cancellationToken);
}

/// <summary>What came of handing over one message.</summary>
public enum HandOverResult
{
    /// <summary>The service took it.</summary>
    Accepted,

    /// <summary>Refused for good: the address or the message is at fault.</summary>
    Refused,

    /// <summary>Refused for now: certainly not taken, may be tried later.</summary>
    Deferred,

    /// <summary>The connection was lost after the hand-over: may or may not have been taken.</summary>
    Unknown,

    /// <summary>Never begun; certainly not taken.</summary>
    NotTried,
}

/// <summary>The outcome of one message.</summary>
/// <param name="Result">What came of it.</param>
/// <param name="MessageId">The service's id when accepted: Mailjet's 64-bit MessageID, or the queue id over SMTP.</param>
/// <param name="Reason">The service's words when not accepted, without addresses or links of other messages.</param>
/// <param name="ReasonCode">The service's code: <c>mj-0013</c>, <c>550 5.1.1</c>.</param>
public sealed record HandOver(HandOverResult Result, string? MessageId = null, string? Reason = null, string? ReasonCode = null);

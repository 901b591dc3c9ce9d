namespace TargoGiftbit.Core.Gifts;

/// <summary>How far the e-mail of a gift has come (spec D8).</summary>
public enum MailState
{
    /// <summary>Never handed over.</summary>
    NotSent,

    /// <summary>Claimed by a running send; its lease has not run out.</summary>
    HandingOver,

    /// <summary>The transport accepted the message. Sent once; never again unless asked for with <c>-Resend</c>.</summary>
    Sent,

    /// <summary>Refused for now (mailbox busy, rate limit): nothing went out and the next run may try again.</summary>
    Deferred,

    /// <summary>Refused for good: the address or the message is at fault.</summary>
    Refused,

    /// <summary>The connection was lost after the hand-over: it may or may not have gone out. Settled by asking, never by resending.</summary>
    Uncertain,
}

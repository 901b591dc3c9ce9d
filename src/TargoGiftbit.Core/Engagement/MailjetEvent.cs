using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TargoGiftbit.Core.Engagement;

/// <summary>
/// One Mailjet event, reduced to what this product keeps: the clicked address is there as hashes only, IP address, country and
/// agent not at all (spec E2; reference/email-compliance.md B1).
/// </summary>
public sealed record MailjetEvent
{
    /// <summary>What happened.</summary>
    public required MailEventKind Kind { get; init; }

    /// <summary>Mailjet's own word for it, lowercase.</summary>
    public required string Word { get; init; }

    /// <summary>When it happened; null when the event does not say.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>MessageID, up to 19 digits, as text; null when missing or 0.</summary>
    public string? MessageId { get; init; }

    /// <summary><c>campaign:row</c> as it was sent along, or null.</summary>
    public string? CustomId { get; init; }

    /// <summary>The attempt's id, which is sent along as EventPayload, or null.</summary>
    public string? AttemptId { get; init; }

    /// <summary>Address it is about; used to suppress and never stored with the event.</summary>
    public string? Email { get; init; }

    /// <summary>Hashes of the clicked address, as it came and in its equivalent forms; empty unless it is a click.</summary>
    public IReadOnlyList<string> UrlHashes { get; init; } = [];

    /// <summary>An open by a proxy or by software that loads pictures in advance.</summary>
    public bool IsWeakOpen { get; init; }

    /// <summary>The agent says of itself that it is no person's browser.</summary>
    public bool IsAutomatedAgent { get; init; }

    /// <summary>A bounce for good.</summary>
    public bool IsHardBounce { get; init; }

    /// <summary>Mailjet's word for the cause, or null.</summary>
    public string? Error { get; init; }

    /// <summary>What tells this event from any other one; Mailjet gives none (reference/mailjet.md §3). 16 bytes.</summary>
    /// <remarks>
    /// The address is left out where there is a MessageID, since each message has one recipient; so an event that is pushed and
    /// the same one found by polling coincide.
    /// </remarks>
    public byte[] Fingerprint()
    {
        var reference = MessageId ?? string.Create(CultureInfo.InvariantCulture, $"{AttemptId}/{CustomId}/{Email?.ToLowerInvariant()}");
        var text = string.Create(CultureInfo.InvariantCulture, $"{Word}\n{reference}\n{At?.ToUnixTimeSeconds()}\n{(UrlHashes.Count > 0 ? UrlHashes[0] : "")}\n{Error}");
        return SHA256.HashData(Encoding.UTF8.GetBytes(text))[..16];
    }

    /// <summary>Word and reference, for messages.</summary>
    public override string ToString() => $"{Word} of {CustomId ?? MessageId ?? "an unknown message"}";
}

/// <summary>What a body held.</summary>
/// <param name="Events">The events that can be used.</param>
/// <param name="Unusable">What cannot.</param>
public sealed record MailjetEventBody(IReadOnlyList<MailjetEvent> Events, IReadOnlyList<UnusableEvent> Unusable)
{
    /// <summary>A body without anything.</summary>
    public static MailjetEventBody Empty { get; } = new([], []);
}

/// <summary>Something that came as an event and is none.</summary>
/// <param name="Reason">Stable code: <c>NotJson</c>, <c>NotObject</c>, <c>NoEvent</c>, <c>NoReference</c>, <c>BadText</c>.</param>
/// <param name="Shape">Its beginning with every letter and digit replaced, so that it can be recognised and nothing can leak.</param>
/// <param name="Fingerprint">What tells it from others, 16 bytes.</param>
public sealed record UnusableEvent(string Reason, string Shape, byte[] Fingerprint);

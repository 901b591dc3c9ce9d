namespace TargoGiftbit.Core.Engagement;

/// <summary>Counts what became of events, for what is said at the end.</summary>
public sealed class EventTally
{
    private readonly SortedSet<string> unknown = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> reasons = new(StringComparer.Ordinal);

    /// <summary>All events.</summary>
    public int All { get; private set; }

    /// <summary>Those that were new.</summary>
    public int Stored { get; private set; }

    /// <summary>Those that could not be used.</summary>
    public int Quarantined => reasons.Values.Sum();

    /// <summary>The most frequent reason for that, or null.</summary>
    public string? MainReason => reasons.Count == 0 ? null : reasons.OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal).First().Key;

    /// <summary>Counts one.</summary>
    /// <returns>Mailjet's word for it, if that is not known here and comes for the first time; else null.</returns>
    public string? Add(MailEventReceipt receipt)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        All++;
        if (receipt.Outcome == MailEventOutcome.Stored) Stored++;
        if (receipt.Outcome == MailEventOutcome.Quarantined) reasons[receipt.Reason ?? ""] = reasons.GetValueOrDefault(receipt.Reason ?? "") + 1;
        return receipt is { Kind: MailEventKind.Other, Event.Length: > 0 } && unknown.Add(receipt.Event) ? receipt.Event : null;
    }
}

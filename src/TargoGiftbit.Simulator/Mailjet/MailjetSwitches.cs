namespace TargoGiftbit.Simulator.Mailjet;

public enum SenderCheck
{
    /// <summary><c>send-0008</c> in the call, as documented.</summary>
    Refuse,

    /// <summary>The call succeeds, the message is blocked afterwards (a maintainer's word, 2025).</summary>
    Late,
}

/// <summary>What can differ at Mailjet, or is not known (mailjet.md §5).</summary>
public sealed class MailjetSwitches
{
    /// <summary>HTTP status when some messages of a batch are refused: 400, or 200.</summary>
    public int MixedBatchStatus { get; set; } = 400;

    public SenderCheck SenderCheck { get; set; }

    /// <summary>Addresses or domains that may send; empty = all.</summary>
    public IReadOnlyList<string> ValidatedSenders { get; set; } = ["targo.ca"];

    /// <summary>Recipients that Mailjet refuses in the call.</summary>
    public IReadOnlyList<string> RefusedRecipients { get; set; } = [];

    /// <summary>From acceptance until <c>/v3/REST/message</c> shows a message.</summary>
    public TimeSpan IndexDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Accepted messages are reported sent by themselves.</summary>
    public bool AutoDeliver { get; set; } = true;

    public TimeSpan DeliveryDelay { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>Largest batch: messages, and recipients over all of them.</summary>
    public int MaxBatch { get; set; } = 50;

    /// <summary>REST answers show Subject, ContactAlt and CustomID without being asked to.</summary>
    public bool ShowAlways { get; set; }
}

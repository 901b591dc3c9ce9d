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

    /// <summary>Recipients whose mail bounces hard instead of being delivered.</summary>
    public IReadOnlyList<string> BouncingRecipients { get; set; } = [];

    /// <summary>Recipients to whom nothing is even tried.</summary>
    public IReadOnlyList<string> BlockedRecipients { get; set; } = [];

    /// <summary>Recipients whose server defers the mail once and takes it a quarter of an hour later.</summary>
    public IReadOnlyList<string> GreylistedRecipients { get; set; } = [];

    /// <summary>Largest batch: messages, and recipients over all of them.</summary>
    public int MaxBatch { get; set; } = 50;

    /// <summary>REST answers show Subject, ContactAlt and CustomID without being asked to.</summary>
    public bool ShowAlways { get; set; }

    /// <summary>Where events of every type go; user and password in it become basic authentication.</summary>
    public string? EventUrl { get; set; }

    /// <summary>Events of a second come as one array (version 2); off = one bare object each (version 1).</summary>
    public bool EventsGrouped { get; set; } = true;

    public TimeSpan EventWindow { get; set; } = TimeSpan.FromSeconds(1);

    public TimeSpan EventRetry { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a failing address is tried before it is dead.</summary>
    public TimeSpan EventGiveUp { get; set; } = TimeSpan.FromHours(24);

    public int EventsPerPost { get; set; } = 500;

    /// <summary>Share of events that come twice, 0–1.</summary>
    public double EventDuplicateRate { get; set; }

    /// <summary>Events of a post come in any order.</summary>
    public bool EventsShuffled { get; set; }

    /// <summary>Keys that client fixtures show missing, e.g. <c>CustomID,Payload,Message_GUID</c>.</summary>
    public IReadOnlyList<string> EventOmittedKeys { get; set; } = [];

    /// <summary>Keys that come empty, e.g. <c>geo</c>.</summary>
    public IReadOnlyList<string> EventEmptyKeys { get; set; } = [];
}

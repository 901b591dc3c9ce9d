using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Core.Ledger;

/// <summary>The whole story of one gift, oldest first: what was done to it, each hand-over of a mail, what came back (spec F6).</summary>
/// <param name="ledger">The ledger.</param>
public sealed class GiftTimeline(GiftLedger ledger)
{
    /// <summary>Tells one gift's story.</summary>
    /// <param name="id">The gift.</param>
    /// <exception cref="LedgerException"><c>GiftUnknown</c>.</exception>
    public IReadOnlyList<GiftMoment> Of(GiftId id)
    {
        var gift = ledger.Gifts.Get(id);
        var moments = new List<GiftMoment>();
        foreach (var entry in ledger.History.Of(id)) moments.Add(Moment(gift, entry.At, entry.Kind, entry.Detail));
        foreach (var hand in ledger.Mails.HandOversOf(id))
        {
            var purpose = hand.Purpose == MailPurpose.Gift ? "" : hand.Purpose.ToString();
            moments.Add(Moment(gift, hand.StartedAt, purpose + "MailHandedOver", TimelineText.HandOver(hand.Transport, hand.AttemptId)));
            // What settled an uncertain mail later is in the history already.
            if (hand is { Outcome: { } outcome, SettledAt: { } at } && outcome != HandOverResult.NotTried)
                moments.Add(Moment(gift, at, $"{purpose}Mail{outcome}", TimelineText.Outcome(hand.MessageId, hand.Reason)));
        }
        foreach (var e in ledger.Events.Of(id)) moments.Add(Moment(gift, e.At, TimelineText.What(e), TimelineText.Event(e)));
        if (gift.RedeemedAt is { } redeemed) moments.Add(Moment(gift, redeemed, "Redeemed", gift.BrandSelected));
        // A stable sort: things of one instant stay in the order in which they were written down.
        return [.. moments.OrderBy(m => m.At)];
    }

    private static GiftMoment Moment(Gift gift, DateTimeOffset at, string what, string? detail) =>
        new(gift.Environment, gift.CampaignId, gift.Row, $"{gift.FirstName} {gift.LastName}".Trim(), at, what, detail);
}

/// <summary>One thing that happened to a gift.</summary>
/// <param name="Environment">The gift's environment.</param>
/// <param name="CampaignId">The gift's campaign.</param>
/// <param name="Row">The gift's row.</param>
/// <param name="Name">The customer.</param>
/// <param name="At">When (UTC).</param>
/// <param name="What">What, in one word: <c>Entered</c>, <c>LinkCreated</c>, <c>MailHandedOver</c>, <c>MailAccepted</c>, <c>Redeemed</c> …</param>
/// <param name="Detail">More about it, or null. Never a link.</param>
public sealed record GiftMoment(GiftEnvironment Environment, string CampaignId, int Row, string Name, DateTimeOffset At, string What, string? Detail);

/// <summary>Words of the timeline.</summary>
internal static class TimelineText
{
    public static string HandOver(string transport, string attempt) => $"{transport}, attempt {attempt}";

    public static string What(StoredMailEvent e) => e.Kind switch
    {
        Engagement.MailEventKind.Sent => "MailDelivered",
        Engagement.MailEventKind.Open => "MailOpened",
        Engagement.MailEventKind.Click => "LinkClicked",
        Engagement.MailEventKind.Bounce => "MailBounced",
        Engagement.MailEventKind.Blocked => "MailBlocked",
        Engagement.MailEventKind.Spam => "MarkedAsSpam",
        Engagement.MailEventKind.Unsubscribe => "Unsubscribed",
        _ => "MailEvent",
    };

    public static string? Event(StoredMailEvent e) => e switch
    {
        { Error: not null } => e.Error,
        { Kind: Engagement.MailEventKind.Click, IsGiftLink: true } => "the gift's own link",
        { Kind: Engagement.MailEventKind.Click } => "another link of the message",
        { Kind: Engagement.MailEventKind.Other } => e.Word,
        { IsWeakOpen: true } => "a proxy's or a program's: nobody need have seen it",
        _ => null,
    };

    public static string? Outcome(string? messageId, string? reason) => (messageId, reason) switch
    {
        (null, _) => reason,
        (_, null) => $"message {messageId}",
        _ => $"message {messageId}, {reason}",
    };
}

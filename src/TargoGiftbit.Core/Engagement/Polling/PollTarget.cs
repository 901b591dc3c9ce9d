using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;

namespace TargoGiftbit.Core.Engagement.Polling;

/// <summary>A message at Mailjet that is one of ours.</summary>
/// <param name="Message">The message.</param>
/// <param name="Gift">Its gift.</param>
/// <param name="AttemptId">The hand-over that brought it there; null when that is not certain.</param>
internal sealed record PollTarget(PolledMessage Message, GiftId Gift, string? AttemptId)
{
    public string MessageId => Message.Id!;
}

/// <summary>Tells our messages from others', and which hand-over each belongs to.</summary>
/// <param name="mails">The campaign's hand-overs.</param>
/// <param name="others">Those of the campaign with the same id in the other environment: the two may share an account, and their CustomIDs are alike.</param>
internal sealed class PollMatcher(IReadOnlyList<SentMail> mails, IReadOnlyList<SentMail> others)
{
    // Clocks differ, and a resend can follow soon: nearer than this, time alone proves nothing.
    private static readonly TimeSpan Doubt = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, SentMail> byMessage = mails.Where(m => m.MessageId is not null).DistinctBy(m => m.MessageId).ToDictionary(m => m.MessageId!, StringComparer.Ordinal);
    private readonly ILookup<string, SentMail> byCustomId = mails.ToLookup(m => m.Gift.CustomId, StringComparer.Ordinal);
    private readonly ILookup<string, SentMail> othersByCustomId = others.ToLookup(m => m.Gift.CustomId, StringComparer.Ordinal);
    private readonly HashSet<string> othersMessages = others.Select(m => m.MessageId).OfType<string>().ToHashSet(StringComparer.Ordinal);

    /// <summary>The message as one of ours, or null.</summary>
    public PollTarget? Find(PolledMessage message)
    {
        if (message.Id is not { Length: > 0 } id) return null;
        if (byMessage.TryGetValue(id, out var mail)) return new(message, mail.Gift, mail.AttemptId);
        if (othersMessages.Contains(id) || message.CustomId is not { Length: > 0 } customId || message.ArrivedAt is not { } arrived) return null;
        // A message from before the first hand-over is none of ours.
        var latest = byCustomId[customId].Where(m => m.StartedAt <= arrived + Doubt).MaxBy(m => m.StartedAt);
        if (latest is null) return null;
        var isCertain = latest.MessageId is null && arrived <= latest.StartedAt + EngagementPoll.Arrival
            && byCustomId[customId].Concat(othersByCustomId[customId]).All(m => m == latest || (m.StartedAt - arrived).Duration() > Doubt);
        return new(message, latest.Gift, isCertain ? latest.AttemptId : null);
    }
}

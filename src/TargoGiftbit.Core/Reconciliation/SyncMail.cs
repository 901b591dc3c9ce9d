using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail;

namespace TargoGiftbit.Core.Reconciliation;

/// <summary>The mail side of a comparison: which messages of a campaign the mail service has, and whose they are.</summary>
internal sealed class SyncMail(FindMessages? find, GiftLedger ledger, string? testInbox, TimeProvider clock)
{
    // A clock that goes wrong, here or there, must not hide a message.
    private static readonly TimeSpan Skew = TimeSpan.FromDays(1);
    private const int ParallelQuestions = 4;

    // Rows without a message in a row after which no more are expected; some gifts of a campaign may never have been sent.
    private const int RowsBeyond = 10;

    public async Task<IReadOnlyList<SyncDifference>> CompareAsync(GiftCampaign campaign, IReadOnlyList<Gift> gifts, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var uncertain = ledger.Mails.Uncertain(campaign.Environment, campaign.CampaignId).ToLookup(m => m.Gift.Row);
        // Read after that: leases that ran out are in doubt by now.
        gifts = ledger.Gifts.OfCampaign(campaign.Environment, campaign.CampaignId);
        var reminded = ledger.Traces.Reminded(campaign.Environment, campaign.CampaignId);
        var messages = await FindAsync(gifts, since, cancellationToken).ConfigureAwait(false);
        return [.. gifts.SelectMany(g => Compare(g, messages, [.. uncertain[g.Row]], reminded.Contains(g.Row)))];
    }

    private IEnumerable<SyncDifference> Compare(Gift gift, FoundMail messages, List<UncertainMail> uncertain, bool reminded)
    {
        var found = new Queue<FoundMessage>(messages.Of(gift).OrderBy(m => m.ArrivedAt));
        var state = gift.MailState.ToString();
        if (gift.MailState == MailState.HandingOver) yield return new SyncDifference(gift, SyncFinding.MailInDoubt, state, SyncText.UnderWay);
        else if (gift.MailState != MailState.Sent)
        {
            var doubt = uncertain.Find(m => m.Purpose == MailPurpose.Gift);
            if (found.TryDequeue(out var message)) yield return new SyncDifference(gift, SyncFinding.MailSent, state, SyncText.Message(message)) { Message = message, Uncertain = doubt };
            else if (messages.IsUnclear(gift)) yield return new SyncDifference(gift, SyncFinding.MailInDoubt, state, SyncText.OtherAddress) { Doubtable = doubt is null && IsUnsent(gift) };
            else if (find is null && MayBeSent(gift)) yield return new SyncDifference(gift, SyncFinding.MailInDoubt, state, SyncText.NobodyToAsk) { Doubtable = doubt is null && IsUnsent(gift) };
            else if (doubt is not null) yield return Settle(gift, doubt, state);
        }
        foreach (var mail in uncertain.Where(m => m.Purpose == MailPurpose.Reminder))
            yield return found.TryDequeue(out var message)
                ? new SyncDifference(gift, SyncFinding.MailSent, nameof(MailState.Uncertain), SyncText.Message(message)) { Message = message, Uncertain = mail }
                : Settle(gift, mail, nameof(MailState.Uncertain));
        // A further message is a reminder, or a mail that was sent again on purpose: either way the customer had it.
        if (!reminded && found.TryDequeue(out var further))
            yield return new SyncDifference(gift, SyncFinding.ReminderSent, SyncText.NoReminder, SyncText.Message(further)) { Message = further };
    }

    private SyncDifference Settle(Gift gift, UncertainMail mail, string state) =>
        find is null || mail.Transport != "mailjet" ? new SyncDifference(gift, SyncFinding.MailInDoubt, state, SyncText.NobodyToAsk)
        : clock.GetUtcNow() - mail.StartedAt < DeliverySettler.DefaultIndexingDelay ? new SyncDifference(gift, SyncFinding.MailInDoubt, state, SyncText.TooEarly)
        : new SyncDifference(gift, SyncFinding.MailNotSent, state, SyncText.None) { Uncertain = mail };

    private static bool IsUnsent(Gift gift) => gift.MailState is MailState.NotSent or MailState.Deferred;

    private static bool MayBeSent(Gift gift) => gift is { OrderId: not null, Status: not GiftStatus.Failed } || gift.IsReady;

    private async Task<FoundMail> FindAsync(IReadOnlyList<Gift> gifts, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var mail = new FoundMail(gifts);
        if (find is null) return mail;
        var until = clock.GetUtcNow() + Skew;
        await FindBeyondAsync(mail, gifts, since, until, cancellationToken).ConfigureAwait(false);
        await Parallel.ForEachAsync(gifts.Where(MayBeSent), new ParallelOptions { MaxDegreeOfParallelism = ParallelQuestions, CancellationToken = cancellationToken }, async (gift, cancel) =>
        {
            foreach (var message in await find(gift.Identity.CustomId, since, until, cancel).ConfigureAwait(false))
                if (!TestInbox.IsOfOtherEnvironment(gift.Environment, testInbox, message.Recipient) && !ledger.Traces.IsKnown(message.MessageId)) mail.Add(gift, message);
        }).ConfigureAwait(false);
        return mail;
    }

    // A longer list elsewhere has rows that this ledger does not: one of them may be a customer of ours.
    private async Task FindBeyondAsync(FoundMail mail, IReadOnlyList<Gift> gifts, DateTimeOffset since, DateTimeOffset until, CancellationToken cancellationToken)
    {
        if (gifts.Count == 0 || gifts[0].Environment == GiftEnvironment.Sandbox) return;
        var id = gifts[^1].Identity;
        for (var empty = 0; empty < RowsBeyond;)
        {
            id = id with { Row = id.Row + 1 };
            var found = await find!(id.CustomId, since, until, cancellationToken).ConfigureAwait(false);
            empty = found.Count == 0 ? empty + 1 : 0;
            foreach (var message in found)
                if (!ledger.Traces.IsKnown(message.MessageId)) mail.AddByAddress(message);
        }
    }
}

/// <summary>
/// Messages by the gift they belong to. In production the recipient's address decides: a ledger that was made anew from a re-sorted list has
/// other rows than the one that sent them.
/// </summary>
internal sealed class FoundMail
{
    private readonly Lock gate = new();
    private readonly Dictionary<int, List<FoundMessage>> byRow = [];
    private readonly HashSet<int> unclear = [];
    private readonly ILookup<string, Gift> byAddress;

    public FoundMail(IEnumerable<Gift> gifts) => byAddress = gifts.ToLookup(g => Key(g.Email), StringComparer.Ordinal);

    public IEnumerable<FoundMessage> Of(Gift gift) => byRow.GetValueOrDefault(gift.Row, []);

    /// <summary>Whether a message of this gift's row went to somebody whom the ledger does not know.</summary>
    public bool IsUnclear(Gift gift) => unclear.Contains(gift.Row);

    public void Add(Gift asked, FoundMessage message)
    {
        lock (gate)
        {
            if (asked.Environment == GiftEnvironment.Sandbox || message.Recipient is not { } to || Key(to) == Key(asked.Email)) Add(asked.Row, message);
            else if (byAddress[Key(to)].ToList() is [var owner]) Add(owner.Row, message);
            else unclear.Add(asked.Row);
        }
    }

    /// <summary>A message of a row that the ledger does not have.</summary>
    public void AddByAddress(FoundMessage message)
    {
        lock (gate)
        {
            if (message.Recipient is { } to && byAddress[Key(to)].ToList() is [var owner]) Add(owner.Row, message);
        }
    }

    private void Add(int row, FoundMessage message)
    {
        if (!byRow.TryGetValue(row, out var list)) byRow[row] = list = [];
        list.Add(message);
    }

    private static string Key(string address) => address.Trim().ToLowerInvariant();
}

using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Reconciliation;

namespace TargoGiftbit.Core.Mail;

/// <summary>
/// Settles mails whose hand-over ended without an answer by asking the mail service (spec D8). A message that is found went out. One
/// that is not found did not, but only once the service has had time to index it (reference/mailjet.md §2, §4).
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="find">Looks messages up by CustomID in a span of time; null for a transport that cannot be asked.</param>
/// <param name="indexingDelay">How long the service may take until a message can be found.</param>
/// <param name="testInbox">The test inbox, where one is set: what went there is no customer's mail.</param>
/// <param name="clock">The clock.</param>
public sealed class DeliverySettler(GiftLedger ledger, FindMessages? find, TimeSpan indexingDelay, string? testInbox, TimeProvider clock)
{
    /// <summary>How long a service may take to index a message before its absence proves anything. Not documented; generous on purpose.</summary>
    public static readonly TimeSpan DefaultIndexingDelay = TimeSpan.FromMinutes(10);

    // The service's clock and ours may differ a little.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);

    /// <summary>Asks about every uncertain mail.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="campaignId">One campaign, or null for all.</param>
    /// <param name="transport">Name of the transport that <c>find</c> can ask.</param>
    /// <param name="cancellationToken">Stops between mails.</param>
    public Task<IReadOnlyList<SettledMail>> SettleAsync(GiftEnvironment environment, string? campaignId, string transport, CancellationToken cancellationToken) =>
        SettleAsync(ledger.Mails.Uncertain(environment, campaignId), transport, cancellationToken);

    /// <summary>Asks about some uncertain mails.</summary>
    /// <param name="mails">The mails, as the ledger lists them.</param>
    /// <param name="transport">Name of the transport that <c>find</c> can ask.</param>
    /// <param name="cancellationToken">Stops between mails.</param>
    public async Task<IReadOnlyList<SettledMail>> SettleAsync(IEnumerable<UncertainMail> mails, string transport, CancellationToken cancellationToken)
    {
        var settled = new List<SettledMail>();
        foreach (var mail in mails)
        {
            cancellationToken.ThrowIfCancellationRequested();
            settled.Add(find is null || mail.Transport != transport
                ? new SettledMail(mail, SettledAs.CannotBeAsked, null)
                : await SettleOneAsync(mail, cancellationToken).ConfigureAwait(false));
        }
        foreach (var campaign in settled.Where(s => s.As is SettledAs.Sent or SettledAs.NotSent).Select(s => (s.Mail.Gift.Environment, s.Mail.Gift.CampaignId)).Distinct())
            StatusReconciler.Reschedule(ledger, clock, campaign.Environment, campaign.CampaignId, polledAt: null);
        return settled;
    }

    /// <summary>Settles a mail by the operator's word, where nobody can be asked (spec D8).</summary>
    /// <param name="mail">The mail, as the ledger lists it.</param>
    /// <param name="wentOut">True when it arrived: it is never sent again. False: the next run sends it.</param>
    /// <param name="operatorName">Who says so, for the history.</param>
    /// <returns>How it stands; null when another process has settled it meanwhile.</returns>
    public SettledMail? Decide(UncertainMail mail, bool wentOut, string operatorName)
    {
        if (!ledger.Mails.Resolve(mail, wentOut, null, wentOut ? mail.StartedAt : null, MailSettlingText.Operator(operatorName))) return null;
        StatusReconciler.Reschedule(ledger, clock, mail.Gift.Environment, mail.Gift.CampaignId, polledAt: null);
        return new SettledMail(mail, wentOut ? SettledAs.Sent : SettledAs.NotSent, null);
    }

    private async Task<SettledMail> SettleOneAsync(UncertainMail mail, CancellationToken cancellationToken)
    {
        // A purpose or resend of its own started later has a later window; messages before this attempt are an earlier one's.
        var next = ledger.Mails.HandOversOf(mail.Gift).Where(h => h.StartedAt > mail.StartedAt).Select(h => (DateTimeOffset?)h.StartedAt).Min();
        var from = mail.StartedAt - Skew;
        var found = await find!(mail.Gift.CustomId, from, next ?? clock.GetUtcNow() + Skew, cancellationToken).ConfigureAwait(false);
        var message = found.FirstOrDefault(m => IsOf(mail, m));
        if (message is not null)
        {
            ledger.Mails.Resolve(mail, wentOut: true, message.MessageId, message.ArrivedAt, MailSettlingText.Found);
            return new SettledMail(mail, SettledAs.Sent, message.MessageId);
        }
        if (clock.GetUtcNow() - mail.StartedAt < indexingDelay) return new SettledMail(mail, SettledAs.TooEarly, null);
        ledger.Mails.Resolve(mail, wentOut: false, null, null, MailSettlingText.NotFound);
        return new SettledMail(mail, SettledAs.NotSent, null);
    }

    // A rehearsal, or another attempt's message, must not pass for the customer's mail. One without a readable id may be this one: taken for it,
    // nothing is sent twice.
    private bool IsOf(UncertainMail mail, FoundMessage message) =>
        !TestInbox.IsOfOtherEnvironment(mail.Gift.Environment, testInbox, message.Recipient)
        && (message.MessageId.Length == 0 || !ledger.Traces.IsKnown(message.MessageId, mail.AttemptId));
}

/// <summary>Looks up messages by CustomID that arrived at the service within a span of time.</summary>
public delegate Task<IReadOnlyList<FoundMessage>> FindMessages(string customId, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken);

/// <summary>A message that the service holds.</summary>
/// <param name="MessageId">Its id.</param>
/// <param name="ArrivedAt">When it was taken.</param>
/// <param name="Recipient">Whom it went to, when the service tells.</param>
public sealed record FoundMessage(string MessageId, DateTimeOffset ArrivedAt, string? Recipient = null);

/// <summary>How an uncertain mail was settled.</summary>
public enum SettledAs
{
    /// <summary>The service has it: it went out.</summary>
    Sent,

    /// <summary>The service does not have it: the next run sends it.</summary>
    NotSent,

    /// <summary>Not found yet, but it may still be indexed: ask again later.</summary>
    TooEarly,

    /// <summary>The transport (plain SMTP) cannot be asked: the operator decides.</summary>
    CannotBeAsked,
}

/// <summary>One uncertain mail and what was found out.</summary>
/// <param name="Mail">The mail.</param>
/// <param name="As">How it was settled.</param>
/// <param name="MessageId">The service's id, when it went out.</param>
public sealed record SettledMail(UncertainMail Mail, SettledAs As, string? MessageId);

/// <summary>Words for the history.</summary>
internal static class MailSettlingText
{
    public const string Found = "found at the mail service";
    public const string NotFound = "not found at the mail service";

    public static string Operator(string name) => $"on the word of {name}";
}

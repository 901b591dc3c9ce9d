using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Ledger;

/// <summary>Counts over the gifts of a campaign, taken in one snapshot. Memory grows with the number of dates and problems, not of columns.</summary>
public sealed class FigureStore
{
    private const string OfCampaign = """
        FROM gifts g LEFT JOIN mails m ON m.environment = g.environment AND m.campaign_id = g.campaign_id AND m.row_no = g.row_no AND m.purpose = 'gift'
        WHERE g.environment = $env AND g.campaign_id = $id
        """;

    private readonly LedgerConnection connection;

    internal FigureStore(LedgerConnection connection) => this.connection = connection;

    /// <summary>Counts a campaign.</summary>
    /// <param name="environment">Its environment.</param>
    /// <param name="campaignId">Its id.</param>
    internal CountedCampaign Count(GiftEnvironment environment, string campaignId) => connection.Read(c =>
    {
        ReadOnlySpan<(string, object?)> who = [("env", environment.ToString()), ("id", campaignId)];
        var groups = c.Query(
            $"""
            SELECT g.language, m.template_hash, m.subject, g.status, count(*),
                   sum(CASE WHEN g.order_id IS NOT NULL OR g.link IS NOT NULL THEN g.price_cents ELSE 0 END),
                   count(CASE WHEN g.order_id IS NOT NULL OR g.link IS NOT NULL THEN 1 END),
                   count(CASE WHEN g.link IS NOT NULL OR EXISTS (SELECT 1 FROM gift_codes k WHERE k.environment = g.environment AND k.campaign_id = g.campaign_id AND k.row_no = g.row_no) THEN 1 END),
                   count(CASE WHEN m.state = 'Sent' THEN 1 END),
                   count(CASE WHEN g.clicked_at IS NOT NULL OR (g.delivered_at IS NOT NULL AND coalesce(g.delivery_problem, '') NOT LIKE '%bounce%') THEN 1 END),
                   count(CASE WHEN g.delivery_problem LIKE '%bounce%' THEN 1 END),
                   count(CASE WHEN g.delivery_problem LIKE 'blocked%' THEN 1 END),
                   count(CASE WHEN g.delivery_problem LIKE 'spam%' THEN 1 END),
                   count(CASE WHEN g.opened_at IS NOT NULL AND g.open_is_weak = 0 THEN 1 END),
                   count(CASE WHEN g.opened_at IS NOT NULL AND g.open_is_weak = 1 THEN 1 END),
                   count(CASE WHEN g.clicked_at IS NOT NULL THEN 1 END),
                   count(CASE WHEN g.scanned_at IS NOT NULL AND g.clicked_at IS NULL THEN 1 END),
                   count(CASE WHEN g.clicked_at IS NOT NULL AND g.status = 'LinkCreated' THEN 1 END),
                   count(CASE WHEN g.clicked_at IS NULL AND g.status = 'LinkCreated' AND m.state = 'Sent' AND g.delivery_problem IS NULL THEN 1 END),
                   count(CASE WHEN g.clicked_at IS NULL AND g.status = 'LinkCreated' AND m.state = 'Sent' AND g.delivery_problem IS NOT NULL THEN 1 END)
            {OfCampaign} GROUP BY g.language, m.template_hash, m.subject, g.status
            """,
            r => new CountedGroup(
                r.Enum<GiftLanguage>(0), r.TextOrNull(1), r.TextOrNull(2), r.Enum<GiftStatus>(3), r.Int(4), r.Long(5), r.Int(6), r.Int(7), r.Int(8), r.Int(9), r.Int(10),
                r.Int(11), r.Int(12), r.Int(13), r.Int(14), r.Int(15), r.Int(16), r.Int(17), r.Int(18), r.Int(19)), who);
        var brands = c.Query(
            $"SELECT g.brand_selected, count(*), sum(g.price_cents) {OfCampaign} AND g.status = 'Redeemed' GROUP BY g.brand_selected ORDER BY 2 DESC, 1",
            r => new CountedBrand(r.TextOrNull(0), r.Int(1), r.Long(2)), who);
        var moments = c.Query(
            $"SELECT m.sent_at, g.clicked_at, CASE WHEN g.status = 'Redeemed' THEN g.redeemed_at END {OfCampaign} AND (g.clicked_at IS NOT NULL OR g.redeemed_at IS NOT NULL)",
            r => new GiftMoments(r.InstantOrNull(0), r.InstantOrNull(1), r.InstantOrNull(2)), who);
        var problems = c.Query(
            $"SELECT g.row_no, g.customer_id, g.delivery_problem {OfCampaign} AND g.delivery_problem IS NOT NULL ORDER BY g.row_no",
            r => new GiftProblem(r.Int(0), r.TextOrNull(1), r.Text(2)), who);
        var unsent = c.Query(
            $"SELECT g.row_no, g.customer_id, m.state, m.error {OfCampaign} AND m.state NOT IN ('Sent', 'NotSent') ORDER BY g.row_no",
            r => new UnsentMail(r.Int(0), r.TextOrNull(1), r.Enum<MailState>(2), r.TextOrNull(3)), who);
        var suppressed = c.Query(
            $"""
            SELECT g.row_no, g.customer_id {OfCampaign} AND (m.state IS NULL OR m.state <> 'Sent') AND g.status IN ('New', 'LinkCreated')
                AND EXISTS (SELECT 1 FROM suppressions s WHERE s.email_key = g.email_key) ORDER BY g.row_no
            """,
            r => new GiftProblem(r.Int(0), r.TextOrNull(1), ""), who);
        return new CountedCampaign(groups, brands, moments, problems, unsent, suppressed);
    });
}

/// <summary>Everything counted of a campaign.</summary>
internal sealed record CountedCampaign(
    IReadOnlyList<CountedGroup> Groups, IReadOnlyList<CountedBrand> Brands, IReadOnlyList<GiftMoments> Moments,
    IReadOnlyList<GiftProblem> Problems, IReadOnlyList<UnsentMail> Unsent, IReadOnlyList<GiftProblem> Suppressed);

/// <summary>Gifts alike in language, creative and status; the cents are those of the ordered ones.</summary>
internal sealed record CountedGroup(
    GiftLanguage Language, string? TemplateHash, string? Subject, GiftStatus Status, int Gifts, long Cents, int Ordered, int Linked, int Sent, int Delivered, int Bounced,
    int Blocked, int Complained, int Opened, int OpenedWeakly, int Clicked, int ScannedOnly, int ClickedOpen, int WaitingOpen, int ProblemOpen);

/// <summary>Gifts redeemed at one brand; null where the provider does not say which.</summary>
internal sealed record CountedBrand(string? Code, int Gifts, long Cents);

/// <summary>When the mail of a gift was accepted, its link clicked, the gift redeemed.</summary>
internal sealed record GiftMoments(DateTimeOffset? SentAt, DateTimeOffset? ClickedAt, DateTimeOffset? RedeemedAt);

/// <summary>A gift with a delivery problem.</summary>
internal sealed record GiftProblem(int Row, string? CustomerId, string Problem);

/// <summary>A gift whose mail was tried and is not sent.</summary>
internal sealed record UnsentMail(int Row, string? CustomerId, MailState State, string? Error);

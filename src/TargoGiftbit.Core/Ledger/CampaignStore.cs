using System.Text.Json;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Ledger;

/// <summary>Campaigns: their terms, where they stand, and when the next poll is due.</summary>
public sealed class CampaignStore
{
    private const string Select = """
        SELECT c.environment, c.campaign_id, c.provider, c.order_mode, c.price_cents, c.currency, c.brand_codes, c.region,
               c.expiry, c.subject, c.message, c.order_state, c.provider_order_id, c.created_at, c.ordered_at,
               c.sending_completed_at, c.last_poll_at, c.next_poll_at,
               (SELECT count(*) FROM gifts g WHERE g.environment = c.environment AND g.campaign_id = c.campaign_id),
               (SELECT count(*) FROM gifts g WHERE g.environment = c.environment AND g.campaign_id = c.campaign_id AND (g.link IS NOT NULL OR EXISTS (
                   SELECT 1 FROM gift_codes k WHERE k.environment = g.environment AND k.campaign_id = g.campaign_id AND k.row_no = g.row_no))),
               (SELECT count(*) FROM mails m WHERE m.environment = c.environment AND m.campaign_id = c.campaign_id AND m.purpose = 'gift' AND m.state = 'Sent'),
               (SELECT count(*) FROM gifts g WHERE g.environment = c.environment AND g.campaign_id = c.campaign_id AND g.status = 'Redeemed'),
               (SELECT count(*) FROM gifts g WHERE g.environment = c.environment AND g.campaign_id = c.campaign_id AND g.is_closed = 1),
               c.gift_kind, c.program
        FROM campaigns c
        """;

    private readonly LedgerConnection connection;
    private readonly TimeProvider clock;

    internal CampaignStore(LedgerConnection connection, TimeProvider clock) => (this.connection, this.clock) = (connection, clock);

    /// <summary>The campaign, or null.</summary>
    public GiftCampaign? Find(GiftEnvironment environment, string campaignId) => connection.Read(c => c
        .Query(Select + " WHERE c.environment = $env AND c.campaign_id = $id", Map, ("env", environment.ToString()), ("id", campaignId))
        .FirstOrDefault());

    /// <summary>The campaign.</summary>
    /// <exception cref="LedgerException"><c>CampaignUnknown</c>.</exception>
    public GiftCampaign Get(GiftEnvironment environment, string campaignId) => Find(environment, campaignId) ?? throw Unknown(environment, campaignId);

    /// <summary>Demands that the campaign is there, without counting its gifts, which takes time with very many.</summary>
    /// <exception cref="LedgerException"><c>CampaignUnknown</c>.</exception>
    public void Require(GiftEnvironment environment, string campaignId)
    {
        var found = connection.Read(c => c.Scalar<long?>(
            "SELECT 1 FROM campaigns WHERE environment = $env AND campaign_id = $id", ("env", environment.ToString()), ("id", campaignId)));
        if (found is null) throw Unknown(environment, campaignId);
    }

    /// <summary>All campaigns, newest first; of one environment when given.</summary>
    public IReadOnlyList<GiftCampaign> List(GiftEnvironment? environment = null) => connection.Read(c => environment is { } env
        ? c.Query(Select + " WHERE c.environment = $env ORDER BY c.created_at DESC, c.campaign_id", Map, ("env", env.ToString()))
        : c.Query(Select + " ORDER BY c.created_at DESC, c.campaign_id", Map));

    /// <summary>Ids of one environment's campaigns, newest first.</summary>
    public IReadOnlyList<string> Ids(GiftEnvironment environment) => connection.Read(c => c.Query(
        "SELECT campaign_id FROM campaigns WHERE environment = $env ORDER BY created_at DESC, campaign_id", r => r.Text(0), ("env", environment.ToString())));

    /// <summary>Ids alone, for completion.</summary>
    public IReadOnlyList<string> Ids() => connection.Read(c => c.Query("SELECT DISTINCT campaign_id FROM campaigns ORDER BY campaign_id", r => r.Text(0)));

    /// <summary>Campaigns whose next poll is due at <paramref name="now"/>.</summary>
    public IReadOnlyList<GiftCampaign> Due(DateTimeOffset now) => connection.Read(c => c
        .Query(Select + " WHERE c.next_poll_at <= $now ORDER BY c.next_poll_at", Map, ("now", now.ToUnixTimeMilliseconds())));

    /// <summary>Campaigns of which the mail service may have news: mailed, and either with open gifts or mailed since <paramref name="since"/>.</summary>
    public IReadOnlyList<GiftCampaign> Mailed(DateTimeOffset since) => connection.Read(c => c.Query(
        Select + """
         WHERE EXISTS (SELECT 1 FROM hand_overs h WHERE h.environment = c.environment AND h.campaign_id = c.campaign_id
            AND (h.started_at >= $since OR EXISTS (SELECT 1 FROM gifts g WHERE g.environment = c.environment AND g.campaign_id = c.campaign_id AND g.is_closed = 0)))
         ORDER BY c.created_at, c.campaign_id
        """, Map, ("since", since.ToUnixTimeMilliseconds())));

    /// <summary>When the next poll of any campaign is due, or null.</summary>
    public DateTimeOffset? NextDue() => connection.Read(c => c.Scalar<long?>("SELECT min(next_poll_at) FROM campaigns")) is { } ms
        ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    /// <summary>Checks terms against a campaign that has gifts or an order that was not refused.</summary>
    /// <returns>That campaign, or null when the terms are still open.</returns>
    /// <exception cref="LedgerException"><c>CampaignTermsDiffer</c>.</exception>
    internal GiftCampaign? RequireSameTerms(GiftCampaign terms)
    {
        var known = Find(terms.Environment, terms.CampaignId);
        if (known is null) return null;
        var orders = connection.Read(c => c.Scalar<long>(
            "SELECT count(*) FROM orders WHERE environment = $env AND campaign_id = $id AND state <> 'Refused'",
            ("env", terms.Environment.ToString()), ("id", terms.CampaignId)));
        if (orders + known.LinkCount == 0) return null;
        CampaignTerms.RequireSame(known, terms);
        return known;
    }

    /// <summary>
    /// Enters a campaign, or accepts the one that is there when its terms are the same. Terms may still change as long as no
    /// order of it has been accepted or is in doubt, since nothing was ordered with the old ones.
    /// </summary>
    /// <exception cref="LedgerException"><c>CampaignTermsDiffer</c>.</exception>
    internal GiftCampaign Enter(GiftCampaign terms)
    {
        if (RequireSameTerms(terms) is { } known) return known;
        connection.Write(c => c.Execute(
            """
            INSERT INTO campaigns (environment, campaign_id, provider, order_mode, price_cents, currency, brand_codes, region, expiry, subject, message, order_state, created_at, gift_kind, program)
            VALUES ($env, $id, $provider, $mode, $price, $currency, $brands, $region, $expiry, $subject, $message, $state, $now, $kind, $program)
            ON CONFLICT (environment, campaign_id) DO UPDATE SET provider = excluded.provider, order_mode = excluded.order_mode,
                price_cents = excluded.price_cents, currency = excluded.currency, brand_codes = excluded.brand_codes, region = excluded.region,
                expiry = excluded.expiry, subject = excluded.subject, message = excluded.message, order_state = excluded.order_state,
                gift_kind = excluded.gift_kind, program = excluded.program
            """,
            ("env", terms.Environment.ToString()), ("id", terms.CampaignId), ("provider", terms.Provider), ("mode", terms.OrderMode.ToString()),
            ("price", terms.Price.Cents), ("currency", terms.Price.Currency), ("brands", JsonSerializer.Serialize(terms.BrandCodes, LedgerJson.Default.IReadOnlyListString)),
            ("region", terms.Region), ("expiry", LedgerValue.Of(terms.Expiry)), ("subject", terms.Subject), ("message", terms.Message),
            ("state", terms.OrderState.ToString()), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()),
            ("kind", terms.Kind.ToString()), ("program", terms.Program)));
        // Gifts that were entered for a refused order take the new terms; no gift of theirs exists yet.
        connection.Write(c => c.Execute(
            "UPDATE gifts SET price_cents = $price, currency = $currency, expiry = $expiry, provider = $provider WHERE environment = $env AND campaign_id = $id",
            ("price", terms.Price.Cents), ("currency", terms.Price.Currency), ("expiry", LedgerValue.Of(terms.Expiry)), ("provider", terms.Provider),
            ("env", terms.Environment.ToString()), ("id", terms.CampaignId)));
        return Get(terms.Environment, terms.CampaignId);
    }

    /// <summary>Notes whether, and when, the sending of a campaign was complete (spec F1).</summary>
    public void NoteSending(GiftEnvironment environment, string campaignId, DateTimeOffset? completedAt) => connection.Write(c => c.Execute(
        "UPDATE campaigns SET sending_completed_at = $done WHERE environment = $env AND campaign_id = $id",
        ("done", LedgerValue.Of(completedAt)), ("env", environment.ToString()), ("id", campaignId)));

    /// <summary>Stores when the next poll is due and, when given, that one has just been made.</summary>
    public void NotePoll(GiftEnvironment environment, string campaignId, DateTimeOffset? polledAt, DateTimeOffset? nextPollAt) => connection.Write(c => c.Execute(
        "UPDATE campaigns SET last_poll_at = coalesce($polled, last_poll_at), next_poll_at = $next WHERE environment = $env AND campaign_id = $id",
        ("polled", LedgerValue.Of(polledAt)), ("next", LedgerValue.Of(nextPollAt)), ("env", environment.ToString()), ("id", campaignId)));

    /// <summary>What the poll schedule needs to know.</summary>
    public PollFacts Facts(GiftEnvironment environment, string campaignId) => connection.Read(c => c.Query(
        """
        SELECT c.expiry,
               (SELECT max(h.started_at) FROM hand_overs h WHERE h.environment = c.environment AND h.campaign_id = c.campaign_id
                 AND h.purpose = 'gift' AND (h.outcome IS NULL OR h.outcome <> 'NotTried')),
               c.last_poll_at,
               (SELECT count(*) FROM gifts g WHERE g.environment = c.environment AND g.campaign_id = c.campaign_id AND g.is_closed = 0),
               (SELECT count(*) FROM gifts g LEFT JOIN mails m ON m.environment = g.environment AND m.campaign_id = g.campaign_id AND m.row_no = g.row_no AND m.purpose = 'gift'
                 WHERE g.environment = c.environment AND g.campaign_id = c.campaign_id AND g.is_closed = 0
                   AND (m.state IS NULL OR m.state NOT IN ('Sent', 'Refused')))
        FROM campaigns c WHERE c.environment = $env AND c.campaign_id = $id
        """,
        r => new PollFacts(r.Date(0), r.InstantOrNull(1), r.InstantOrNull(2), r.Int(3), r.Int(4)),
        ("env", environment.ToString()), ("id", campaignId)).Single());

    private static GiftCampaign Map(LedgerRow r) => new()
    {
        Environment = r.Enum<GiftEnvironment>(0),
        CampaignId = r.Text(1),
        Provider = r.Text(2),
        OrderMode = r.Enum<OrderMode>(3),
        Price = new Money(r.Long(4), r.Text(5)),
        BrandCodes = JsonSerializer.Deserialize(r.Text(6), LedgerJson.Default.IReadOnlyListString) ?? [],
        Region = r.TextOrNull(7),
        Expiry = r.Date(8),
        Subject = r.Text(9),
        Message = r.Text(10),
        OrderState = r.Enum<OrderState>(11),
        ProviderCampaignId = r.TextOrNull(12),
        CreatedAt = r.Instant(13),
        OrderedAt = r.InstantOrNull(14),
        SendingCompletedAt = r.InstantOrNull(15),
        LastPollAt = r.InstantOrNull(16),
        NextPollAt = r.InstantOrNull(17),
        GiftCount = r.Int(18),
        LinkCount = r.Int(19),
        SentCount = r.Int(20),
        RedeemedCount = r.Int(21),
        ClosedCount = r.Int(22),
        Kind = r.Enum<GiftKind>(23),
        Program = r.TextOrNull(24),
    };

    private static LedgerException Unknown(GiftEnvironment environment, string campaignId) =>
        new("CampaignUnknown", LedgerText.CampaignUnknown(campaignId, environment.ToString().ToLowerInvariant()));
}

/// <summary>What decides when a campaign is polled next (spec F1).</summary>
/// <param name="Expiry">Last day of the claim period.</param>
/// <param name="LastHandOverAt">Last hand-over of a mail, or null when none was sent.</param>
/// <param name="LastPollAt">Last poll, or null.</param>
/// <param name="OpenGifts">Gifts that still need polls.</param>
/// <param name="UnsettledGifts">Open gifts whose mail has neither been accepted nor refused for good.</param>
public sealed record PollFacts(DateOnly Expiry, DateTimeOffset? LastHandOverAt, DateTimeOffset? LastPollAt, int OpenGifts, int UnsettledGifts);

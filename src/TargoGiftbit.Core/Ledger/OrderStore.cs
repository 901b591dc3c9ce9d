using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Core.Ledger;

/// <summary>
/// Orders: who gets which row, the exact bytes before the first POST, and what came of them (spec, introduction and B3).
/// </summary>
public sealed class OrderStore
{
    private readonly LedgerConnection connection;
    private readonly TimeProvider clock;
    private readonly CampaignStore campaigns;
    private readonly GiftStore gifts;

    internal OrderStore(LedgerConnection connection, TimeProvider clock)
    {
        this.connection = connection;
        this.clock = clock;
        campaigns = new CampaignStore(connection, clock);
        gifts = new GiftStore(connection, clock);
    }

    /// <summary>
    /// Enters a campaign and its contacts, gives new customers their rows, and writes down the orders still to be placed: all in one
    /// transaction, before anything leaves the process. Repeating it with the same, a re-sorted or an extended list is safe.
    /// </summary>
    /// <param name="terms">The terms; must equal the stored ones once something has been ordered.</param>
    /// <param name="contacts">Contacts that passed all checks.</param>
    /// <param name="recipient">What of a gift may leave the process.</param>
    /// <param name="prepare">Lays out the bytes of an order.</param>
    /// <param name="orderId">The provider's form of one recipient's order id: campaign, row, index.</param>
    /// <exception cref="LedgerException"><c>CampaignTermsDiffer</c>, <c>OrderIdTaken</c>.</exception>
    public OrderPlan Plan(GiftCampaign terms, IReadOnlyList<GiftContact> contacts, Func<Gift, OrderRecipient> recipient, Func<string, IReadOnlyList<OrderRecipient>, PreparedOrder> prepare, Func<string, int, int, string>? orderId = null) => connection.Write(c =>
    {
        var campaign = campaigns.Enter(terms);
        var enrolment = new Enrolment(c, clock, campaign);
        var rows = contacts.Select(contact => enrolment.RowOf(contact)).ToList();
        var byRow = gifts.OfCampaign(terms.Environment, terms.CampaignId).ToDictionary(g => g.Row);
        var all = rows.ConvertAll(row => byRow[row]);
        var pending = all.Where(g => g is { OrderId: null, Link: null, Status: GiftStatus.New }).OrderBy(g => g.Row).ToList();
        if (pending.Count > 0)
        {
            var orders = new OrderWriter(c, clock, campaign);
            if (campaign.OrderMode == OrderMode.Batch)
                orders.Write(orders.BatchId(pending[0].Row), pending, recipient, prepare);
            else
                foreach (var gift in pending)
                    orders.Write(orders.SingleId(gift.Row, orderId), [gift], recipient, prepare);
        }
        return new OrderPlan(campaigns.Get(terms.Environment, terms.CampaignId), all, pending.Count, enrolment.ChangedAddresses, Open(c, campaign));
    });

    /// <summary>What is known of the orders of a campaign without their bytes.</summary>
    public IReadOnlyList<OrderBrief> Briefs(GiftEnvironment environment, string campaignId) => connection.Read(c => c.Query(
        "SELECT order_id, provider_order_id, refused_unnamed FROM orders WHERE environment = $env AND campaign_id = $id",
        r => new OrderBrief(r.Text(0), r.TextOrNull(1), r.Int(2)), ("env", environment.ToString()), ("id", campaignId)));

    /// <summary>Which of the contacts are not in any order of the campaign yet, and how many of its orders are still to be placed. Writes nothing.</summary>
    public OrderOutlook Outlook(GiftCampaign terms, IReadOnlyList<GiftContact> contacts) => connection.Read(c =>
    {
        campaigns.RequireSameTerms(terms);
        var ordered = new HashSet<string>(StringComparer.Ordinal);
        // Of a replaced gift and its replacement, the newest stands for the customer.
        c.ForEach(
            """
            SELECT customer_key FROM gifts g WHERE environment = $env AND campaign_id = $id AND (order_id IS NOT NULL OR link IS NOT NULL OR status <> 'New')
                AND NOT EXISTS (SELECT 1 FROM gifts n WHERE n.environment = g.environment AND n.campaign_id = g.campaign_id AND n.customer_key = g.customer_key AND n.generation > g.generation)
            """,
            r => ordered.Add(r.Text(0)) || true, ("env", terms.Environment.ToString()), ("id", terms.CampaignId));
        return new OrderOutlook([.. contacts.Where(contact => !ordered.Contains(Enrolment.KeyOf(contact)))], Open(c, terms).Count);
    });

    /// <summary>Enters gifts that were ordered elsewhere, with their links, in one transaction (spec C3). Entering them again changes nothing.</summary>
    /// <param name="terms">The terms; must equal the stored ones when the campaign is known.</param>
    /// <param name="joined">The gifts and whose they are.</param>
    /// <exception cref="LedgerException"><c>CampaignTermsDiffer</c>, <c>RowTaken</c>, <c>LinkTaken</c>, <c>LinkDiffers</c>: nothing was entered.</exception>
    public IReadOnlyList<Gift> EnterJoined(GiftCampaign terms, IReadOnlyList<JoinedGift> joined) => connection.Write(c =>
    {
        var campaign = campaigns.Enter(terms);
        var enrolment = new Enrolment(c, clock, campaign);
        var ids = joined.Select(j => new GiftId(campaign.Environment, campaign.CampaignId, enrolment.RowOf(j.Contact, j.Row))).ToList();
        gifts.StoreLinks([.. ids.Zip(joined, (id, j) => new FoundLink(id, j.Link, j.ProviderGiftId))]);
        foreach (var id in ids)
            // The provider lists them under the campaign's own id, so that is where statuses are asked for.
            c.Execute("UPDATE gifts SET order_id = coalesce(order_id, $id) WHERE environment = $env AND campaign_id = $id AND row_no = $row",
                ("id", id.CampaignId), ("env", id.Environment.ToString()), ("row", id.Row));
        return ids.Select(gifts.Get).ToList();
    });

    /// <summary>The orders of a campaign in the order they were written.</summary>
    public IReadOnlyList<StoredOrder> OfCampaign(GiftEnvironment environment, string campaignId) => connection.Read(c => c.Query(
        Select + " WHERE environment = $env AND campaign_id = $id ORDER BY created_at, order_id", r => Map(r, environment),
        ("env", environment.ToString()), ("id", campaignId)));

    /// <summary>Notes that an order is about to be posted.</summary>
    public void NoteAttempt(StoredOrder order) => connection.Write(c => c.Execute(
        "UPDATE orders SET attempts = attempts + 1 WHERE environment = $env AND provider = $provider AND order_id = $order",
        ("env", order.Environment.ToString()), ("provider", order.Provider), ("order", order.Prepared.OrderId)));

    /// <summary>Stores the provider's acceptance.</summary>
    public void RecordAnswer(StoredOrder order, OrderAnswer answer) => connection.Write(c =>
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        c.Execute(
            """
            UPDATE orders SET state = $state, provider_order_id = coalesce($pid, provider_order_id), settled_at = $now, cost_cents = coalesce($cost, cost_cents), refused_unnamed = CASE WHEN $unnamed > 0 THEN $unnamed ELSE refused_unnamed END
            WHERE environment = $env AND provider = $provider AND order_id = $order
            """,
            ("state", answer.State.ToString()), ("pid", answer.ProviderOrderId), ("now", now), ("cost", answer.TotalCost?.Cents), ("unnamed", answer.RefusedUnnamed),
            ("env", order.Environment.ToString()), ("provider", order.Provider), ("order", order.Prepared.OrderId));
        c.Execute(
            """
            UPDATE campaigns SET ordered_at = coalesce(ordered_at, $now), provider_order_id = coalesce(provider_order_id, $pid)
            WHERE environment = $env AND campaign_id = $id
            """,
            ("now", now), ("pid", answer.ProviderOrderId), ("env", order.Environment.ToString()), ("id", order.CampaignId));
        Summarise(c, order);
        if (order.State != answer.State)
            HistoryStore.Insert(c, clock, order.Environment, order.CampaignId, null, "Order" + answer.State, order.Prepared.OrderId);
    });

    /// <summary>Stores that the provider certainly did not take an order; its gifts may be ordered anew.</summary>
    public void RecordRefusal(StoredOrder order, string reason) => connection.Write(c =>
    {
        c.Execute(
            "UPDATE orders SET state = 'Refused', refusal = $reason, settled_at = $now WHERE environment = $env AND provider = $provider AND order_id = $order",
            ("reason", reason), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()),
            ("env", order.Environment.ToString()), ("provider", order.Provider), ("order", order.Prepared.OrderId));
        c.Execute(
            "UPDATE gifts SET order_id = NULL WHERE environment = $env AND order_id = $order AND campaign_id = $id AND link IS NULL",
            ("env", order.Environment.ToString()), ("order", order.Prepared.OrderId), ("id", order.CampaignId));
        Summarise(c, order);
        HistoryStore.Insert(c, clock, order.Environment, order.CampaignId, null, "OrderRefused", $"{order.Prepared.OrderId}: {reason}");
    });

    /// <summary>The gifts of a campaign that failed at the provider and were never sent.</summary>
    public IReadOnlyList<Gift> FailedOf(GiftEnvironment environment, string campaignId) =>
        [.. gifts.OfCampaign(environment, campaignId).Where(g => g is { Status: GiftStatus.Failed or GiftStatus.Expired, IsReady: false, MailState: MailState.NotSent, OrderId: not null })];

    /// <summary>
    /// Frees a gift of <see cref="FailedOf"/>, so that the next run orders it anew under the next index. The spent order stays on record.
    /// The caller has made sure that nothing can come of it any more.
    /// </summary>
    /// <returns>False when the gift has changed meanwhile.</returns>
    public bool Release(Gift gift) => connection.Write(c =>
    {
        var rows = c.Execute(
            """
            UPDATE gifts SET status = 'New', provider_status = NULL, provider_gift_id = NULL, order_id = NULL, is_closed = 0
            WHERE environment = $env AND campaign_id = $id AND row_no = $row AND order_id = $order AND status IN ('Failed', 'Expired')
            """,
            ("env", gift.Environment.ToString()), ("id", gift.CampaignId), ("row", gift.Row), ("order", gift.OrderId));
        if (rows > 0) HistoryStore.Add(c, clock, gift.Identity, "Released", gift.OrderId);
        return rows > 0;
    });

    /// <summary>The gift that was entered in place of another one, or null.</summary>
    /// <param name="id">The gift that was replaced.</param>
    public Gift? ReplacementOf(GiftId id) => connection.Read(c => c.Scalar<int?>(
        "SELECT row_no FROM gifts WHERE environment = $env AND campaign_id = $id AND replaces_row = $row",
        ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row)) is { } row ? gifts.Get(id with { Row = row }) : null);

    /// <summary>The client id under which the next gift entered in place of another one would be ordered.</summary>
    /// <param name="campaign">The campaign.</param>
    /// <param name="orderId">The provider's form of one recipient's order id: campaign, row, index.</param>
    public string ReplacementOrderId(GiftCampaign campaign, Func<string, int, int, string> orderId) => connection.Read(c =>
        new OrderWriter(c, clock, campaign).ReplacementId(gifts.LastRow(campaign.Environment, campaign.CampaignId) + 1, orderId));

    /// <summary>
    /// Enters a gift for the customer of a refunded one, with the order that is to make it, in one transaction: the order is then found and
    /// placed whatever the process dies at. Asked again, it is the same gift and the same order.
    /// </summary>
    /// <param name="id">The refunded gift.</param>
    /// <param name="recipient">What of a gift may leave the process.</param>
    /// <param name="prepare">Lays out the bytes of an order.</param>
    /// <param name="orderId">The provider's form of one recipient's order id: campaign, row, index.</param>
    /// <returns>The replacement as its only gift; its order is open unless it was placed before.</returns>
    /// <exception cref="LedgerException"><c>GiftUnknown</c>, <c>GiftNotRefunded</c>, <c>OrderIdTaken</c>.</exception>
    public OrderPlan Replace(GiftId id, Func<Gift, OrderRecipient> recipient, Func<string, IReadOnlyList<OrderRecipient>, PreparedOrder> prepare, Func<string, int, int, string> orderId) => connection.Write(c =>
    {
        var old = gifts.Get(id);
        var campaign = campaigns.Get(id.Environment, id.CampaignId);
        var gift = ReplacementOf(id);
        if (gift is null)
        {
            // Two open gifts of one customer would be two gifts: the first is cancelled before the second can exist.
            if (old.Status != GiftStatus.Refunded) throw new LedgerException("GiftNotRefunded", LedgerText.NotRefunded(id.ToString(), old.Status.ToString()));
            gift = gifts.Get(new Enrolment(c, clock, campaign).Succeed(id));
        }
        var isNew = gift is { OrderId: null, Link: null, Status: GiftStatus.New };
        var orders = new OrderWriter(c, clock, campaign);
        if (isNew) orders.Write(orders.ReplacementId(gift.Row, orderId), [gift], recipient, prepare);
        gift = gifts.Get(gift.Identity);
        return new OrderPlan(campaign, [gift], isNew ? 1 : 0, [], Open(c, campaign).FindAll(o => o.Prepared.OrderId == gift.OrderId));
    });

    /// <summary>Replaces the bytes of an order that was certainly not taken, for example to add <c>link_count</c>.</summary>
    public StoredOrder Rewrite(StoredOrder order, PreparedOrder prepared) => connection.Write(c =>
    {
        c.Execute(
            "UPDATE orders SET body = $body, body_hash = $hash WHERE environment = $env AND provider = $provider AND order_id = $order",
            ("body", prepared.Body.ToArray()), ("hash", prepared.Hash),
            ("env", order.Environment.ToString()), ("provider", order.Provider), ("order", prepared.OrderId));
        return order with { Prepared = prepared };
    });

    private const string Select = "SELECT provider, order_id, campaign_id, body, body_hash, state, provider_order_id, attempts FROM orders";

    private static StoredOrder Map(LedgerRow r, GiftEnvironment environment) => new(
        environment, r.Text(0), r.Text(2), new PreparedOrder(r.Text(1), r.Bytes(3), r.Text(4)), r.Enum<OrderState>(5), r.TextOrNull(6), r.Int(7));

    private static List<StoredOrder> Open(LedgerConnection c, GiftCampaign campaign) => c.Query(
        Select + " WHERE environment = $env AND campaign_id = $id AND state = 'Prepared' ORDER BY created_at, order_id", r => Map(r, campaign.Environment),
        ("env", campaign.Environment.ToString()), ("id", campaign.CampaignId));

    // A campaign stands as its least settled order stands; a refused order counts only when there is no other.
    private static void Summarise(LedgerConnection c, StoredOrder order) => c.Execute(
        """
        UPDATE campaigns SET order_state = coalesce(
            (SELECT CASE min(CASE state WHEN 'Prepared' THEN 1 WHEN 'FundsRequired' THEN 2 WHEN 'FundsPending' THEN 3 ELSE 4 END)
                    WHEN 1 THEN 'Prepared' WHEN 2 THEN 'FundsRequired' WHEN 3 THEN 'FundsPending' WHEN 4 THEN 'Created' END
             FROM orders o WHERE o.environment = campaigns.environment AND o.campaign_id = campaigns.campaign_id AND o.state <> 'Refused'), 'Refused')
        WHERE environment = $env AND campaign_id = $id
        """,
        ("env", order.Environment.ToString()), ("id", order.CampaignId));
}

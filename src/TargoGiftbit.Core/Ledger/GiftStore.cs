using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Core.Ledger;

/// <summary>Gifts: look-up, links and statuses.</summary>
public sealed class GiftStore
{
    private readonly LedgerConnection connection;
    private readonly TimeProvider clock;

    internal GiftStore(LedgerConnection connection, TimeProvider clock) => (this.connection, this.clock) = (connection, clock);

    /// <summary>The gift, or null.</summary>
    public Gift? Find(GiftId id) => connection.Read(c => c.Query(
        GiftRows.Select + " WHERE g.environment = $env AND g.campaign_id = $id AND g.row_no = $row", GiftRows.Map,
        ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row)).FirstOrDefault());

    /// <summary>The gift.</summary>
    /// <exception cref="LedgerException"><c>GiftUnknown</c>.</exception>
    public Gift Get(GiftId id) => Find(id) ?? throw new LedgerException("GiftUnknown", LedgerText.GiftUnknown(id.ToString()));

    /// <summary>The gifts of a campaign in row order.</summary>
    public IReadOnlyList<Gift> OfCampaign(GiftEnvironment environment, string campaignId) => connection.Read(c => c.Query(
        GiftRows.Select + " WHERE g.environment = $env AND g.campaign_id = $id ORDER BY g.row_no", GiftRows.Map,
        ("env", environment.ToString()), ("id", campaignId)));

    /// <summary>The identities of a campaign's gifts in row order, for those who need no more.</summary>
    public IReadOnlyList<GiftId> IdsOf(GiftEnvironment environment, string campaignId) => connection.Read(c => c.Query(
        "SELECT row_no FROM gifts WHERE environment = $env AND campaign_id = $id ORDER BY row_no", r => new GiftId(environment, campaignId, r.Int(0)),
        ("env", environment.ToString()), ("id", campaignId)));

    /// <summary>The highest row of a campaign; 0 when it has none.</summary>
    internal int LastRow(GiftEnvironment environment, string campaignId) => connection.Read(c => c.Scalar<int?>(
        "SELECT max(row_no) FROM gifts WHERE environment = $env AND campaign_id = $id", ("env", environment.ToString()), ("id", campaignId))) ?? 0;

    /// <summary>
    /// A page of gifts after a row, in row order: memory stays flat however large the campaign is, and no lock is held between pages.
    /// </summary>
    /// <param name="environment">The environment.</param>
    /// <param name="campaignId">The campaign.</param>
    /// <param name="afterRow">Rows greater than this; 0 for the first page.</param>
    /// <param name="count">At most this many.</param>
    public IReadOnlyList<Gift> Page(GiftEnvironment environment, string campaignId, int afterRow, int count) => connection.Read(c => c.Query(
        GiftRows.Select + " WHERE g.environment = $env AND g.campaign_id = $id AND g.row_no > $after ORDER BY g.row_no LIMIT $count", GiftRows.Map,
        ("env", environment.ToString()), ("id", campaignId), ("after", afterRow), ("count", count)));

    /// <summary>The gifts of one order in row order.</summary>
    public IReadOnlyList<Gift> OfOrder(GiftEnvironment environment, string orderId) => connection.Read(c => c.Query(
        GiftRows.Select + " WHERE g.environment = $env AND g.order_id = $order ORDER BY g.row_no", GiftRows.Map,
        ("env", environment.ToString()), ("order", orderId)));

    /// <summary>Gifts of a customer: by customer id, or by e-mail, in every campaign.</summary>
    public IReadOnlyList<Gift> OfCustomer(string customerIdOrEmail) => connection.Read(c => c.Query(
        GiftRows.Select + " WHERE g.customer_id = $who OR g.email_key = $key ORDER BY g.created_at, g.row_no", GiftRows.Map,
        ("who", customerIdOrEmail), ("key", SuppressionStore.KeyOf(customerIdOrEmail))));

    /// <summary>The gift that the provider knows by this id, or null.</summary>
    public Gift? FindByProviderId(GiftEnvironment environment, string provider, string providerGiftId) => connection.Read(c => c.Query(
        GiftRows.Select + " WHERE g.environment = $env AND g.provider = $provider AND g.provider_gift_id = $pid", GiftRows.Map,
        ("env", environment.ToString()), ("provider", provider), ("pid", providerGiftId)).FirstOrDefault());

    /// <summary>
    /// Stores the links found for gifts, in one transaction. The same link again is no change; another link for a gift, or a
    /// link that is another gift's, is refused and nothing of the call is stored.
    /// </summary>
    /// <returns>The gifts that got their link now.</returns>
    /// <exception cref="LedgerException"><c>LinkTaken</c>, <c>LinkDiffers</c>.</exception>
    public IReadOnlyList<GiftId> StoreLinks(IReadOnlyList<FoundLink> links) => connection.Write(c =>
    {
        var stored = new List<GiftId>();
        foreach (var found in links)
        {
            var id = found.Gift;
            var hash = found.Link.Hash();
            var owner = c.Query("SELECT campaign_id, row_no FROM gifts WHERE environment = $env AND link_hash = $hash", r => new GiftId(id.Environment, r.Text(0), r.Int(1)),
                ("env", id.Environment.ToString()), ("hash", hash));
            if (owner.Count > 0 && owner[0] == id) continue;
            if (owner.Count > 0) throw new LedgerException("LinkTaken", LedgerText.LinkTaken(id.ToString(), owner[0].ToString()));
            var changed = c.Execute(
                """
                UPDATE gifts SET link = $link, link_hash = $hash, provider_gift_id = coalesce($pid, provider_gift_id),
                    status = CASE WHEN status = 'New' THEN 'LinkCreated' ELSE status END
                WHERE environment = $env AND campaign_id = $id AND row_no = $row AND link IS NULL
                """,
                ("link", found.Link.Reveal()), ("hash", hash), ("pid", found.ProviderGiftId),
                ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row));
            if (changed == 0) throw Find(id) is null
                ? new LedgerException("GiftUnknown", LedgerText.GiftUnknown(id.ToString()))
                : new LedgerException("LinkDiffers", LedgerText.LinkDiffers(id.ToString()));
            HistoryStore.Add(c, clock, id, "LinkCreated", null);
            stored.Add(id);
        }
        return stored;
    });

    /// <summary>The codes of a gift, in the provider's order.</summary>
    public IReadOnlyList<GiftCode> CodesOf(GiftId id) => connection.Read(c => GiftCodeRows.Read(c, id));

    /// <summary>
    /// Stores the codes found for gifts, in one transaction. The same codes again are no change; other codes for a gift are refused
    /// and nothing of the call is stored.
    /// </summary>
    /// <returns>The gifts that got their codes now.</returns>
    /// <exception cref="LedgerException"><c>CodesDiffer</c>, <c>GiftUnknown</c>.</exception>
    public IReadOnlyList<GiftId> StoreCodes(IReadOnlyList<(GiftId Gift, IReadOnlyList<GiftCode> Codes)> found) => connection.Write(c =>
    {
        var stored = new List<GiftId>();
        foreach (var (id, codes) in found)
        {
            if (codes.Count == 0) continue;
            var known = GiftCodeRows.Read(c, id);
            if (known.Count > 0 && known.SequenceEqual(codes)) continue;
            if (known.Count > 0) throw new LedgerException("CodesDiffer", LedgerText.CodesDiffer(id.ToString()));
            if (Find(id) is null) throw new LedgerException("GiftUnknown", LedgerText.GiftUnknown(id.ToString()));
            GiftCodeRows.Insert(c, id, codes);
            HistoryStore.Add(c, clock, id, "CodesStored", null);
            stored.Add(id);
        }
        return stored;
    });

    /// <summary>
    /// Stores what a provider said of its gifts, in one transaction. Unchanged gifts cost no write. A null status keeps the old one.
    /// </summary>
    /// <returns>The gifts that changed.</returns>
    public IReadOnlyList<GiftId> StoreStatuses(IReadOnlyList<(GiftId Gift, ProviderGift Seen)> seen) => connection.Write(c =>
    {
        var changed = new List<GiftId>();
        foreach (var (id, gift) in seen)
        {
            // A link that exists is not unmade by a listing that says less (links may be listed apart from the gifts).
            var status = gift.Status is GiftStatus.New ? null : gift.Status?.ToString();
            var words = c.Execute(
                """
                UPDATE gifts SET provider_status = $raw, provider_gift_id = coalesce(provider_gift_id, $pid)
                WHERE environment = $env AND campaign_id = $id AND row_no = $row
                    AND (coalesce(provider_status, '') <> coalesce($raw, '') OR provider_gift_id IS NULL)
                """,
                ("raw", gift.RawStatus), ("pid", gift.ProviderGiftId), ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row));
            var facts = c.Execute(
                """
                UPDATE gifts SET status = coalesce($status, status), brand_selected = coalesce($brand, brand_selected), redeemed_at = coalesce($redeemed, redeemed_at),
                    refunded_at = CASE WHEN $status = 'Refunded' AND refunded_at IS NULL THEN $now ELSE refunded_at END,
                    is_closed = CASE WHEN coalesce($status, status) IN ('Redeemed', 'Refunded', 'Expired', 'Failed') THEN 1 ELSE is_closed END
                WHERE environment = $env AND campaign_id = $id AND row_no = $row
                    AND (status <> coalesce($status, status) OR coalesce(brand_selected, '') <> coalesce($brand, brand_selected, '')
                         OR coalesce(redeemed_at, 0) <> coalesce($redeemed, redeemed_at, 0))
                """,
                ("status", status),
                // The brand of an unredeemed gift is the only one offered, not one the customer chose.
                ("brand", gift.Status == GiftStatus.Redeemed ? gift.BrandCode : null),
                ("redeemed", LedgerValue.Of(gift.RedeemedAt)), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()),
                ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row));
            // A word that means nothing to us is a change worth telling; another word for the same status is not.
            if (facts == 0 && (words == 0 || gift.Status is not null)) continue;
            HistoryStore.Add(c, clock, id, "Status", gift.RawStatus is null ? status : $"{gift.Status?.ToString() ?? "unknown"} ({gift.RawStatus})");
            changed.Add(id);
        }
        return changed;
    });

    /// <summary>
    /// Corrects the contact of a gift. A new address makes a mail that was sent or refused due again; one that is under way or in doubt
    /// must be settled first.
    /// </summary>
    /// <param name="id">The gift.</param>
    /// <param name="change">What to change; null keeps.</param>
    /// <exception cref="LedgerException"><c>GiftUnknown</c>, <c>GiftNotOpen</c>, <c>GiftMailUnsettled</c>.</exception>
    public Gift SetContact(GiftId id, ContactChange change) => connection.Write(c =>
    {
        var gift = Get(id);
        if (gift.Status is not (GiftStatus.New or GiftStatus.LinkCreated)) throw new LedgerException("GiftNotOpen", LedgerText.GiftNotOpen(id.ToString(), gift.Status.ToString()));
        var moved = change.Email is { } email && SuppressionStore.KeyOf(email) != SuppressionStore.KeyOf(gift.Email);
        if (moved && gift.MailState is MailState.HandingOver or MailState.Uncertain) throw new LedgerException("GiftMailUnsettled", LedgerText.GiftMailUnsettled(id.ToString()));
        c.Execute(
            """
            UPDATE gifts SET email = coalesce($email, email), email_key = coalesce($key, email_key), first_name = coalesce($first, first_name),
                last_name = coalesce($last, last_name), language = coalesce($language, language)
            WHERE environment = $env AND campaign_id = $id AND row_no = $row
            """,
            ("email", change.Email?.Trim()), ("key", change.Email is null ? null : SuppressionStore.KeyOf(change.Email)), ("first", change.FirstName), ("last", change.LastName),
            ("language", change.Language?.ToString()), ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row));
        if (moved)
        {
            c.Execute("UPDATE gifts SET delivered_at = NULL, delivery_problem = NULL WHERE environment = $env AND campaign_id = $id AND row_no = $row",
                ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row));
            c.Execute("UPDATE mails SET state = 'Deferred', error = NULL WHERE environment = $env AND campaign_id = $id AND row_no = $row AND purpose = 'gift' AND state IN ('Sent', 'Refused')",
                ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row));
        }
        HistoryStore.Add(c, clock, id, moved ? "AddressChanged" : "ContactChanged", null);
        return Get(id);
    });

    /// <summary>Closes the gifts of a campaign after its last poll (spec F1).</summary>
    public int CloseOpen(GiftEnvironment environment, string campaignId) => connection.Write(c => c.Execute(
        "UPDATE gifts SET is_closed = 1 WHERE environment = $env AND campaign_id = $id AND is_closed = 0",
        ("env", environment.ToString()), ("id", campaignId)));

    /// <summary>Marks gifts whose contact the provider refused (spec B4).</summary>
    public void MarkFailed(IReadOnlyList<(GiftId Gift, string Reason)> failed) => connection.Write(c =>
    {
        foreach (var (id, reason) in failed)
        {
            c.Execute(
                "UPDATE gifts SET status = 'Failed', provider_status = $reason, is_closed = 1 WHERE environment = $env AND campaign_id = $id AND row_no = $row AND link IS NULL",
                ("reason", reason), ("env", id.Environment.ToString()), ("id", id.CampaignId), ("row", id.Row));
            HistoryStore.Add(c, clock, id, "Failed", reason);
        }
    });
}

/// <summary>A link that was found for a gift.</summary>
/// <param name="Gift">The gift.</param>
/// <param name="Link">Its link.</param>
/// <param name="ProviderGiftId">The provider's id of the gift, when known.</param>
public sealed record FoundLink(GiftId Gift, GiftLink Link, string? ProviderGiftId);

/// <summary>A correction of a contact; null keeps what is there.</summary>
/// <param name="Email">New address.</param>
/// <param name="FirstName">New first name.</param>
/// <param name="LastName">New last name.</param>
/// <param name="Language">New language.</param>
public sealed record ContactChange(string? Email, string? FirstName, string? LastName, GiftLanguage? Language);

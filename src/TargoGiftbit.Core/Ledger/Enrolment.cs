using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Ledger;

/// <summary>Gives customers their rows. A row belongs to one customer for ever (spec, introduction).</summary>
internal sealed class Enrolment
{
    private readonly LedgerConnection c;
    private readonly TimeProvider clock;
    private readonly GiftCampaign campaign;
    private readonly Dictionary<string, (int Row, string Email)> known;
    private readonly HashSet<int> rows = [];
    private readonly List<int> changedAddresses = [];
    private int lastRow;

    public Enrolment(LedgerConnection c, TimeProvider clock, GiftCampaign campaign)
    {
        this.c = c;
        this.clock = clock;
        this.campaign = campaign;
        known = new Dictionary<string, (int, string)>(StringComparer.Ordinal);
        // Of a replaced gift and its replacement, the newest stands for the customer.
        c.ForEach("SELECT customer_key, row_no, email FROM gifts WHERE environment = $env AND campaign_id = $id ORDER BY generation",
            r => { known[r.Text(0)] = (r.Int(1), r.Text(2)); return rows.Add(r.Int(1)) || true; }, ("env", campaign.Environment.ToString()), ("id", campaign.CampaignId));
        lastRow = rows.Count == 0 ? 0 : rows.Max();
    }

    /// <summary>Rows whose contact came with another address than the ledger holds.</summary>
    public IReadOnlyList<int> ChangedAddresses => changedAddresses;

    /// <summary>The customer's row; a new customer gets the next one, written down at once.</summary>
    /// <param name="contact">The customer.</param>
    /// <param name="wanted">The row that a gift file of ours says; null for the next one.</param>
    /// <exception cref="LedgerException"><c>RowTaken</c>.</exception>
    public int RowOf(GiftContact contact, int? wanted = null)
    {
        var key = KeyOf(contact);
        if (known.TryGetValue(key, out var found))
        {
            if (wanted is not null && wanted != found.Row) throw new LedgerException("RowTaken", LedgerText.RowDiffers(contact.ToString(), found.Row, wanted.Value));
            if (!string.Equals(found.Email.Trim(), contact.Email.Trim(), StringComparison.OrdinalIgnoreCase)) changedAddresses.Add(found.Row);
            return found.Row;
        }
        if (wanted is not null && rows.Contains(wanted.Value)) throw new LedgerException("RowTaken", LedgerText.RowTaken(wanted.Value));
        var row = wanted ?? lastRow + 1;
        lastRow = Math.Max(lastRow, row);
        c.Execute(
            """
            INSERT INTO gifts (environment, campaign_id, row_no, customer_key, generation, customer_id, first_name, last_name, email, email_key, language,
                consent_basis, consent_checked_at, price_cents, currency, provider, expiry, status, is_closed, created_at)
            VALUES ($env, $id, $row, $key, 0, $customer, $first, $last, $email, $emailKey, $language, $basis, $checked, $price, $currency, $provider, $expiry, 'New', 0, $now)
            """,
            ("env", campaign.Environment.ToString()), ("id", campaign.CampaignId), ("row", row), ("key", key), ("customer", contact.CustomerId),
            ("first", contact.FirstName), ("last", contact.LastName), ("email", contact.Email.Trim()), ("emailKey", SuppressionStore.KeyOf(contact.Email)), ("language", contact.Language.ToString()),
            ("basis", contact.ConsentBasis), ("checked", LedgerValue.Of(contact.ConsentCheckedAt)), ("price", campaign.Price.Cents), ("currency", campaign.Price.Currency),
            ("provider", campaign.Provider), ("expiry", LedgerValue.Of(campaign.Expiry)), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
        HistoryStore.Insert(c, clock, campaign.Environment, campaign.CampaignId, row, "Entered", null);
        known[key] = (row, contact.Email);
        rows.Add(row);
        return row;
    }

    /// <summary>Gives the customer of a gift a further row, for the gift that replaces it, and notes each in the other's history.</summary>
    /// <param name="old">The gift that is replaced.</param>
    /// <returns>The new gift.</returns>
    public GiftId Succeed(GiftId old)
    {
        var id = old with { Row = lastRow + 1 };
        c.Execute(
            """
            INSERT INTO gifts (environment, campaign_id, row_no, customer_key, generation, customer_id, first_name, last_name, email, email_key, language,
                consent_basis, consent_checked_at, price_cents, currency, provider, expiry, status, is_closed, replaces_row, created_at)
            SELECT environment, campaign_id, $new, customer_key, generation + 1, customer_id, first_name, last_name, email, email_key, language,
                consent_basis, consent_checked_at, price_cents, currency, provider, expiry, 'New', 0, row_no, $now
            FROM gifts WHERE environment = $env AND campaign_id = $id AND row_no = $row
            """,
            ("new", id.Row), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()), ("env", old.Environment.ToString()), ("id", old.CampaignId), ("row", old.Row));
        HistoryStore.Add(c, clock, old, "Replaced", LedgerText.ReplacedBy(id.ToString()));
        HistoryStore.Add(c, clock, id, "Entered", LedgerText.InPlaceOf(old.ToString()));
        return id;
    }

    // Only the sandbox lets a contact without an id in; its address then stands for the customer.
    internal static string KeyOf(GiftContact contact) => string.IsNullOrWhiteSpace(contact.CustomerId)
        ? "email:" + contact.Email.Trim().ToLowerInvariant()
        // Ids are typed by people: "c-12" and "C-12" are one customer, who must not get two gifts.
        : "id:" + contact.CustomerId.Trim().ToUpperInvariant();
}

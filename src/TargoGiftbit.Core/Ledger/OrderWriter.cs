using System.Globalization;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Core.Ledger;

/// <summary>Writes the orders of one campaign down before they are placed: their ids and their bytes (spec B3).</summary>
internal sealed class OrderWriter(LedgerConnection c, TimeProvider clock, GiftCampaign campaign)
{
    // The first batch carries the campaign's own id, later ones say where they begin. An id whose order was refused is free again.
    public string BatchId(int firstRow)
    {
        var used = c.Scalar<long>(
            "SELECT count(*) FROM orders WHERE environment = $env AND campaign_id = $id AND order_id = $id AND state <> 'Refused'",
            ("env", campaign.Environment.ToString()), ("id", campaign.CampaignId)) > 0;
        return used ? LaterId(firstRow) : campaign.CampaignId;
    }

    // Never the campaign's own id: gifts that were joined were ordered under it, by someone else.
    public string ReplacementId(int row, Func<string, int, int, string> orderId) => campaign.OrderMode == OrderMode.PerRecipient ? SingleId(row, orderId) : LaterId(row);

    private string LaterId(int firstRow) => string.Create(CultureInfo.InvariantCulture, $"{campaign.CampaignId}-from-{firstRow}");

    // An id whose order was refused is free again; one whose gift failed is spent, and the next index replaces it.
    public string SingleId(int row, Func<string, int, int, string>? orderId)
    {
        for (var index = 0; ; index++)
        {
            var id = orderId is not null ? orderId(campaign.CampaignId, row, index)
                : index == 0 ? string.Create(CultureInfo.InvariantCulture, $"{campaign.CampaignId}-{row}")
                : string.Create(CultureInfo.InvariantCulture, $"{campaign.CampaignId}-{row}-{index}");
            var spent = c.Scalar<long>(
                "SELECT count(*) FROM orders WHERE environment = $env AND provider = $provider AND order_id = $order AND campaign_id = $id AND state <> 'Refused'",
                ("env", campaign.Environment.ToString()), ("provider", campaign.Provider), ("order", id), ("id", campaign.CampaignId)) > 0;
            if (!spent) return id;
        }
    }

    public void Write(string orderId, IReadOnlyList<Gift> pending, Func<Gift, OrderRecipient> recipient, Func<string, IReadOnlyList<OrderRecipient>, PreparedOrder> prepare)
    {
        var env = campaign.Environment.ToString();
        var owner = c.Query(
            "SELECT campaign_id, state FROM orders WHERE environment = $env AND provider = $provider AND order_id = $order", r => (Campaign: r.Text(0), State: r.Enum<OrderState>(1)),
            ("env", env), ("provider", campaign.Provider), ("order", orderId));
        if (owner.Count > 0 && (owner[0].Campaign != campaign.CampaignId || owner[0].State != OrderState.Refused))
            throw new LedgerException("OrderIdTaken", LedgerText.OrderIdTaken(orderId, owner[0].Campaign, campaign.CampaignId));

        var recipients = pending.Select(recipient).ToList();
        var prepared = prepare(orderId, recipients);
        c.Execute(
            """
            INSERT INTO orders (environment, provider, order_id, campaign_id, body, body_hash, state, attempts, created_at)
            VALUES ($env, $provider, $order, $id, $body, $hash, 'Prepared', 0, $now)
            ON CONFLICT (environment, provider, order_id) DO UPDATE SET body = excluded.body, body_hash = excluded.body_hash, state = 'Prepared', refusal = NULL, settled_at = NULL
            """,
            ("env", env), ("provider", campaign.Provider), ("order", orderId), ("id", campaign.CampaignId), ("body", prepared.Body.ToArray()),
            ("hash", prepared.Hash), ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
        foreach (var to in recipients)
            c.Execute("UPDATE gifts SET order_id = $order, provider_email = $email WHERE environment = $env AND campaign_id = $id AND row_no = $row",
                ("order", orderId), ("email", to.Email), ("env", env), ("id", campaign.CampaignId), ("row", to.Row));
    }
}

using System.Globalization;
using System.Text.Json;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Http;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Giftbit;

/// <summary>Writes orders, links and gifts in the form that the switches ask for.</summary>
internal sealed class GiftbitJson(GiftbitSwitches switches, GiftbitStore store, SimulatorClock clock)
{
    public static void Info(Utf8JsonWriter json, string code)
    {
        json.WriteStartObject("info");
        json.WriteString("code", code);
        json.WriteString("name", GiftbitWords.NameOf(code));
        json.WriteString("message", GiftbitWords.MessageOf(code));
        json.WriteEndObject();
    }

    public void Number(Utf8JsonWriter json, string name, long value)
    {
        if (switches.NumbersAsStrings)
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
        else
            json.WriteNumber(name, value);
    }

    /// <summary>The page envelope, and the slice of the list that it announces.</summary>
    public (int From, int Count) Page(Utf8JsonWriter json, ServiceRequest request, int total, int defaultLimit, int maxLimit)
    {
        var limit = Math.Clamp(request.QueryNumber("limit") ?? defaultLimit, 1, maxLimit);
        var from = Math.Clamp(request.QueryNumber("offset") ?? 0, 0, total);
        var count = Math.Min(limit, total - from);
        Number(json, "number_of_results", count);
        Number(json, "limit", limit);
        Number(json, "offset", from);
        Number(json, "total_count", total);
        return (from, count);
    }

    public void Campaign(Utf8JsonWriter json, GiftbitOrder order, bool fresh)
    {
        var request = order.Request;
        json.WriteStartObject("campaign");
        json.WriteString("uuid", order.Uuid);
        json.WriteString("id", order.Id);
        json.WriteString("status", GiftbitWords.Of(order.Status));
        json.WriteString("delivery_type", request.IsLinkOrder ? "SHORTLINK" : "GIFTBIT_EMAIL");
        json.WriteString("company_name", "TARGO (simulated)");
        json.WriteString("message", request.Message);
        Optional(json, "subject", request.Subject);
        Contacts(json, order, fresh);
        Number(json, "price_in_cents", request.PriceInCents);
        if (request.Region is not null)
        {
            json.WriteString("region", request.Region);
        }
        else
        {
            json.WriteStartArray("brand_codes");
            foreach (var code in request.BrandCodes)
                json.WriteStringValue(code);
            json.WriteEndArray();
        }

        Optional(json, "expiry", request.Expiry?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteBoolean("suppress_default_greeting", false);
        Number(json, "contacts_success_count", request.Contacts.Count(contact => contact.Added));
        Number(json, "contacts_failure_count", request.Contacts.Count(contact => !contact.Added));
        if (request.IsLinkOrder)
            Number(json, "link_count", order.GiftCount);
        Fees(json, order);
        json.WriteEndObject();
    }

    public void Links(Utf8JsonWriter json, GiftbitOrder order, ServiceRequest request)
    {
        var gifts = order.Gifts.ToArray();
        if (switches.LinksOrder == LinksOrder.Shuffled)
        {
            var random = new SeededRandom(11, order.Id);
            for (var at = gifts.Length - 1; at > 0; at--)
            {
                var other = random.Next(at + 1);
                (gifts[at], gifts[other]) = (gifts[other], gifts[at]);
            }
        }

        var (from, count) = Page(json, request, gifts.Length, 50, switches.MaxLinksPage);
        json.WriteStartArray("shortlinks");
        for (var at = from; at < from + count; at++)
        {
            json.WriteStartObject();
            Number(json, "number", at + 1);
            json.WriteString("shortlink", store.ShortlinkOf(gifts[at]));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public void Gift(Utf8JsonWriter json, SimulatedGift gift)
    {
        var order = gift.Order;
        var hasLink = order.HasLinks(clock.Now);
        var named = switches.Recipients is RecipientFields.EmailAndName or RecipientFields.NameOnly;
        var addressed = switches.Recipients is RecipientFields.EmailAndName or RecipientFields.EmailOnly;
        var email = switches.LowerCaseEmail ? gift.Contact?.Email.ToLowerInvariant() : gift.Contact?.Email;
        json.WriteString("uuid"u8, gift.Uuid);
        json.WriteString("campaign_uuid"u8, order.Uuid);
        Optional(json, "campaign_id", switches.CampaignIdInGifts ? order.Id : null);
        json.WriteString("status"u8, GiftbitWords.Of(gift.State));
        json.WriteString("delivery_status"u8, GiftbitWords.DeliveryOf(gift, switches, hasLink));
        if (switches.PriceInGifts || gift.BrandCode is not null)
            Number(json, "price_in_cents", order.Request.PriceInCents);
        Optional(json, "brand_code", gift.BrandCode);
        Optional(json, "recipient_name", named ? gift.Contact?.Name : null);
        Optional(json, "recipient_email", addressed ? email : null);
        Number(json, "redelivery_count", gift.RedeliveryCount);
        json.WriteString("created_date"u8, PacificTime.Write(gift.CreatedAt));
        Optional(json, "delivery_date", hasLink ? PacificTime.Write(order.LinksAt!.Value) : null);
        Optional(json, "redeemed_date", switches.RedeemedDateInGifts && gift.RedeemedAt is { } at ? PacificTime.Write(at) : null);
        json.WriteString("management_dashboard_link"u8, "https://app.giftbit.com/app/order/" + gift.Uuid);
        Optional(json, "shortlink", switches.ShortlinkInGifts && order.Request.IsLinkOrder && hasLink ? store.ShortlinkOf(gift) : null);
    }

    /// <summary>A field without value is left out in the recordings and nullable in the documents (§5.2).</summary>
    private void Optional(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            json.WriteString(name, value);
        else if (switches.AbsentFields == AbsentFields.Null)
            json.WriteNull(name);
    }

    private void Contacts(Utf8JsonWriter json, GiftbitOrder order, bool fresh)
    {
        if (order.Request.IsLinkOrder && switches.LinkContacts != LinkContacts.Returned)
        {
            if (switches.LinkContacts == LinkContacts.Null)
            {
                json.WriteNull("contacts");
                return;
            }

            json.WriteStartArray("contacts");
            json.WriteEndArray();
            return;
        }

        json.WriteStartArray("contacts");
        foreach (var contact in order.Request.Contacts)
        {
            json.WriteStartObject();
            json.WriteString("email", contact.Email);
            json.WriteString("firstname", contact.FirstName);
            json.WriteString("lastname", contact.LastName);
            // Only the answer to the order itself says how each contact fared (§3).
            if (fresh)
            {
                var name = switches.Spelling == SpellingSet.Recorded ? "added_succesfully" : "added_successfully";
                json.WriteBoolean(name, contact.Added);
                json.WriteString("message", contact.Added && switches.Spelling == SpellingSet.Corrected ? "Contact ready" : contact.Message);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Fees(Utf8JsonWriter json, GiftbitOrder order)
    {
        var currency = order.Request.Currency;
        json.WriteStartObject("fees");
        json.WriteStartArray("cost_entries");
        Entry("PREFUND_GIFT_COST", order.Request.PriceInCents);
        if (switches.FeePerGift > 0)
            Entry("UPFRONT_PER_GIFT_FEE", switches.FeePerGift);
        json.WriteEndArray();
        Number(json, "subtotal_in_cents", order.TotalInCents);
        Number(json, "tax_in_cents", 0);
        json.WriteString("tax_type", "NOTAX");
        Number(json, "total_in_cents", order.TotalInCents);
        json.WriteEndObject();

        void Entry(string type, int perGift)
        {
            json.WriteStartObject();
            json.WriteString("fee_type", type);
            Number(json, "amount_in_cents", (long)perGift * order.GiftCount);
            json.WriteString("currency", currency);
            json.WriteString("tax_type", "NOTAX");
            json.WriteNull("tax_in_cents");
            Number(json, "number_of_gifts", order.GiftCount);
            Number(json, "fee_per_gift_in_cents", perGift);
            json.WriteEndObject();
        }
    }
}

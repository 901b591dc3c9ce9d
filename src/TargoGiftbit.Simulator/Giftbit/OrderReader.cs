using System.Globalization;
using System.Text.Json;
using TargoGiftbit.Simulator.Mail;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Giftbit;

/// <summary>Reads the body of <c>POST /campaign</c> and checks it as Giftbit does (giftbit.md §2.1, §2.4).</summary>
internal sealed class OrderReader(GiftbitSwitches switches, BrandCatalogue catalogue)
{
    // Spec A6: nothing else of a contact ever goes to Giftbit; the simulator holds the module to it.
    private static readonly HashSet<string> AllowedContactFields = ["id", "firstname", "lastname", "email"];

    public (OrderRequest? Order, GiftbitRefusal? Refusal) Read(JsonElement root, DateTimeOffset now)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return (null, GiftbitRefusal.Malformed("The body must be a JSON object."));
        if (Text(root, "id") is not { } id)
            return (null, GiftbitRefusal.Malformed("Missing element: id"));
        if (string.IsNullOrWhiteSpace(id))
            return (null, GiftbitRefusal.InvalidId("The id must not be empty."));
        if (!root.TryGetProperty("price_in_cents", out var priceElement))
            return (null, GiftbitRefusal.Malformed("Missing element: price_in_cents"));
        if (priceElement.ValueKind != JsonValueKind.Number || !priceElement.TryGetInt32(out var price) || price <= 0)
            return (null, GiftbitRefusal.Parameter("price_in_cents", "must be a positive whole number"));

        var isLinkOrder = Text(root, "delivery_type") is "SHORTLINK";
        var badBrands = ReadBrands(root, price, out var brands, out var region, out var currency);
        var badExpiry = ReadExpiry(root, now, out var expiry);
        var badCount = ReadLinkCount(root, isLinkOrder, out var linkCount);
        var badContacts = ReadContacts(root, linkCount, out var contacts);
        if ((badBrands ?? ReadWords(root, isLinkOrder) ?? badExpiry ?? badCount ?? badContacts) is { } refusal)
            return (null, refusal);
        return (new OrderRequest
        {
            Id = id,
            PriceInCents = price,
            BrandCodes = brands,
            Region = region,
            Currency = currency,
            Message = Text(root, "message") ?? "",
            Subject = Text(root, "subject"),
            IsLinkOrder = isLinkOrder,
            LinkCount = linkCount,
            Expiry = expiry,
            Contacts = contacts,
        }, null);
    }

    private GiftbitRefusal? ReadBrands(
        JsonElement root, int price, out IReadOnlyList<string> brands, out string? region, out string currency)
    {
        region = Text(root, "region");
        brands = [];
        currency = "CAD";
        if (root.TryGetProperty("brand_codes", out var list) && list.ValueKind == JsonValueKind.Array)
            brands = [.. list.EnumerateArray().Select(code => code.ToString())];
        if (brands.Count > 0 == region is not null)
            return GiftbitRefusal.Parameter("region", "One (and only one) of either region or brand_codes must be provided");
        if (region is not null)
        {
            if (BrandCatalogue.RegionId(region) is not { } number)
                return GiftbitRefusal.Parameter("region", "unknown region");
            currency = number switch { 1 => "CAD", 4 => "AUD", _ => "USD" };
            return null;
        }

        foreach (var code in brands)
        {
            if (catalogue.Find(code) is not { } brand || !brand.Allows(price))
                return GiftbitRefusal.Brand(code, price);
            currency = brand.Currency;
        }

        return null;
    }

    private static GiftbitRefusal? ReadWords(JsonElement root, bool isLinkOrder)
    {
        if (Text(root, "gift_template") is not null)
            return null;
        if (string.IsNullOrWhiteSpace(Text(root, "message")))
            return GiftbitRefusal.InvalidState("Property [message] of class [Campaign] cannot be blank");
        // The subject of a link order is not used (§2.1).
        return !isLinkOrder && string.IsNullOrWhiteSpace(Text(root, "subject"))
            ? GiftbitRefusal.InvalidState("Property [subject] of class [Campaign] cannot be blank")
            : null;
    }

    private static GiftbitRefusal? ReadExpiry(JsonElement root, DateTimeOffset now, out DateOnly? expiry)
    {
        expiry = null;
        if (Text(root, "expiry") is not { } text)
            return null;
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return GiftbitRefusal.Parameter("expiry", "must be a date of the form yyyy-MM-dd");
        var today = PacificTime.Today(now);
        if (day < today)
            return GiftbitRefusal.Parameter("expiry", "must not be in the past");
        if (day > today.AddYears(1))
            return GiftbitRefusal.Parameter("expiry", "must be at most one year from now");
        expiry = day;
        return null;
    }

    private GiftbitRefusal? ReadLinkCount(JsonElement root, bool isLinkOrder, out int? linkCount)
    {
        linkCount = null;
        if (!isLinkOrder)
            return null;
        var given = root.TryGetProperty("link_count", out var element) && element.ValueKind != JsonValueKind.Null;
        if (!given)
            return switches.RequireLinkCount ? GiftbitRefusal.Parameter("link_count", "cannot be null") : null;
        if (element.ValueKind != JsonValueKind.Number || !element.TryGetInt32(out var count) || count <= 0)
            return GiftbitRefusal.Parameter("link_count", "must be a positive whole number");
        linkCount = count;
        return null;
    }

    private GiftbitRefusal? ReadContacts(JsonElement root, int? linkCount, out IReadOnlyList<OrderContact> contacts)
    {
        contacts = [];
        var any = root.TryGetProperty("contacts", out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0;
        if (!any)
            return linkCount is null ? GiftbitRefusal.NoContacts() : null;
        if (linkCount is not null && switches.LinkCountWithContacts == RefusalAnswer.Refuse)
            return GiftbitRefusal.Parameter("link_count", "give either link_count or contacts");
        var taken = new List<OrderContact>(list.GetArrayLength());
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var element in list.EnumerateArray())
        {
            if (element.ValueKind != JsonValueKind.Object)
                return GiftbitRefusal.Malformed("A contact must be an object.");
            foreach (var property in element.EnumerateObject())
            {
                if (!AllowedContactFields.Contains(property.Name))
                    return GiftbitRefusal.Parameter("contacts", $"unexpected field [{property.Name}]");
            }

            taken.Add(Judge(element, seen));
        }

        contacts = taken;
        return taken.Exists(contact => contact.Added) || linkCount is not null ? null : GiftbitRefusal.NoContacts();
    }

    private OrderContact Judge(JsonElement element, HashSet<string> seen)
    {
        var contact = new OrderContact(
            Text(element, "id") ?? "", Text(element, "firstname") ?? "", Text(element, "lastname") ?? "", (Text(element, "email") ?? "").Trim());
        if (!MailAddresses.IsValid(contact.Email))
            return contact with { Added = false, Message = "Invalid email address" };
        if (switches.KnownBadAddresses.Contains(contact.Email, StringComparer.OrdinalIgnoreCase))
            return contact with { Added = false, Message = "Email address is undeliverable" };
        return !seen.Add(contact.Email) && switches.DuplicateContacts == DuplicateContacts.Merge
            ? contact with { Added = false, Message = "Existing contact" }
            : contact;
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;
}

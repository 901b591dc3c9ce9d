using System.Net;
using System.Text;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Providers.Giftbit.Wire;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <summary>
/// Says whether the order that Giftbit holds under an id is the one whose bytes we stored (spec B3). What Giftbit does not tell
/// is not compared: link orders may come back without contacts.
/// </summary>
internal static class OrderComparison
{
    /// <summary>What differs between the stored order and Giftbit's; empty when it is the same order.</summary>
    public static IReadOnlyList<string> Differences(WireOrder ours, GiftbitOrder theirs)
    {
        var found = new List<string>();
        if (theirs.Id is { } id && id != ours.Id) Add("id", ours.Id, id);
        if (theirs.PriceInCents is { } price && price != ours.PriceInCents) Add("price", GiftbitText.Number(ours.PriceInCents), GiftbitText.Number(price));
        if (theirs.BrandCodes.Count > 0 || theirs.Region is not null)
        {
            var (our, their) = (Choice(ours.BrandCodes, ours.Region), Choice(theirs.BrandCodes, theirs.Region));
            if (our != their) Add("brands", our, their);
        }
        if (theirs.Expiry is { Length: >= 10 } expiry && expiry[..10] != Date(ours.Expiry)) Add("expiry", Date(ours.Expiry), expiry);
        if (theirs.DeliveryType is { } delivery && !delivery.Equals(ours.DeliveryType, StringComparison.OrdinalIgnoreCase)) Add("delivery", ours.DeliveryType, delivery);
        if (theirs.Message is { Length: > 0 } message && Plain(message) != Plain(ours.Message)) found.Add("message");
        Contacts(ours, theirs, found);
        return found;

        // Theirs is text of a service: anything may stand where a date should, a link too.
        void Add(string field, string our, string their) => found.Add(GiftbitText.Difference(field, our, Redaction.Clean(their, 100)));
    }

    /// <summary>What differs between the stored order and the gifts that Giftbit lists for it.</summary>
    /// <param name="ours">The stored order.</param>
    /// <param name="gifts">The first page of gifts.</param>
    /// <param name="total">How many there are, when told.</param>
    public static IReadOnlyList<string> Differences(WireOrder ours, IReadOnlyList<GiftbitGift> gifts, long? total)
    {
        var found = new List<string>();
        var count = total ?? gifts.Count;
        if (count > ours.Contacts.Count) found.Add(GiftbitText.Difference("number of gifts", GiftbitText.Number(ours.Contacts.Count), GiftbitText.Number(count)));
        if (gifts.FirstOrDefault(g => g.PriceInCents is { } p && p != ours.PriceInCents) is { PriceInCents: { } price })
            found.Add(GiftbitText.Difference("price", GiftbitText.Number(ours.PriceInCents), GiftbitText.Number(price)));
        var emails = Emails(ours);
        var strangers = gifts.Count(g => g.RecipientEmail is { } email && !emails.Contains(Key(email)));
        if (strangers > 0) found.Add(GiftbitText.OtherRecipients(strangers));
        return found;
    }

    /// <summary>Contacts of the stored order that Giftbit says it refused, and how many it refused without saying which.</summary>
    public static (IReadOnlyList<(string Email, string Reason)> Named, int Unnamed) Refused(WireOrder ours, GiftbitOrder theirs)
    {
        var named = theirs.Contacts.Where(c => c.Added == false).Select(c => (c.Email, Reason: c.Message is { Length: > 0 } why ? why : GiftbitText.NoReason)).ToList();
        var refused = (int)Math.Min(theirs.ContactsRefused ?? 0, ours.Contacts.Count);
        if (named.Count == 0 && refused > 0 && theirs.Contacts.Count > 0)
        {
            // An order read back lists no refusals, but may list only those it took (reference/giftbit.md §3).
            var taken = theirs.Contacts.Select(c => Key(c.Email)).ToHashSet(StringComparer.Ordinal);
            var missing = ours.Contacts.Where(c => !taken.Contains(Key(c.Email))).ToList();
            if (missing.Count == refused) named = [.. missing.Select(c => (c.Email, GiftbitText.NoReason))];
        }
        return (named, Math.Max(0, refused - named.Count));
    }

    private static void Contacts(WireOrder ours, GiftbitOrder theirs, List<string> found)
    {
        var told = (theirs.ContactsTaken ?? 0) + (theirs.ContactsRefused ?? 0);
        if (told > 0 && told != ours.Contacts.Count)
            found.Add(GiftbitText.Difference("number of contacts", GiftbitText.Number(ours.Contacts.Count), GiftbitText.Number(told)));
        else if (theirs.LinkCount is { } links and > 0 && (links > ours.Contacts.Count || (told > 0 && links < (theirs.ContactsTaken ?? 0))))
            found.Add(GiftbitText.Difference("number of links", GiftbitText.Number(ours.Contacts.Count), GiftbitText.Number(links)));
        var emails = Emails(ours);
        var strangers = theirs.Contacts.Count(c => !emails.Contains(Key(c.Email)));
        if (strangers > 0) found.Add(GiftbitText.OtherRecipients(strangers));
    }

    private static HashSet<string> Emails(WireOrder order) => order.Contacts.Select(c => Key(c.Email)).ToHashSet(StringComparer.Ordinal);

    private static string Key(string email) => email.Trim().ToLowerInvariant();

    private static string Choice(IReadOnlyList<string>? brands, string? region) => brands is { Count: > 0 }
        ? string.Join(", ", brands.Select(b => b.Trim().ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal))
        : (region ?? "").Trim().ToLowerInvariant();

    private static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    // The service may trim, escape or re-encode what it stores; none of that makes it another message.
    private static string Plain(string text) =>
        string.Join(' ', Composed(WebUtility.HtmlDecode(text)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Composed(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half a character, or none at all (U+FFFE): compared as it came.
            return text;
        }
    }
}

using System.Globalization;

namespace TargoGiftbit.Simulator.ErpNext;

/// <summary>
/// The customers that a site starts with. Most are ordinary; by fixed steps some are not: only linked contacts (every 25th), a stale
/// address on the customer (40th), unsubscribed (50th), disabled (60th), without any address (45th), an address shared with the one
/// before (70th), a company (12th).
/// </summary>
internal static class ErpNextSeed
{
    private static readonly string[] First = ["Marie-Ève", "Zoé", "Jean-François", "Élise", "John", "Noël", "Chloé", "Mary Ann", "André", "Geneviève", "Wei", "Françoise"];
    private static readonly string[] Last = ["Tremblay", "L'Écuyer", "Roy", "Gagnon", "Smith", "Bélanger", "O'Brien", "Côté", "Lévesque-Roy", "Nguyễn", "Saint-Onge"];
    private static readonly string?[] Languages = ["fr", "fr-CA", "fr", "en", "fr", "en-US", null, "fr", "en-GB"];
    private static readonly string[] Territories = ["Montérégie", "Suroît", "Haut-Saint-Laurent"];

    internal static void Fill(ErpNextStore store, ErpNextSwitches switches)
    {
        string? lastEmail = null;
        for (var n = 1; n <= switches.Customers; n++)
            lastEmail = Add(store, switches, n, lastEmail);
    }

    private static string? Add(ErpNextStore store, ErpNextSwitches switches, int n, string? lastEmail)
    {
        var (first, last) = (First[n % First.Length], Last[n % Last.Length]);
        var isCompany = n % 12 == 5;
        var title = isCompany ? $"Ferme {last} & Fils / Sons" : $"{last}, {first}";
        var name = switches.Naming == CustomerNaming.Series
            ? string.Create(CultureInfo.InvariantCulture, $"CUST-2026-{n:00000}")
            : string.Create(CultureInfo.InvariantCulture, $"{title} - {n}");
        var email = n % 45 == 17 ? null
            : n % 70 == 19 ? lastEmail
            : string.Create(CultureInfo.InvariantCulture, $"client{n}@courriel.example");
        var hasPrimary = n % 25 != 0;
        var contact = $"{first} {last}-{name}";
        store.AddCustomer(name, title,
            ("customer_type", isCompany ? "Company" : "Individual"),
            ("customer_group", isCompany ? "Affaires" : "Résidentiel"),
            ("territory", Territories[n % Territories.Length]),
            ("language", Languages[n % Languages.Length]),
            ("disabled", n % 60 == 13 ? 1 : 0),
            ("email_id", !hasPrimary || email is null ? null : n % 40 == 7 ? "ancien." + email : email),
            ("customer_primary_contact", hasPrimary ? contact : null));
        if (!hasPrimary)
            store.AddContact("Ancien " + contact, email is null ? null : "ancien." + email, [name], ("first_name", "Ancien"), ("last_name", last));
        store.AddContact(contact, email, [name],
            ("first_name", first), ("last_name", last), ("full_name", $"{first} {last}"),
            ("is_primary_contact", 1), ("unsubscribed", n % 50 == 11 ? 1 : 0));
        return email;
    }
}

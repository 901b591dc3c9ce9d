using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Customers.ErpNext;

/// <summary>Makes a gift contact of a customer: who is written to, at which address, in which language, and on what basis. Pure.</summary>
internal static class ErpNextResolution
{
    /// <summary>Basis of consent of a customer whose account is active (reference/email-compliance.md A3).</summary>
    internal const string ActiveCustomer = "active customer";

    /// <summary>Resolves a customer; flagged when it cannot be written to.</summary>
    /// <param name="customer">The customer's row.</param>
    /// <param name="people">The persons behind it.</param>
    /// <param name="unsubscribed">Keys of all addresses that want no mail.</param>
    /// <param name="now">When this was read.</param>
    internal static GiftContact Resolve(ErpNextDocument customer, ErpNextPeople people, IReadOnlySet<string> unsubscribed, DateTimeOffset now)
    {
        var (email, person) = Address(customer, people);
        var isDisabled = customer.Flag("disabled");
        var key = EmailAddress.Key(email);
        // Whoever said no with this address, or as the person it would go to, has said no.
        var saidNo = unsubscribed.Contains(key) || person?.IsUnsubscribed == true || people.Primary?.IsUnsubscribed == true
            || people.All.Any(p => p.IsUnsubscribed && key.Length > 0 && EmailAddress.Key(p.Email) == key);
        var contact = new GiftContact
        {
            CustomerId = customer.Name,
            FirstName = person?.FirstName ?? "",
            // The customer's name may be a company or "Last, First" (reference/erpnext.md §4): never a first name.
            LastName = person is { FirstName.Length: > 0 } or { LastName.Length: > 0 } ? person.LastName : customer.Text("customer_name") ?? "",
            Email = email ?? "",
            Language = ContactLanguage.Of(customer.Text("language")),
            Other = Facts(customer),
            ConsentBasis = isDisabled || saidNo ? null : ActiveCustomer,
            ConsentCheckedAt = now,
        };
        return isDisabled ? Flag(contact, ErpNextCodes.CustomerDisabled, ErpNextText.Disabled(customer.Name))
            : saidNo ? Flag(contact, ErpNextCodes.Unsubscribed, ErpNextText.Unsubscribed(customer.Name))
            : email is null ? Flag(contact, ErpNextCodes.EmailMissing, ErpNextText.NoEmail(customer.Name))
            : ContactRules.Flag(contact);
    }

    /// <summary>Flags a contact whose address an earlier customer has.</summary>
    internal static GiftContact Shared(GiftContact contact, string earlier) =>
        Flag(contact, ErpNextCodes.EmailShared, ErpNextText.Shared(contact.CustomerId!, earlier));

    // reference/erpnext.md §4: the primary contact, else the customer's own field, else the linked contacts, best first.
    private static (string? Email, ErpNextPerson? Person) Address(ErpNextDocument customer, ErpNextPeople people)
    {
        if (people.Primary is { Email: { } email } primary) return (email, primary);
        if (customer.Text("email_id") is { } own)
        {
            var key = EmailAddress.Key(own);
            return (own, people.All.FirstOrDefault(p => EmailAddress.Key(p.Email) == key) ?? people.Primary);
        }
        var linked = people.Linked.FirstOrDefault(p => p.Email is not null);
        return linked is null ? (null, people.All.FirstOrDefault()) : (linked.Email, linked);
    }

    private static Dictionary<string, string> Facts(ErpNextDocument customer)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in (string[])["customer_name", "customer_type", "customer_group", "territory"])
            if (customer.Text(field) is { } value) facts[field] = value;
        return facts;
    }

    private static GiftContact Flag(GiftContact contact, string code, string problem) => contact with { ProblemCode = code, Problem = problem };
}

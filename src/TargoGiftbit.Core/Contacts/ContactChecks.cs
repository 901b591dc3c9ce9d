using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Contacts;

/// <summary>For what the contacts are checked.</summary>
public sealed record ContactCheckOptions
{
    /// <summary>In production every contact needs a customer id.</summary>
    public GiftEnvironment Environment { get; init; }

    /// <summary>In one order for all, the provider knows recipients by their address, so it may occur once only.</summary>
    public OrderMode OrderMode { get; init; }
}

/// <summary>Why a contact cannot be ordered for.</summary>
/// <param name="Contact">The contact.</param>
/// <param name="Position">Its place in the sequence, from 1.</param>
/// <param name="Code">Stable code, one of <see cref="ContactCodes"/>.</param>
/// <param name="Message">Where and what.</param>
/// <param name="Remedy">What to do.</param>
public sealed record ContactProblem(GiftContact Contact, int Position, string Code, string Message, string Remedy);

/// <summary>
/// Finds the contacts of an order that cannot be used (spec B1). Each has one problem, the first. Of rows that repeat each other the
/// first is good and the later ones are not; where it is unclear who is meant (one id, two addresses), none of them is.
/// </summary>
public static class ContactChecks
{
    /// <summary>Checks the contacts of one order. Pure; one pass over the sequence.</summary>
    /// <param name="contacts">The contacts, in order.</param>
    /// <param name="options">What they are for.</param>
    /// <returns>The problems in the order of the contacts; empty when all are good.</returns>
    public static IReadOnlyList<ContactProblem> Find(IEnumerable<GiftContact> contacts, ContactCheckOptions options)
    {
        var found = new SortedDictionary<int, ContactProblem>();
        var ids = new Dictionary<string, (GiftContact Contact, int Position)>(StringComparer.OrdinalIgnoreCase);
        var addresses = new Dictionary<string, (GiftContact Contact, int Position)>(StringComparer.Ordinal);
        var position = 0;
        foreach (var contact in contacts)
        {
            position++;
            var id = CellText.Trim(contact.CustomerId ?? "");
            var own = ContactRules.Find(contact)
                ?? (id.Length == 0 && options.Environment == GiftEnvironment.Production
                    ? (ContactCodes.IdMissing, ContactText.Get(ContactCodes.IdMissing))
                    : null);
            if (own is { } problem)
            {
                // It will not be ordered for, so it takes neither its id nor its address away from another row.
                Add(contact, position, problem.Code, problem.Reason);
                continue;
            }

            var address = EmailAddress.Key(contact.Email);
            if (id.Length > 0 && !ids.TryAdd(id, (contact, position))) CheckSameId(contact, position, id, address, ids[id]);
            if (options.OrderMode == OrderMode.Batch && !addresses.TryAdd(address, (contact, position)))
            {
                Add(contact, position, ContactCodes.EmailDuplicate,
                    ContactText.Format(ContactCodes.EmailDuplicate, CellText.Shown(contact.Email), Where(addresses[address])));
            }
        }
        return [.. found.Values];

        void Add(GiftContact contact, int at, string code, string reason) =>
            found.TryAdd(at, new ContactProblem(contact, at, code, Message(contact, at, reason), ContactText.Remedy(code)));

        void CheckSameId(GiftContact contact, int at, string id, string address, (GiftContact Contact, int Position) first)
        {
            if (EmailAddress.Key(first.Contact.Email) == address)
            {
                Add(contact, at, ContactCodes.IdDuplicate, ContactText.Format(ContactCodes.IdDuplicate, CellText.Shown(id), Where(first)));
                return;
            }
            Add(contact, at, ContactCodes.IdConflict, ContactText.Format(ContactCodes.IdConflict, CellText.Shown(id), Where(first)));
            Add(first.Contact, first.Position, ContactCodes.IdConflict, ContactText.Format(ContactCodes.IdConflict, CellText.Shown(id), Where((contact, at))));
        }
    }

    private static string Where((GiftContact Contact, int Position) earlier) => earlier.Contact.Line > 0
        ? ContactText.Format("ContactAtLine", earlier.Contact.Line)
        : ContactText.Format("ContactAtPosition", earlier.Position);

    private static string Message(GiftContact contact, int position, string reason)
    {
        var shown = CellText.InParentheses(contact);
        return contact.Line > 0
            ? ContactText.Format("ProblemAtLine", contact.Line, shown, reason)
            : ContactText.Format("ProblemAtPosition", position, shown, reason);
    }
}

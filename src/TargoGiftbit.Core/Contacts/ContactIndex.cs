using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Contacts;

/// <summary>What a search for a gift's contact came to.</summary>
internal enum ContactMatch
{
    /// <summary>No contact has the gift's id or address.</summary>
    No,

    /// <summary>One contact.</summary>
    One,

    /// <summary>Several contacts have its address, and it has no id that tells them apart.</summary>
    TwoByEmail,

    /// <summary>Its id names one contact and its address another.</summary>
    Contradiction,
}

/// <summary>Finds the contact of a gift: by customer id, else by address; capitals and spaces do not matter.</summary>
internal sealed class ContactIndex
{
    private const int None = -1;

    private readonly IReadOnlyList<GiftContact> contacts;
    private readonly Dictionary<string, int> byId;
    private readonly Dictionary<string, int> byEmail;

    // For each contact the next one with the same id or address, or None; nearly always None.
    private readonly Dictionary<int, int> nextWithId = [];
    private readonly Dictionary<int, int> nextWithEmail = [];
    private readonly bool idsMeanCustomers;

    internal ContactIndex(IReadOnlyList<GiftFileRow> gifts, IReadOnlyList<GiftContact> contacts)
    {
        this.contacts = contacts;
        byId = new Dictionary<string, int>(contacts.Count, StringComparer.OrdinalIgnoreCase);
        byEmail = new Dictionary<string, int>(contacts.Count, StringComparer.Ordinal);
        for (var i = 0; i < contacts.Count; i++)
        {
            if (contacts[i].CustomerId is { } id) Enter(byId, nextWithId, id, i);
            if (EmailAddress.Key(contacts[i].Email) is { Length: > 0 } key) Enter(byEmail, nextWithEmail, key, i);
        }
        // The "id" of a provider's own export is not the customer's: then not one of them is known, and the address decides.
        idsMeanCustomers = gifts.Any(gift => gift.CustomerId is { } id && byId.ContainsKey(id));
    }

    /// <summary>The contact of a gift; of several with one id, the first (they are duplicates, and have a problem of their own).</summary>
    internal (ContactMatch Outcome, int Contact, int Rival) Find(GiftFileRow gift)
    {
        var email = EmailAddress.Key(gift.Email);
        var byAddress = email.Length > 0 && byEmail.TryGetValue(email, out var first) ? first : None;
        var id = idsMeanCustomers ? gift.CustomerId : null;
        if (id is not null && byId.TryGetValue(id, out var owner))
        {
            // A customer may have a new address; but not one that is another customer's in the same file.
            return byAddress == None || EmailAddress.Key(contacts[owner].Email) == email
                ? (ContactMatch.One, owner, None)
                : (ContactMatch.Contradiction, owner, byAddress);
        }
        if (byAddress == None) return (ContactMatch.No, None, None);
        if (id is null) return nextWithEmail.ContainsKey(byAddress) ? (ContactMatch.TwoByEmail, byAddress, None) : (ContactMatch.One, byAddress, None);
        // The gift is a customer's who is not in the file: it can only be that of a contact who has the address and no id.
        var nameless = Chain(nextWithEmail, byAddress).Where(contact => contacts[contact].CustomerId is null).Take(2).ToArray();
        return nameless.Length switch
        {
            0 => (ContactMatch.No, None, None),
            1 => (ContactMatch.One, nameless[0], None),
            _ => (ContactMatch.TwoByEmail, nameless[0], None),
        };
    }

    /// <summary>Another contact with the id of this one, or null.</summary>
    internal int? OtherWithId(int contact) => Other(byId, nextWithId, contacts[contact].CustomerId, contact);

    /// <summary>Another contact with the address of this one, or null.</summary>
    internal int? OtherWithEmail(int contact) => Other(byEmail, nextWithEmail, EmailAddress.Key(contacts[contact].Email), contact);

    /// <summary>All contacts with an address.</summary>
    internal IEnumerable<int> AllWithEmail(string email) =>
        byEmail.TryGetValue(EmailAddress.Key(email), out var first) ? Chain(nextWithEmail, first) : [];

    private static void Enter(Dictionary<string, int> first, Dictionary<int, int> next, string key, int contact)
    {
        if (first.TryAdd(key, contact)) return;
        // The newest goes second in the chain, which keeps entering cheap however long the chain is.
        var head = first[key];
        if (next.TryGetValue(head, out var second)) next[contact] = second;
        next[head] = contact;
    }

    private static int? Other(Dictionary<string, int> first, Dictionary<int, int> next, string? key, int contact)
    {
        if (key is null || !first.TryGetValue(key, out var head)) return null;
        if (head != contact) return head;
        return next.TryGetValue(head, out var second) ? second : null;
    }

    private static IEnumerable<int> Chain(Dictionary<int, int> next, int contact)
    {
        yield return contact;
        while (next.TryGetValue(contact, out contact)) yield return contact;
    }
}

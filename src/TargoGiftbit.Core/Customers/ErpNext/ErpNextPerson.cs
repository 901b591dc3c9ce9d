namespace TargoGiftbit.Core.Customers.ErpNext;

/// <summary>A contact of the ERP: a person who can be written to.</summary>
/// <param name="Name">Its id.</param>
/// <param name="FirstName">First name; may be empty.</param>
/// <param name="LastName">Last name; may be empty.</param>
/// <param name="Email">Its primary address; null when it has none.</param>
/// <param name="IsUnsubscribed">Whether the person wants no mail.</param>
/// <param name="IsPrimary">Whether it is the main contact of whom it belongs to.</param>
/// <param name="Creation">When it was made, in a form that sorts.</param>
internal sealed record ErpNextPerson(string Name, string FirstName, string LastName, string? Email, bool IsUnsubscribed, bool IsPrimary, string Creation)
{
    /// <summary>The fields of a list that <see cref="FromRow"/> reads.</summary>
    internal static IReadOnlyList<string> Fields { get; } = ["name", "first_name", "last_name", "email_id", "unsubscribed", "is_primary_contact", "creation"];

    /// <summary>Reads a row of a list: the address is the copy of the primary one that the ERP keeps.</summary>
    internal static ErpNextPerson FromRow(ErpNextDocument row) => new(
        row.Name, row.Text("first_name") ?? "", row.Text("last_name") ?? "", row.Text("email_id"), row.Flag("unsubscribed"), row.Flag("is_primary_contact"),
        row.Text("creation") ?? "");

    /// <summary>Reads the whole document: of its addresses the primary one, else the copy (reference/erpnext.md §4).</summary>
    internal static ErpNextPerson FromDocument(ErpNextDocument document) => FromRow(document) with
    {
        Email = document.Rows("email_ids").Where(row => row.Flag("is_primary")).Select(row => row.Text("email_id")).FirstOrDefault(email => email is not null)
            ?? document.Text("email_id"),
    };
}

/// <summary>The persons behind a customer.</summary>
/// <param name="Primary">The contact that the customer names; null when it names none, or one that is gone.</param>
/// <param name="Linked">Contacts that name the customer, best first; read only where <paramref name="Primary"/> has no address.</param>
internal sealed record ErpNextPeople(ErpNextPerson? Primary, IReadOnlyList<ErpNextPerson> Linked)
{
    /// <summary>All of them, the primary one first.</summary>
    public IEnumerable<ErpNextPerson> All => Primary is null ? Linked : Linked.Prepend(Primary);
}

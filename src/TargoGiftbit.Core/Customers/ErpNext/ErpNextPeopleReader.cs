using System.Collections.Concurrent;

namespace TargoGiftbit.Core.Customers.ErpNext;

/// <summary>Reads the contacts behind a page of customers with few requests, and single ones only where a list cannot tell.</summary>
internal sealed class ErpNextPeopleReader(ErpNextApi api)
{
    private const int PageSize = 100;
    private const int MaxParallel = 4;

    private bool childFilters = true;

    /// <summary>The addresses of all contacts that want no mail, as keys for comparing: an address may stand with several contacts.</summary>
    public async Task<HashSet<string>> UnsubscribedAsync(CancellationToken cancellationToken)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        var list = new ErpNextList(ErpNextApi.Contact, ["name", "email_id"], [ErpNextFilter.Check("unsubscribed", on: true)], PageSize);
        await foreach (var page in api.PagesAsync(list, null, cancellationToken).ConfigureAwait(false))
            keys.UnionWith(page.Select(row => Contacts.EmailAddress.Key(row.Text("email_id"))).Where(key => key.Length > 0));
        return keys;
    }

    /// <summary>The persons behind each customer, by the customer's id.</summary>
    public async Task<IReadOnlyDictionary<string, ErpNextPeople>> OfAsync(IReadOnlyList<ErpNextDocument> customers, CancellationToken cancellationToken)
    {
        // The ids of contacts are compared as the database does it: without regard to case.
        var named = customers.ToDictionary(c => c.Name, c => c.Text("customer_primary_contact"), StringComparer.Ordinal);
        var persons = await NamedAsync([.. named.Values.OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)], cancellationToken).ConfigureAwait(false);
        var primary = named.ToDictionary(pair => pair.Key, pair => pair.Value is { } name ? persons.GetValueOrDefault(name) : null, StringComparer.Ordinal);
        var linked = await LinkedAsync([.. primary.Where(pair => pair.Value?.Email is null).Select(pair => pair.Key)], cancellationToken).ConfigureAwait(false);
        return primary.ToDictionary(pair => pair.Key, pair => new ErpNextPeople(pair.Value, [.. linked[pair.Key]]), StringComparer.Ordinal);
    }

    private async Task<Dictionary<string, ErpNextPerson>> NamedAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var persons = new Dictionary<string, ErpNextPerson>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in ErpNextList.Split(names, name => [name]))
        {
            await foreach (var row in RowsAsync(ErpNextPerson.Fields, [ErpNextFilter.In(null, "name", part)], part.Count, cancellationToken).ConfigureAwait(false))
                persons[row.Name] = ErpNextPerson.FromRow(row);
        }
        var certain = await CertainAsync([.. persons.Values.Where(p => p.Email is not null)], cancellationToken).ConfigureAwait(false);
        foreach (var (name, document) in await DocumentsAsync(persons.Keys.Where(name => !certain.Contains(name)), cancellationToken).ConfigureAwait(false))
            persons[name] = ErpNextPerson.FromDocument(document);
        return persons;
    }

    /// <summary>
    /// The contacts whose row address really is their primary one. A list shows only the copy, which an import past the ERP's own
    /// rules may have left behind; a gift must not go to an address that is no longer the customer's. Not seen is the one case that a
    /// left-behind contact's real address is the copy of another contact within the same question.
    /// </summary>
    private async Task<HashSet<string>> CertainAsync(IReadOnlyList<ErpNextPerson> persons, CancellationToken cancellationToken)
    {
        var certain = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in ErpNextList.Split(persons, p => [p.Name, p.Email!]))
        {
            if (!childFilters) break;
            try
            {
                var filters = new[]
                {
                    ErpNextFilter.In(null, "name", part.Select(p => p.Name)), ErpNextFilter.ChildCheck("Contact Email", "is_primary"),
                    ErpNextFilter.In("Contact Email", "email_id", part.Select(p => p.Email!).Distinct(StringComparer.OrdinalIgnoreCase)),
                };
                await foreach (var row in RowsAsync(["name"], filters, part.Count, cancellationToken).ConfigureAwait(false)) certain.Add(row.Name);
            }
            catch (ErpNextException e) when (e.Status is 403 or 417)
            {
                // This site lets nobody ask about child rows: every contact is read by itself.
                childFilters = false;
            }
        }
        return certain;
    }

    private async Task<ILookup<string, ErpNextPerson>> LinkedAsync(IReadOnlyList<string> customers, CancellationToken cancellationToken)
    {
        var wanted = customers.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var part in ErpNextList.Split(customers, name => [name]))
        {
            string[] filters = [ErpNextFilter.Child("Dynamic Link", "link_doctype", ErpNextApi.Customer), ErpNextFilter.In("Dynamic Link", "link_name", part)];
            await foreach (var row in RowsAsync(["name"], filters, null, cancellationToken).ConfigureAwait(false)) names.Add(row.Name);
        }
        // Only the document tells which customer a contact belongs to.
        var documents = await DocumentsAsync(names, cancellationToken).ConfigureAwait(false);
        return documents.Values
            .SelectMany(document => document.Rows("links")
                .Where(link => link.Text("link_doctype") == ErpNextApi.Customer && link.Text("link_name") is { } customer && wanted.Contains(customer))
                .Select(link => link.Text("link_name")!).Distinct(StringComparer.OrdinalIgnoreCase)
                .Select(customer => (Customer: customer, Person: ErpNextPerson.FromDocument(document))))
            .OrderByDescending(pair => pair.Person.IsPrimary).ThenBy(pair => pair.Person.Creation, StringComparer.Ordinal).ThenBy(pair => pair.Person.Name, StringComparer.Ordinal)
            .ToLookup(pair => pair.Customer, pair => pair.Person, StringComparer.OrdinalIgnoreCase);
    }

    private async IAsyncEnumerable<ErpNextDocument> RowsAsync(
        IReadOnlyList<string> fields, IReadOnlyList<string> filters, int? expected, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var page in api.PagesAsync(new ErpNextList(ErpNextApi.Contact, fields, filters, PageSize), expected, cancellationToken).ConfigureAwait(false))
            foreach (var row in page) yield return row;
    }

    private async Task<IReadOnlyDictionary<string, ErpNextDocument>> DocumentsAsync(IEnumerable<string> names, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<string, ErpNextDocument>(StringComparer.OrdinalIgnoreCase);
        var options = new ParallelOptions { MaxDegreeOfParallelism = MaxParallel, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(names, options, async (name, token) =>
        {
            if (await api.FindAsync(ErpNextApi.Contact, name, token).ConfigureAwait(false) is { } document) found[name] = document;
        }).ConfigureAwait(false);
        return found;
    }
}

using System.Runtime.CompilerServices;
using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Customers.ErpNext;

/// <summary>Reads customers as gift contacts, page by page (spec I1).</summary>
/// <param name="api">The site.</param>
/// <param name="clock">Tells when the basis of consent was checked.</param>
/// <param name="pageSize">Customers per page, 1 to 500.</param>
public sealed class ErpNextCustomers(ErpNextApi api, TimeProvider clock, int pageSize = 100)
{
    private static readonly string[] Fields =
        ["name", "customer_name", "customer_type", "customer_group", "territory", "language", "disabled", "email_id", "customer_primary_contact"];

    /// <summary>
    /// Reads customers in the order of their ids. One that cannot be written to comes flagged (<see cref="ErpNextCodes"/>, or a code of
    /// <see cref="ContactCodes"/>), never dropped and never guessed at. Of customers that share an address the first is good and the
    /// later ones are flagged.
    /// </summary>
    /// <param name="query">Which customers.</param>
    /// <param name="cancellationToken">Stops between requests.</param>
    /// <exception cref="ErpNextException"><c>ErpNextWhereInvalid</c>, <c>ErpNextListIncomplete</c>, or what any call may give.</exception>
    public async IAsyncEnumerable<IReadOnlyList<GiftContact>> ReadAsync(ErpNextCustomerQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var list = new ErpNextList(ErpNextApi.Customer, Fields, query.ToFilters(), pageSize);
        var reader = new ErpNextPeopleReader(api);
        var unsubscribed = await reader.UnsubscribedAsync(cancellationToken).ConfigureAwait(false);
        var owners = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var page in api.PagesAsync(list, null, cancellationToken).ConfigureAwait(false))
        {
            var people = await reader.OfAsync(page, cancellationToken).ConfigureAwait(false);
            var now = clock.GetUtcNow();
            yield return [.. page.Select(customer => Once(ErpNextResolution.Resolve(customer, people[customer.Name], unsubscribed, now), owners, query.AllowSharedEmail))];
        }
    }

    private static GiftContact Once(GiftContact contact, Dictionary<string, string> owners, bool mayShare)
    {
        // A flagged one gets no gift, so it takes its address away from nobody.
        if (contact.Problem is not null || mayShare) return contact;
        var key = EmailAddress.Key(contact.Email);
        return owners.TryAdd(key, contact.CustomerId!) ? contact : ErpNextResolution.Shared(contact, owners[key]);
    }
}

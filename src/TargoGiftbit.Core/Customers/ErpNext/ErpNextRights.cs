namespace TargoGiftbit.Core.Customers.ErpNext;

/// <summary>What a key may do at a site, as far as this product needs it.</summary>
/// <param name="CanReadCustomers">Whether customers can be listed.</param>
/// <param name="CanReadContacts">Whether contacts can be listed.</param>
/// <param name="ClickedField">What the site calls the field for the click; null when there is none to read.</param>
/// <param name="ClickedAtField">What the site calls the field for its time; null when there is none to read.</param>
public sealed record ErpNextRights(bool CanReadCustomers, bool CanReadContacts, string? ClickedField, string? ClickedAtField)
{
    /// <summary>Finds out by asking for one row of each list.</summary>
    /// <param name="api">The site.</param>
    /// <param name="fields">The fields as the operator names them.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ErpNextException">What any call may give, except that something is not allowed or not there.</exception>
    public static async Task<ErpNextRights> ReadAsync(ErpNextApi api, ErpNextFields fields, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(api);
        ArgumentNullException.ThrowIfNull(fields);
        var customers = await api.CanListAsync(ErpNextApi.Customer, cancellationToken).ConfigureAwait(false);
        return new ErpNextRights(
            customers,
            await api.CanListAsync(ErpNextApi.Contact, cancellationToken).ConfigureAwait(false),
            customers ? await ErpNextFields.FindAsync(api, fields.Clicked, cancellationToken).ConfigureAwait(false) : null,
            customers ? await ErpNextFields.FindAsync(api, fields.ClickedAt, cancellationToken).ConfigureAwait(false) : null);
    }
}

namespace TargoGiftbit.Core.Customers.ErpNext;

/// <summary>The fields of Customer into which a click is written, by the names an operator gives them.</summary>
public sealed record ErpNextFields
{
    private const string Prefix = "custom_";

    /// <summary>The flag: a check.</summary>
    public string Clicked { get; init; } = "gift_link_clicked";

    /// <summary>Its time: a date-time.</summary>
    public string ClickedAt { get; init; } = "gift_link_clicked_at";

    /// <summary>The campaign's id; null = it is not written.</summary>
    public string? Campaign { get; init; }

    /// <summary>
    /// Finds out what the site calls the fields: those made from a label carry <c>custom_</c> before the name since version 15
    /// (reference/erpnext.md §4). One short list per name that is tried.
    /// </summary>
    /// <param name="api">The site.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The names as the site has them.</returns>
    /// <exception cref="ErpNextException"><c>ErpNextFieldUnknown</c>, or what any call may give.</exception>
    public async Task<ErpNextFields> ProbeAsync(ErpNextApi api, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(api);
        return new ErpNextFields
        {
            Clicked = await RequireAsync(api, Clicked, cancellationToken).ConfigureAwait(false),
            ClickedAt = await RequireAsync(api, ClickedAt, cancellationToken).ConfigureAwait(false),
            Campaign = Campaign is { } campaign ? await RequireAsync(api, campaign, cancellationToken).ConfigureAwait(false) : null,
        };
    }

    /// <summary>What the site calls a field; null when it has none to read.</summary>
    internal static async Task<string?> FindAsync(ErpNextApi api, string field, CancellationToken cancellationToken)
    {
        if (await HasAsync(api, field, cancellationToken).ConfigureAwait(false)) return field;
        var other = OtherName(field);
        return await HasAsync(api, other, cancellationToken).ConfigureAwait(false) ? other : null;
    }

    private static async Task<string> RequireAsync(ErpNextApi api, string field, CancellationToken cancellationToken) =>
        await FindAsync(api, field, cancellationToken).ConfigureAwait(false)
        ?? throw new ErpNextException("ErpNextFieldUnknown", ErpNextText.FieldUnknown(field, OtherName(field), api.Connection.Site), ErpNextText.FieldRemedy);

    private static string OtherName(string field) => field.StartsWith(Prefix, StringComparison.Ordinal) ? field[Prefix.Length..] : Prefix + field;

    private static async Task<bool> HasAsync(ErpNextApi api, string field, CancellationToken cancellationToken)
    {
        try
        {
            var rows = await api.PageAsync(new ErpNextList(ErpNextApi.Customer, ["name", field], [], 1), null, cancellationToken).ConfigureAwait(false);
            // Some versions leave out what they do not know instead of refusing.
            return rows.Count == 0 || rows[0].Has(field);
        }
        catch (ErpNextException e) when (e.Status == 417)
        {
            return false;
        }
    }
}

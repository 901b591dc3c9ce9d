namespace TargoGiftbit.Core.Customers.ErpNext;

/// <summary>Which customers to read.</summary>
public sealed record ErpNextCustomerQuery
{
    /// <summary>Only customers of these territories, named exactly; territories below them are not included. Empty = all.</summary>
    public IReadOnlyList<string> Territories { get; init; } = [];

    /// <summary>Only customers of these groups, named exactly. Empty = all.</summary>
    public IReadOnlyList<string> CustomerGroups { get; init; } = [];

    /// <summary>
    /// Further conditions in the ERP's own form, as JSON: <c>["field","=","value"]</c>, a list of such, or <c>{"field":"value"}</c>;
    /// null for none.
    /// </summary>
    public string? Where { get; init; }

    /// <summary>Read disabled customers too; they come flagged.</summary>
    public bool IncludeDisabled { get; init; }

    /// <summary>Let customers pass unflagged whose address an earlier customer has too.</summary>
    public bool AllowSharedEmail { get; init; }

    /// <exception cref="ErpNextException"><c>ErpNextWhereInvalid</c>.</exception>
    internal IReadOnlyList<string> ToFilters() =>
    [
        .. IncludeDisabled ? [] : (string[])[ErpNextFilter.Check("disabled", on: false)],
        .. ErpNextFilter.AnyOf("territory", Territories),
        .. ErpNextFilter.AnyOf("customer_group", CustomerGroups),
        .. Where is null ? [] : ErpNextFilter.Parse(Where),
    ];
}

namespace TargoGiftbit.Core.Customers.ErpNext;

/// <summary>What <c>Test-ErpNextKey -Detailed</c> tells. The key itself is no part of it.</summary>
/// <param name="IsValid">Whether ERPNext accepts the key.</param>
/// <param name="Site">The site that was asked.</param>
/// <param name="User">The user that the key belongs to; null when it was refused.</param>
/// <param name="CanReadCustomers">Whether the user may read customers.</param>
/// <param name="CanReadContacts">Whether the user may read contacts.</param>
/// <param name="ClickedField">What the site calls the field for the click; null when it has none.</param>
/// <param name="ClickedAtField">What the site calls the field for its time; null when it has none.</param>
public sealed record ErpNextKeyDetail(
    bool IsValid, Uri Site, string? User, bool CanReadCustomers, bool CanReadContacts, string? ClickedField, string? ClickedAtField);

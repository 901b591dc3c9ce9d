using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Providers;

/// <summary>Who the credentials belong to.</summary>
/// <param name="UserName">Account name as the provider says it.</param>
/// <param name="DisplayName">Display name.</param>
/// <param name="Environment">The environment that was asked.</param>
public sealed record ProviderAccount(string UserName, string DisplayName, GiftEnvironment Environment);

/// <summary>What of a recipient may leave the process (spec A6), after the sandbox has replaced the address (spec A3).</summary>
/// <param name="Row">The gift's row.</param>
/// <param name="CustomerId">The <c>id</c> sent along; null when there is none.</param>
/// <param name="FirstName">First name.</param>
/// <param name="LastName">Last name.</param>
/// <param name="Email">Address: the customer's in production, the tagged test inbox in the sandbox.</param>
public sealed record OrderRecipient(int Row, string? CustomerId, string FirstName, string LastName, string Email);

/// <summary>An order laid out to the byte, stored in the ledger before its first POST (spec B3).</summary>
/// <param name="OrderId">Client id, the idempotency key.</param>
/// <param name="Body">The request body.</param>
/// <param name="Hash">SHA-256 of <paramref name="Body"/>, lowercase hexadecimal.</param>
public sealed record PreparedOrder(string OrderId, ReadOnlyMemory<byte> Body, string Hash);

/// <summary>What came of an order.</summary>
public sealed record OrderAnswer
{
    /// <summary>Created, funds required or funds pending (spec B4).</summary>
    public required OrderState State { get; init; }

    /// <summary>The provider's id of the order.</summary>
    public string? ProviderOrderId { get; init; }

    /// <summary>True when the provider already had the order and it is the same one.</summary>
    public bool WasReplay { get; init; }

    /// <summary>Contacts that the provider did not take: address and its reason.</summary>
    public IReadOnlyList<(string Email, string Reason)> RefusedContacts { get; init; } = [];

    /// <summary>
    /// How many further contacts the provider did not take without saying which. Who they are shows once the order's gifts exist:
    /// those of its recipients without a gift.
    /// </summary>
    public int RefusedUnnamed { get; init; }

    /// <summary>The order's gifts with their links or codes, where the answer tells them at once.</summary>
    public IReadOnlyList<ProviderGift> Gifts { get; init; } = [];

    /// <summary>What the provider charges or reserves in all, when it says so.</summary>
    public Money? TotalCost { get; init; }
}

/// <summary>Which gifts to list.</summary>
public sealed record ProviderQuery
{
    /// <summary>The provider's id of an order.</summary>
    public string? ProviderOrderId { get; init; }

    /// <summary>The client id of an order.</summary>
    public string? OrderId { get; init; }

    /// <summary>Gifts created at or after.</summary>
    public DateTimeOffset? CreatedFrom { get; init; }

    /// <summary>Gifts created at or before.</summary>
    public DateTimeOffset? CreatedTo { get; init; }

    /// <summary>The provider's own frame that the gifts were ordered in; null where it has none.</summary>
    public string? Program { get; init; }

    /// <summary>What the customer gets.</summary>
    public GiftKind Kind { get; init; }

    /// <summary>Client ids of the orders the caller is after, for a provider that cannot list them together.</summary>
    public IReadOnlyCollection<string> OrderIds { get; init; } = [];

    /// <summary>Client ids of the orders whose codes are still missing: those are fetched where the list does not carry them.</summary>
    public IReadOnlySet<string> CodesWanted { get; init; } = NoOrders;

    /// <summary>Rows asked for per page; the server may return fewer.</summary>
    public int PageSize { get; init; } = 500;

    private static readonly HashSet<string> NoOrders = [];
}

/// <summary>A gift as the provider sees it.</summary>
public sealed record ProviderGift
{
    /// <summary>The provider's id of the gift.</summary>
    public required string ProviderGiftId { get; init; }

    /// <summary>Client id of its order, when told.</summary>
    public string? OrderId { get; init; }

    /// <summary>The provider's id of its order, when told.</summary>
    public string? ProviderOrderId { get; init; }

    /// <summary>Recipient's address as the provider holds it, when told.</summary>
    public string? RecipientEmail { get; init; }

    /// <summary>Recipient's name, when told.</summary>
    public string? RecipientName { get; init; }

    /// <summary>Status in this product's words; null when the provider's word is unknown (then keep the old one and warn).</summary>
    public GiftStatus? Status { get; init; }

    /// <summary>The provider's own words, for the record.</summary>
    public string? RawStatus { get; init; }

    /// <summary>The link, when the provider gives it here.</summary>
    public GiftLink? Link { get; init; }

    /// <summary>Its codes, when the provider gives them here and the customer is to get them.</summary>
    public IReadOnlyList<GiftCode> Codes { get; init; } = [];

    /// <summary>Brand chosen, or the only brand.</summary>
    public string? BrandCode { get; init; }

    /// <summary>Face value, when told.</summary>
    public long? PriceInCents { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it was redeemed.</summary>
    public DateTimeOffset? RedeemedAt { get; init; }
}

/// <summary>Balance in one currency.</summary>
/// <param name="Currency">The provider's key, for example <c>CAD</c>, <c>USD</c>, <c>PRO</c>.</param>
/// <param name="Available">Free to spend.</param>
/// <param name="Pending">On its way in.</param>
/// <param name="Reserved">Held for orders.</param>
public sealed record ProviderFund(string Currency, Money Available, Money Pending, Money Reserved);

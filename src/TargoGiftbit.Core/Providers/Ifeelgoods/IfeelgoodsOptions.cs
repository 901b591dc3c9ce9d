namespace TargoGiftbit.Core.Providers.Ifeelgoods;

/// <summary>How calls say who makes them.</summary>
public enum IfeelgoodsAuth
{
    /// <summary>The headers <c>Api-Key</c> and <c>Api-Secret</c> on every call.</summary>
    Keys,

    /// <summary>A bearer token from the OAuth host. Uncertain: today's <c>grant_type</c> is not documented.</summary>
    OAuth,
}

/// <summary>How a gift of the link kind is made.</summary>
public enum IfeelgoodsLinkFlow
{
    /// <summary>Create the redemption and mail its <c>url</c>. Uncertain: that the customer can take the reward there.</summary>
    Create,

    /// <summary>Book, then activate. Uncertain: the path of the activation and the moment of billing.</summary>
    BookThenActivate,
}

/// <summary>Where the amount of a <c>-VAR</c> reward stands in an order. Uncertain: none of them is documented.</summary>
public enum IfeelgoodsAmountForm
{
    /// <summary><c>data.value{amount,currency}</c>, as redemptions are told.</summary>
    DataValue,

    /// <summary><c>data.reward.value{amount,currency}</c>.</summary>
    RewardValue,

    /// <summary><c>data.amount</c>.</summary>
    DataAmount,
}

/// <summary>
/// What the documents leave open, one named switch each (reference/ifeelgoods.md). The defaults are the documented way where there
/// is one, else the likeliest.
/// </summary>
public sealed record IfeelgoodsOptions
{
    /// <summary>Headers or OAuth (§1).</summary>
    public IfeelgoodsAuth Auth { get; init; }

    /// <summary><c>grant_type</c> of a token request: <c>account_application</c> in 2015, today's value is not documented (§1).</summary>
    public string GrantType { get; init; } = "client_credentials";

    /// <summary>How links are made (§4, §7).</summary>
    public IfeelgoodsLinkFlow LinkFlow { get; init; }

    /// <summary>Path of the activation below the redemption (§3: not documented).</summary>
    public string ActivatePath { get; init; } = "actions/activate";

    /// <summary>Where the amount of a <c>-VAR</c> reward stands (§5: not documented).</summary>
    public IfeelgoodsAmountForm AmountForm { get; init; }

    /// <summary>Name of the query parameter for the page, from 1 (§2: not documented).</summary>
    public string PageParameter { get; init; } = "page";

    /// <summary>Name of the query parameter for the rows of a page (§2: not documented).</summary>
    public string PageSizeParameter { get; init; } = "per_page";

    /// <summary>Rows asked for; the server may return fewer.</summary>
    public int PageSize { get; init; } = 100;

    /// <summary>Told, once per kind, what an operator should know about orders: on whatever thread the call runs.</summary>
    public Action<string>? Notice { get; init; }
}

using System.Globalization;
using TargoGiftbit.Core.Settings;

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
/// What the documents leave open, one named switch each, set with <c>IFEELGOODS_OPTIONS</c> or <c>-Option</c> so that a scheduled run
/// has the same ones (reference/ifeelgoods.md). The defaults are the documented way where there
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

    /// <summary>Reads switches from <c>name=value</c> pairs with commas or blanks between them, for example <c>auth=oauth, page-size=50</c>.</summary>
    /// <param name="text">The pairs; null or blank for the defaults.</param>
    /// <exception cref="GiftSettingsException"><c>SettingInvalid</c>: no such switch, or a value it cannot have.</exception>
    public static IfeelgoodsOptions Parse(string? text)
    {
        var options = new IfeelgoodsOptions();
        foreach (var pair in (text ?? "").Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            var (name, value) = at > 0 ? (pair[..at].ToLowerInvariant(), pair[(at + 1)..]) : (pair, "");
            if (value.Length == 0) throw IfeelgoodsText.OptionInvalid(pair);
            options = name switch
            {
                "auth" => options with { Auth = Word<IfeelgoodsAuth>(value, pair) },
                "grant-type" => options with { GrantType = value },
                "link-flow" => options with { LinkFlow = Word<IfeelgoodsLinkFlow>(value, pair) },
                "activate-path" => options with { ActivatePath = value },
                "amount-form" => options with { AmountForm = Word<IfeelgoodsAmountForm>(value, pair) },
                "page-parameter" => options with { PageParameter = value },
                "page-size-parameter" => options with { PageSizeParameter = value },
                "page-size" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size is >= 1 and <= 1000 => options with { PageSize = size },
                _ => throw IfeelgoodsText.OptionInvalid(pair),
            };
        }
        return options;
    }

    private static T Word<T>(string value, string pair)
        where T : struct, Enum =>
        !char.IsAsciiDigit(value[0]) && Enum.TryParse<T>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var word) ? word : throw IfeelgoodsText.OptionInvalid(pair);

    /// <summary>Told, once per kind, what an operator should know about orders: on whatever thread the call runs.</summary>
    public Action<string>? Notice { get; init; }
}

namespace TargoGiftbit.Core.Providers;

/// <summary>Codes of <see cref="GiftProviderException"/> that other rooms act on.</summary>
public static class ProviderCodes
{
    /// <summary>The order was refused only because it lacks <c>link_count</c> (spec B1); certainly nothing was ordered.</summary>
    public const string LinkCountRequired = "GiftbitLinkCountRequired";
}

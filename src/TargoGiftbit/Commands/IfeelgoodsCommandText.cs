using System.Globalization;
using System.Resources;

namespace TargoGiftbit.Commands;

/// <summary>What the cmdlets of the second provider say; the words are in <c>IfeelgoodsCommandText.resx</c>.</summary>
internal static class IfeelgoodsCommandText
{
    private static readonly ResourceManager Words = new(typeof(IfeelgoodsCommandText));

    internal static string AlertCrossed(object? client, object? alert) => Format(nameof(AlertCrossed), client, alert);

    internal static string ClientUnknown(object? client) => Format(nameof(ClientUnknown), client);

    internal static string NotFolder(object? path) => Format(nameof(NotFolder), path);

    internal static string NotOrdered(object? gift) => Format(nameof(NotOrdered), gift);

    internal static string OrderUnknown(object? order, object? promotion) => Format(nameof(OrderUnknown), order, promotion);

    internal static string OtherProvider(object? gift, object? provider) => Format(nameof(OtherProvider), gift, provider);

    internal static string PdfWritten(object? order, object? file) => Format(nameof(PdfWritten), order, file);

    internal static string PriceNeeded(object? reward) => Format(nameof(PriceNeeded), reward);

    internal static string ProviderUnknown(object? provider) => Format(nameof(ProviderUnknown), provider);

    internal static string RedemptionUnknown => Get(nameof(RedemptionUnknown));

    internal static string Released(object? count, object? campaign) => Format(nameof(Released), count, campaign);

    internal static string RewardUnknown(object? reward) => Format(nameof(RewardUnknown), reward);

    internal static string StopCaption => Get(nameof(StopCaption));

    internal static string StopOffer(object? count) => Format(nameof(StopOffer), count);

    internal static string StopQuestion(object? offer) => Format(nameof(StopQuestion), offer);

    internal static string StopTarget(object? environment) => Format(nameof(StopTarget), environment);

    private static string Format(string name, params object?[] values) => string.Format(CultureInfo.InvariantCulture, Get(name), values);

    private static string Get(string name) => Words.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(name);
}

using System.Globalization;
using System.Resources;

namespace TargoGiftbit.Commands;

/// <summary>What the cmdlets themselves say to the operator; the words are in <c>CommandText.resx</c>.</summary>
internal static class CommandText
{
    private static readonly ResourceManager Words = new(typeof(CommandText));

    internal static string CampaignUnknown(object? campaign) => Format(nameof(CampaignUnknown), campaign);

    internal static string ContactsRead(object? count, object? file, object? flagged) => Format(nameof(ContactsRead), count, file, flagged);

    internal static string GiftNotFound(object? uuid) => Format(nameof(GiftNotFound), uuid);

    internal static string OrderNotFound(object? id) => Format(nameof(OrderNotFound), id);

    internal static string RegionUnknown(object? region, object? known) => Format(nameof(RegionUnknown), region, known);

    internal static string Retry(object? service, object? method, object? path, object? attempt, object? seconds, object? reason) => Format(nameof(Retry), service, method, path, attempt, seconds, reason);

    private static string Format(string name, params object?[] values) => string.Format(CultureInfo.InvariantCulture, Get(name), values);

    private static string Get(string name) => Words.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(name);
}

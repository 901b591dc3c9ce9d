using System.Globalization;
using System.Resources;

namespace TargoGiftbit.Commands;

/// <summary>What the cmdlets themselves say to the operator; the words are in <c>CommandText.resx</c>.</summary>
internal static class CommandText
{
    private static readonly ResourceManager Words = new(typeof(CommandText));

    internal static string CampaignUnknown(object? campaign) => Format(nameof(CampaignUnknown), campaign);

    private static string Format(string name, params object?[] values) => string.Format(CultureInfo.InvariantCulture, Get(name), values);

    private static string Get(string name) => Words.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(name);
}

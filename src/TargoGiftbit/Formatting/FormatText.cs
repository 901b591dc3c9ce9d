using System.Globalization;
using System.Resources;

namespace TargoGiftbit.Formatting;

/// <summary>The words of the views, from <c>FormatText.resx</c>.</summary>
internal static class FormatText
{
    private static readonly ResourceManager Words = new(typeof(FormatText));

    internal static string Until => Get(nameof(Until));

    internal static string Rehearsal => Get(nameof(Rehearsal));

    internal static string Production => Get(nameof(Production));

    internal static string Sandbox => Get(nameof(Sandbox));

    internal static string OriginParameter => Get(nameof(OriginParameter));

    internal static string OriginEnvironment => Get(nameof(OriginEnvironment));

    internal static string OriginDotEnv => Get(nameof(OriginDotEnv));

    internal static string OriginDefault => Get(nameof(OriginDefault));

    internal static string OriginNone => Get(nameof(OriginNone));

    internal static string ClickAutomated => Get(nameof(ClickAutomated));

    internal static string ClickElsewhere => Get(nameof(ClickElsewhere));

    internal static string ClickOnGift => Get(nameof(ClickOnGift));

    internal static string OpenIsWeak => Get(nameof(OpenIsWeak));

    internal static string CodeCount(int count) => string.Format(CultureInfo.InvariantCulture, Get(nameof(CodeCount)), count);

    private static string Get(string name) => Words.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(name);
}

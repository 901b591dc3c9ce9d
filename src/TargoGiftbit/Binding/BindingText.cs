using System.Globalization;
using System.Resources;

namespace TargoGiftbit.Binding;

/// <summary>What is said of arguments that cannot be used; the words are in <c>BindingText.resx</c>.</summary>
internal static class BindingText
{
    private static readonly ResourceManager Words = new(typeof(BindingText));

    internal static string NotAContact => Get(nameof(NotAContact));

    internal static string NotADay(object? given) => Format(nameof(NotADay), given);

    internal static string NotAGift => Get(nameof(NotAGift));

    internal static string NotASecret => Get(nameof(NotASecret));

    internal static string NotAnAmount(object? text) => Format(nameof(NotAnAmount), text);

    private static string Format(string name, params object?[] values) => string.Format(CultureInfo.InvariantCulture, Get(name), values);

    private static string Get(string name) => Words.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(name);
}

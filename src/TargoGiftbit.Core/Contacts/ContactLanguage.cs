using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Contacts;

/// <summary>The language of a customer from what a list says of it (spec C2).</summary>
public static class ContactLanguage
{
    /// <summary><c>en…</c> means English (<c>en</c>, <c>EN-CA</c>, <c>English</c>); anything else, or nothing, means French.</summary>
    /// <param name="text">The cell, or null.</param>
    public static GiftLanguage Of(string? text) =>
        text.AsSpan().Trim().StartsWith("en", StringComparison.OrdinalIgnoreCase) ? GiftLanguage.En : GiftLanguage.Fr;
}

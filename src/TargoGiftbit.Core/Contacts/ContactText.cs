using System.Globalization;
using System.Resources;

namespace TargoGiftbit.Core.Contacts;

/// <summary>The words of this room, from <c>ContactText.resx</c>. A code's remedy has the code's name with <c>.Remedy</c> behind it.</summary>
internal static class ContactText
{
    private static readonly ResourceManager Resources = new(typeof(ContactText));

    internal static string Get(string name) =>
        Resources.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(name);

    internal static string Format(string name, params object?[] values) =>
        string.Format(CultureInfo.InvariantCulture, Get(name), values);

    /// <summary>What to do about a row's problem; empty for a code of another source.</summary>
    internal static string Remedy(string code) => Resources.GetString(code + ".Remedy", CultureInfo.CurrentUICulture) ?? "";

    /// <summary>An error about a whole file; the remedy may use the same values as the message.</summary>
    internal static GiftContactException Error(string code, params object?[] values) =>
        new(code, Format(code, values), Format(code + ".Remedy", values));

    /// <summary>Name of a column for a message: "the first name".</summary>
    internal static string FieldName<TField>(TField field)
        where TField : struct, Enum => Get($"Field.{field}");
}

using System.Globalization;
using System.Resources;

namespace TargoGiftbit.Core.Mail;

/// <summary>What an operator reads of this room; the words stand in <c>MailText.resx</c>.</summary>
internal static class MailText
{
    private static readonly ResourceManager Resources = new(typeof(MailText));

    /// <summary>A text by its name, with its places filled in.</summary>
    /// <param name="name">Name in the resource file.</param>
    /// <param name="arguments">What goes into <c>{0}</c>, <c>{1}</c>…</param>
    /// <exception cref="MissingManifestResourceException">There is no such text: a fault of this product.</exception>
    public static string Get(string name, params object?[] arguments)
    {
        var text = Resources.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(name);
        return arguments.Length == 0 ? text : string.Format(CultureInfo.InvariantCulture, text, arguments);
    }
}

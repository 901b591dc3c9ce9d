using System.Text.RegularExpressions;

namespace TargoGiftbit.Simulator.Mail;

/// <summary>The form of an e-mail address, as far as a mail service looks at it.</summary>
public static partial class MailAddresses
{
    public static bool IsValid(string? address) => address is { Length: > 2 and <= 254 } && Form().IsMatch(address);

    /// <summary>The address out of <c>Name &lt;address&gt;</c>.</summary>
    public static string Bare(string text)
    {
        var open = text.LastIndexOf('<');
        var close = text.LastIndexOf('>');
        return (open >= 0 && close > open ? text[(open + 1)..close] : text).Trim();
    }

    /// <summary>The address or its domain stands in a list.</summary>
    public static bool IsListed(IReadOnlyList<string> list, string address, bool emptyMeansAll = false) => list.Count == 0
        ? emptyMeansAll
        : list.Contains(address, StringComparer.OrdinalIgnoreCase) || list.Contains(DomainOf(address), StringComparer.OrdinalIgnoreCase);

    public static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..];

    [GeneratedRegex(@"^[^\s@<>,;:""()\\]+@[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

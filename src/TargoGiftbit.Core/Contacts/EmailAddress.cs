using System.Buffers;
using System.Globalization;
using System.Text;

namespace TargoGiftbit.Core.Contacts;

/// <summary>What is wrong with an e-mail address.</summary>
public enum EmailFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Empty.</summary>
    Missing,

    /// <summary>A line break or another control character: it could add a header of its own to a message.</summary>
    ControlCharacter,

    /// <summary>Over 254 bytes, or over 64 before the @.</summary>
    TooLong,

    /// <summary>No @, or several.</summary>
    NotOneAt,

    /// <summary>A dot first, last or beside another before the @.</summary>
    Dots,

    /// <summary>Another character that is not allowed before the @; quoted local parts are not accepted.</summary>
    LocalPart,

    /// <summary>Not a domain name of at least two labels.</summary>
    Domain,
}

/// <summary>
/// A practical check of e-mail addresses: what the mail systems of customers really use, of RFC 5321 §4.1.2 and RFC 6531, without
/// quoted local parts, comments and address literals, which in a customer list are mistakes.
/// </summary>
public static class EmailAddress
{
    private const int MaxBytes = 254;
    private const int MaxLocalBytes = 64;

    private static readonly SearchValues<char> LocalCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~.");

    private static readonly SearchValues<char> DomainCharacters = SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>Checks an address that was trimmed already.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The first thing that is wrong, or <see cref="EmailFault.None"/>.</returns>
    public static EmailFault Check(string? address)
    {
        if (string.IsNullOrWhiteSpace(address)) return EmailFault.Missing;
        if (address.AsSpan().ContainsAnyInRange('\0', '\x1f') || address.AsSpan().ContainsAnyInRange('\x7f', '\x9f')) return EmailFault.ControlCharacter;
        var at = address.IndexOf('@', StringComparison.Ordinal);
        if (at < 0 || address.IndexOf('@', at + 1) >= 0) return EmailFault.NotOneAt;
        var local = address.AsSpan(0, at);
        var domain = address.AsSpan(at + 1);
        if (address.Length > MaxBytes || Encoding.UTF8.GetByteCount(address) > MaxBytes || Encoding.UTF8.GetByteCount(local) > MaxLocalBytes)
            return EmailFault.TooLong;
        if (local.IsEmpty) return EmailFault.LocalPart;
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal)) return EmailFault.Dots;
        if (local.ContainsAnyExcept(LocalCharacters) && !IsInternationalText(local, LocalCharacters)) return EmailFault.LocalPart;
        return IsDomain(domain) ? EmailFault.None : EmailFault.Domain;
    }

    /// <summary>Whether <see cref="Check"/> finds nothing wrong.</summary>
    /// <param name="address">The address.</param>
    public static bool IsValid(string? address) => Check(address) == EmailFault.None;

    /// <summary>
    /// Whether the address can be written to only where both mail systems speak SMTPUTF8 (RFC 6531): its local part is not ASCII.
    /// An international domain name does not need it, since it has an ASCII form.
    /// </summary>
    /// <param name="address">A valid address.</param>
    public static bool NeedsSmtpUtf8(string address) =>
        !Ascii.IsValid(address.AsSpan(0, Math.Max(0, address.IndexOf('@', StringComparison.Ordinal))));

    /// <summary>
    /// The form in which two spellings of an address are the same: no white space, lower case, the domain in its ASCII form.
    /// For comparing only: nothing is ever sent to it.
    /// </summary>
    /// <param name="address">Any text; one that is no address is merely lowered.</param>
    public static string Key(string? address)
    {
        if (string.IsNullOrEmpty(address)) return "";
        if (IsKey(address)) return address;
        var text = address.Any(IsBlank) ? string.Concat(address.Where(c => !IsBlank(c))) : address;
        text = text.ToLowerInvariant();
        var at = text.LastIndexOf('@');
        return at < 0 || Ascii.IsValid(text.AsSpan(at)) || !TryToAscii(text[(at + 1)..], out var ascii)
            ? text
            : string.Concat(text.AsSpan(0, at + 1), ascii);
    }

    /// <summary>Why an address is refused, in words.</summary>
    public static string Describe(EmailFault fault) => ContactText.Get($"EmailFault.{fault}");

    private static bool IsKey(string address)
    {
        foreach (var c in address)
            if (c is <= ' ' or >= '\x7f' or (>= 'A' and <= 'Z')) return false;
        return true;
    }

    private static bool IsBlank(char c) => char.IsWhiteSpace(c) || c is '\ufeff' or '\u200b';

    private static bool IsDomain(ReadOnlySpan<char> domain)
    {
        if (domain.ContainsAnyExcept(DomainCharacters))
        {
            // The letters are looked at here too, since without the system's globalisation data IdnMapping lets anything through.
            if (!IsInternationalText(domain, DomainCharacters) || !TryToAscii(domain.ToString(), out var ascii)) return false;
            domain = ascii;
        }
        if (domain.Length is 0 or > 253 || !domain.Contains('.')) return false;
        var lastLabel = domain;
        foreach (var range in domain.Split('.'))
        {
            lastLabel = domain[range];
            if (lastLabel.Length is 0 or > 63 || lastLabel[0] == '-' || lastLabel[^1] == '-') return false;
        }
        // A last label of digits alone is an IP address or a typing error.
        return lastLabel.Length >= 2 && lastLabel.ContainsAnyExceptInRange('0', '9');
    }

    private static bool TryToAscii(string domain, out string ascii)
    {
        try
        {
            ascii = Idn.GetAscii(domain).ToLowerInvariant();
            return true;
        }
        catch (ArgumentException)
        {
            ascii = "";
            return false;
        }
    }

    private static bool IsInternationalText(ReadOnlySpan<char> text, SearchValues<char> ascii)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var allowed = rune.IsAscii
                ? ascii.Contains((char)rune.Value)
                : Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark || Rune.IsLetterOrDigit(rune);
            if (!allowed) return false;
        }
        return true;
    }
}

using System.Buffers;
using System.Globalization;
using System.Text;

namespace TargoGiftbit.Core.Mail.Transports;

/// <summary>An addr-spec taken apart and made fit for the wire: domain in ASCII, local part as it came.</summary>
/// <param name="Text">Local part, <c>@</c>, ASCII domain.</param>
/// <param name="NeedsUtf8">The local part has characters beyond ASCII: SMTPUTF8 (RFC 6531) is needed.</param>
internal readonly record struct AddressForm(string Text, bool NeedsUtf8)
{
    private static readonly SearchValues<char> AtomText =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~.");

    private static readonly SearchValues<char> DomainText =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.");

    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    /// <summary>What stands behind the <c>@</c>.</summary>
    public ReadOnlySpan<char> Domain => Text.AsSpan(Text.LastIndexOf('@') + 1);

    /// <summary>Takes an address apart.</summary>
    /// <param name="address">Addr-spec without angle brackets or comment.</param>
    /// <param name="field">Which field of the message it stands in, for the error.</param>
    /// <exception cref="MailMessageException"><c>MailAddressInvalid</c>.</exception>
    public static AddressForm Parse(string address, string field)
    {
        var at = address.LastIndexOf('@');
        // RFC 5321 §4.5.3.1: 64 octets before the @, 254 in a path.
        if (at is < 1 or > 64 || address.Length > 254) throw Invalid(field);
        var local = address.AsSpan(0, at);
        var domain = address[(at + 1)..];
        var ascii = Ascii.IsValid(local);
        if (!(local[0] == '"' ? IsQuoted(local) : IsDotAtom(local)) || (!ascii && Encoding.UTF8.GetByteCount(local) > 64))
            throw Invalid(field);
        if (!IsHostName(domain))
        {
            // Already ASCII and still no host name: nothing that IDN could mend.
            if (Ascii.IsValid(domain)) throw Invalid(field);
            try
            {
                domain = Idn.GetAscii(domain);
            }
            catch (ArgumentException error)
            {
                throw Invalid(field, error);
            }
            if (!IsHostName(domain)) throw Invalid(field);
            return new AddressForm($"{local}@{domain}", !ascii);
        }
        return new AddressForm(address, !ascii);
    }

    private static bool IsDotAtom(ReadOnlySpan<char> local)
    {
        if (local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal)) return false;
        var rest = local;
        while (true)
        {
            var odd = rest.IndexOfAnyExcept(AtomText);
            if (odd < 0) return true;
            // RFC 6531 §3.3 widens atext by all of UTF-8; spaces, controls and halves of pairs stay out.
            if (Rune.DecodeFromUtf16(rest[odd..], out var rune, out var used) != OperationStatus.Done || rune.IsAscii
                || Rune.IsControl(rune) || Rune.IsWhiteSpace(rune)) return false;
            rest = rest[(odd + used)..];
        }
    }

    private static bool IsQuoted(ReadOnlySpan<char> local)
    {
        if (local.Length < 3 || local[^1] != '"') return false;
        for (var i = 1; i < local.Length - 1; i++)
        {
            if (local[i] is < ' ' or > '~' or '"') return false;
            if (local[i] == '\\' && ++i >= local.Length - 1) return false;
        }
        return true;
    }

    private static bool IsHostName(ReadOnlySpan<char> domain)
    {
        if (domain.Length is 0 or > 253 || domain.IndexOfAnyExcept(DomainText) >= 0) return false;
        foreach (var part in domain.Split('.'))
        {
            var label = domain[part];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-') return false;
        }
        return true;
    }

    private static MailMessageException Invalid(string field, Exception? inner = null) =>
        new("MailAddressInvalid", TransportText.AddressInvalid(field), inner);
}

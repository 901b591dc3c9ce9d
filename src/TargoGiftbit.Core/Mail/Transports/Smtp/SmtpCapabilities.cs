using System.Globalization;

namespace TargoGiftbit.Core.Mail.Transports.Smtp;

/// <summary>What a server said it can do in its reply to EHLO (RFC 5321 §4.1.1.1).</summary>
internal sealed record SmtpCapabilities
{
    public bool StartTls { get; private init; }

    public bool Pipelining { get; private init; }

    public bool EightBitMime { get; private init; }

    public bool SmtpUtf8 { get; private init; }

    public bool AuthPlain { get; private init; }

    public bool AuthLogin { get; private init; }

    /// <summary>SIZE was offered (RFC 1870).</summary>
    public bool Size { get; private init; }

    /// <summary>Largest message in octets, or 0 when not told.</summary>
    public long SizeLimit { get; private init; }

    public static SmtpCapabilities Parse(string ehlo)
    {
        var found = new SmtpCapabilities();
        foreach (var line in ehlo.Split('\n').Skip(1))
        {
            // Old servers write "AUTH=PLAIN LOGIN".
            var words = line.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words.Length == 0) continue;
            found = words[0].ToUpperInvariant() switch
            {
                "STARTTLS" => found with { StartTls = true },
                "PIPELINING" => found with { Pipelining = true },
                "8BITMIME" => found with { EightBitMime = true },
                "SMTPUTF8" => found with { SmtpUtf8 = true },
                "SIZE" => found with { Size = true, SizeLimit = words.Length > 1 && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 0 },
                "AUTH" => found with
                {
                    AuthPlain = found.AuthPlain || words.Contains("PLAIN", StringComparer.OrdinalIgnoreCase),
                    AuthLogin = found.AuthLogin || words.Contains("LOGIN", StringComparer.OrdinalIgnoreCase),
                },
                _ => found,
            };
        }
        return found;
    }
}

using System.Globalization;
using System.Text;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Contacts;

/// <summary>
/// The one address that everything goes to in the sandbox, tagged with the gift's row, since the provider tells recipients apart by
/// their address (spec A3): <c>inbox@example.com</c> becomes <c>inbox+12@example.com</c>, and <c>a+b@example.com</c> becomes
/// <c>a+b+12@example.com</c>.
/// </summary>
public static class TestInbox
{
    /// <summary>Checks an address as a test inbox.</summary>
    /// <param name="inbox">The address, trimmed.</param>
    /// <exception cref="GiftContactException">It is not a plain address (<c>TestInboxInvalid</c>).</exception>
    public static void Check(string inbox)
    {
        if (EmailAddress.Check(inbox) is var fault and not EmailFault.None)
            throw ContactText.Error(ContactCodes.TestInboxInvalid, fault == EmailFault.ControlCharacter ? "" : inbox, EmailAddress.Describe(fault));
    }

    /// <summary>The address that stands for the customer of a row.</summary>
    /// <param name="inbox">The test inbox; a tag of its own stays.</param>
    /// <param name="row">The gift's row, 1 or more.</param>
    /// <exception cref="GiftContactException">
    /// The inbox is not a plain address (<c>TestInboxInvalid</c>) or too long to be tagged (<c>TestInboxTooLong</c>).
    /// </exception>
    public static string Tag(string inbox, int row)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(row, 1);
        Check(inbox);
        var at = inbox.IndexOf('@', StringComparison.Ordinal);
        var local = string.Create(CultureInfo.InvariantCulture, $"{inbox.AsSpan(0, at)}+{row}");
        if (Encoding.UTF8.GetByteCount(local) > 64) throw ContactText.Error(ContactCodes.TestInboxTooLong, inbox);
        return string.Concat(local, inbox.AsSpan(at));
    }

    /// <summary>The row that an address was tagged with.</summary>
    /// <param name="inbox">The test inbox.</param>
    /// <param name="address">An address as the provider gives it back; capitals do not matter.</param>
    /// <returns>The row, or null when the address is not this inbox with a row.</returns>
    public static int? RowOf(string inbox, string? address)
    {
        if (address is null) return null;
        var text = address.AsSpan().Trim();
        var at = inbox.LastIndexOf('@');
        var local = inbox.AsSpan(0, at);
        var domain = inbox.AsSpan(at);
        // inbox + '+' + digits + '@domain', and nothing else: another address of the same house is not ours.
        if (text.Length <= inbox.Length + 1
            || !text.StartsWith(local, StringComparison.OrdinalIgnoreCase)
            || !text.EndsWith(domain, StringComparison.OrdinalIgnoreCase)
            || text[local.Length] != '+')
            return null;
        var digits = text[(local.Length + 1)..^domain.Length];
        return digits[0] != '0' && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : null;
    }

    /// <summary>
    /// Whether a message to an address is certainly none of an environment's mails: those of the sandbox go to the test inbox, and only they
    /// do (spec A3). Both environments may have a campaign of one id, and a CustomID does not say which it is of.
    /// </summary>
    /// <param name="environment">The environment.</param>
    /// <param name="inbox">The test inbox, or null when none is set.</param>
    /// <param name="recipient">Whom the message went to, or null when the service does not tell.</param>
    public static bool IsOfOtherEnvironment(GiftEnvironment environment, string? inbox, string? recipient) =>
        inbox is not null && recipient is not null && (RowOf(inbox, recipient) is not null) != (environment == GiftEnvironment.Sandbox);
}

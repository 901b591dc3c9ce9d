using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Mail;

/// <summary>Refuses sender settings with which no correct message can be made.</summary>
internal static class SenderCheck
{
    /// <summary>Looks at the settings.</summary>
    /// <exception cref="MailTemplateException">See <see cref="GiftMailRenderer"/>.</exception>
    public static void Run(MailSenderSettings sender)
    {
        CheckAddress(sender.From.Address, SettingName.From);
        if (sender.ReplyTo is { } replyTo) CheckAddress(replyTo.Address, SettingName.ReplyTo);
        CheckAddress(sender.SupportAddress, SettingName.SupportAddress);
        CheckAddress(sender.UnsubscribeAddress, SettingName.UnsubscribeMailto);
        if (sender.UnsubscribeUrl is not { } page) return;
        if (!page.IsAbsoluteUri || !(page.Scheme == Uri.UriSchemeHttps || (page.Scheme == Uri.UriSchemeHttp && page.IsLoopback)) || page.Fragment.Length > 0)
            throw Fault("UnsubscribeUrlInvalid", page.OriginalString);
        if (sender.SigningKey is null) throw Fault("SigningKeyMissing");
    }

    /// <summary>True for something that can stand in an address header: one <c>@</c>, no blank, control or angle bracket.</summary>
    public static bool IsAddress(string? address)
    {
        if (string.IsNullOrEmpty(address) || address.Length > 254) return false;
        var at = address.LastIndexOf('@');
        return at > 0 && at < address.Length - 1 && address.IndexOf('@') == at
            && !address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || c is '<' or '>' or ',' or ';' or '"' or '(' or ')' or ':' or '\\');
    }

    private static void CheckAddress(string? address, string setting)
    {
        if (!IsAddress(address)) throw Fault("SenderAddressInvalid", setting, MailValue.Line(address));
    }

    private static MailTemplateException Fault(string code, params object?[] arguments) =>
        new(code, MailText.Get(code, arguments), MailText.Get(code + "_Remedy"));
}

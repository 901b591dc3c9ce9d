using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Mail;

/// <summary>Reads who the mails come from out of the settings (spec A9).</summary>
public static class MailSenderReader
{
    /// <summary>The sender that the settings name; what they leave open keeps its default.</summary>
    /// <exception cref="GiftSettingsException"><c>EndpointInvalid</c>, <c>EndpointNotSecure</c>: the unsubscribe page cannot be used; <c>SettingInvalid</c>.</exception>
    public static MailSenderSettings Read(GiftSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var usual = new MailSenderSettings();
        return usual with
        {
            From = Address(settings.Text(SettingName.From)) ?? usual.From,
            ReplyTo = Address(settings.Text(SettingName.ReplyTo)) ?? usual.ReplyTo,
            MailingAddress = settings.Text(SettingName.MailingAddress) ?? usual.MailingAddress,
            SubjectFr = settings.Text(SettingName.SubjectFr) ?? usual.SubjectFr,
            SubjectEn = settings.Text(SettingName.SubjectEn) ?? usual.SubjectEn,
            ReminderSubjectFr = settings.Text(SettingName.ReminderSubjectFr) ?? usual.ReminderSubjectFr,
            ReminderSubjectEn = settings.Text(SettingName.ReminderSubjectEn) ?? usual.ReminderSubjectEn,
            SupportAddress = Address(settings.Text(SettingName.SupportAddress))?.Address ?? usual.SupportAddress,
            CommitmentFr = settings.Text(SettingName.CommitmentFr),
            CommitmentEn = settings.Text(SettingName.CommitmentEn),
            PrivacyUrl = settings.Page(SettingName.PrivacyUrl),
            TrackOpens = settings.Flag(SettingName.TrackOpens) ?? usual.TrackOpens,
            TrackClicks = settings.Flag(SettingName.TrackClicks) ?? usual.TrackClicks,
            UnsubscribeMailto = Address(settings.Text(SettingName.UnsubscribeMailto))?.Address,
            UnsubscribeUrl = settings.Endpoint(SettingName.UnsubscribeUrl),
            SigningKey = settings.Secret(SettingName.SigningKey),
        };
    }

    /// <summary>An address as people write it: <c>Name &lt;address&gt;</c>, or the address alone. Whether it is one is the renderer's check.</summary>
    internal static MailAddress? Address(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var open = text.LastIndexOf('<');
        if (open < 0 || !text.TrimEnd().EndsWith('>')) return new MailAddress(text.Trim());
        var name = text[..open].Trim().Trim('"').Trim();
        return new MailAddress(text[(open + 1)..].TrimEnd()[..^1].Trim(), name.Length > 0 ? name : null);
    }
}

using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Core.Mail;

/// <summary>Who a gift mail comes from and what the law wants said of it (spec D1, D4, A9).</summary>
public sealed record MailSenderSettings
{
    /// <summary>Sender; its display name is the name by which the sender carries on business (<c>GIFT_FROM</c>).</summary>
    public MailAddress From { get; init; } = new("noreply@targo.ca", "TARGO");

    /// <summary>Where answers go (<c>GIFT_REPLY_TO</c>).</summary>
    public MailAddress? ReplyTo { get; init; } = new("support@targo.ca", "TARGO");

    /// <summary>Address a customer can write to, printed in the mail (<c>GIFT_SUPPORT_ADDRESS</c>).</summary>
    public string SupportAddress { get; init; } = "support@targo.ca";

    /// <summary>Postal address, printed in the mail (<c>GIFT_MAILING_ADDRESS</c>).</summary>
    public string MailingAddress { get; init; } = "1867 ch. de la rivière, Sainte-Clotilde, QC";

    /// <summary>Subject in French; may hold placeholders (<c>GIFT_SUBJECT_FR</c>).</summary>
    public string SubjectFr { get; init; } = "🎁 Un cadeau pour toi, de la part de TARGO";

    /// <summary>Subject in English (<c>GIFT_SUBJECT_EN</c>).</summary>
    public string SubjectEn { get; init; } = "🎁 A gift for you, from TARGO";

    /// <summary>Subject of the reminder in French (<c>GIFT_REMINDER_SUBJECT_FR</c>).</summary>
    public string ReminderSubjectFr { get; init; } = "🎁 Ton cadeau de TARGO t’attend encore";

    /// <summary>Subject of the reminder in English (<c>GIFT_REMINDER_SUBJECT_EN</c>).</summary>
    public string ReminderSubjectEn { get; init; } = "🎁 Your gift from TARGO is still waiting";

    /// <summary>Page that takes unsubscribes, https, or http on loopback (<c>GIFT_UNSUBSCRIBE_URL</c>); null when there is none.</summary>
    public Uri? UnsubscribeUrl { get; init; }

    /// <summary>Address where unsubscribes by mail are read; null for <see cref="SupportAddress"/> (<c>GIFT_UNSUBSCRIBE_MAILTO</c>).</summary>
    public string? UnsubscribeMailto { get; init; }

    /// <summary>Key of the unsubscribe tokens (<c>GIFT_SIGNING_KEY</c>); needed with <see cref="UnsubscribeUrl"/>.</summary>
    public Secret? SigningKey { get; init; }

    /// <summary>Privacy policy linked in the footer, or null (<c>GIFT_PRIVACY_URL</c>).</summary>
    public Uri? PrivacyUrl { get; init; }

    /// <summary>What accepting the gift commits the customer to, in French; null for the usual words: to nothing (<c>GIFT_COMMITMENT_FR</c>).</summary>
    public string? CommitmentFr { get; init; }

    /// <summary>The same in English (<c>GIFT_COMMITMENT_EN</c>).</summary>
    public string? CommitmentEn { get; init; }

    /// <summary>Open tracking; off unless asked for (<c>GIFT_TRACK_OPENS</c>; reference/email-compliance.md B1, s. 8.1).</summary>
    public bool TrackOpens { get; init; }

    /// <summary>Click tracking (<c>GIFT_TRACK_CLICKS</c>); the footer says so.</summary>
    public bool TrackClicks { get; init; } = true;

    /// <summary>The subject as configured, placeholders unresolved.</summary>
    /// <param name="language">Language of the mail.</param>
    /// <param name="purpose">Gift or reminder.</param>
    public string Subject(GiftLanguage language, MailPurpose purpose) => (language, purpose) switch
    {
        (GiftLanguage.En, MailPurpose.Gift) => SubjectEn,
        (GiftLanguage.En, _) => ReminderSubjectEn,
        (_, MailPurpose.Gift) => SubjectFr,
        _ => ReminderSubjectFr,
    };

    /// <summary>Address where unsubscribes by mail are read.</summary>
    public string UnsubscribeAddress => UnsubscribeMailto is { Length: > 0 } address ? address : SupportAddress;
}

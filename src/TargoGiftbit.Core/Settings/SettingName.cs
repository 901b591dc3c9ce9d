namespace TargoGiftbit.Core.Settings;

/// <summary>The names of all settings, as they stand in the environment and in <c>.env</c> (spec A9).</summary>
public static class SettingName
{
    /// <summary>Data folder: ledger, <c>.env</c>, caches.</summary>
    public const string Home = "GIFT_HOME";

    /// <summary>Giftbit token for either environment.</summary>
    public const string GiftbitToken = "GIFTBIT_TOKEN";

    /// <summary>Giftbit token that wins in the sandbox.</summary>
    public const string GiftbitTokenSandbox = "GIFTBIT_TOKEN_SANDBOX";

    /// <summary>Giftbit token that wins in production.</summary>
    public const string GiftbitTokenProduction = "GIFTBIT_TOKEN_PRODUCTION";

    /// <summary>Root of Giftbit's API in place of the sandbox's or production's.</summary>
    public const string GiftbitEndpoint = "GIFTBIT_ENDPOINT";

    /// <summary>The one address that gets everything in the sandbox.</summary>
    public const string TestInbox = "GIFT_TEST_INBOX";

    /// <summary>Public half of the Mailjet key pair.</summary>
    public const string MailjetPublicKey = "MJ_APIKEY_PUBLIC";

    /// <summary>Private half of the Mailjet key pair.</summary>
    public const string MailjetPrivateKey = "MJ_APIKEY_PRIVATE";

    /// <summary>Root of Mailjet's API.</summary>
    public const string MailjetEndpoint = "MAILJET_ENDPOINT";

    /// <summary>Mail server: <c>smtp://user@host:587</c> or <c>smtps://user@host:465</c>.</summary>
    public const string Smtp = "GIFT_SMTP";

    /// <summary>Password of the mail server's account.</summary>
    public const string SmtpPassword = "GIFT_SMTP_PASSWORD";

    /// <summary>Sender: <c>Name &lt;address&gt;</c>.</summary>
    public const string From = "GIFT_FROM";

    /// <summary>Where answers go.</summary>
    public const string ReplyTo = "GIFT_REPLY_TO";

    /// <summary>French subject.</summary>
    public const string SubjectFr = "GIFT_SUBJECT_FR";

    /// <summary>English subject.</summary>
    public const string SubjectEn = "GIFT_SUBJECT_EN";

    /// <summary>French subject of the reminder.</summary>
    public const string ReminderSubjectFr = "GIFT_REMINDER_SUBJECT_FR";

    /// <summary>English subject of the reminder.</summary>
    public const string ReminderSubjectEn = "GIFT_REMINDER_SUBJECT_EN";

    /// <summary>Address that customers can write to, printed in the mail.</summary>
    public const string SupportAddress = "GIFT_SUPPORT_ADDRESS";

    /// <summary>What accepting the gift commits the customer to, in French.</summary>
    public const string CommitmentFr = "GIFT_COMMITMENT_FR";

    /// <summary>The same in English.</summary>
    public const string CommitmentEn = "GIFT_COMMITMENT_EN";

    /// <summary>Privacy policy, linked in the footer.</summary>
    public const string PrivacyUrl = "GIFT_PRIVACY_URL";

    /// <summary>Whether opens are tracked.</summary>
    public const string TrackOpens = "GIFT_TRACK_OPENS";

    /// <summary>Whether clicks are tracked.</summary>
    public const string TrackClicks = "GIFT_TRACK_CLICKS";

    /// <summary>Mailing address in the legal footer.</summary>
    public const string MailingAddress = "GIFT_MAILING_ADDRESS";

    /// <summary>Public address of the unsubscribe page.</summary>
    public const string UnsubscribeUrl = "GIFT_UNSUBSCRIBE_URL";

    /// <summary>Address where unsubscribes by mail are read.</summary>
    public const string UnsubscribeMailto = "GIFT_UNSUBSCRIBE_MAILTO";

    /// <summary>Folder of the operator's own templates.</summary>
    public const string Templates = "GIFT_TEMPLATES";

    /// <summary>User name that Mailjet gives to the event listener.</summary>
    public const string WebhookUser = "GIFT_WEBHOOK_USER";

    /// <summary>Password that Mailjet gives to the event listener.</summary>
    public const string WebhookPassword = "GIFT_WEBHOOK_PASSWORD";

    /// <summary>Unguessable path of the event listener.</summary>
    public const string WebhookPath = "GIFT_WEBHOOK_PATH";

    /// <summary>Key of the unsubscribe tokens.</summary>
    public const string SigningKey = "GIFT_SIGNING_KEY";

    /// <summary>Ifeelgoods key.</summary>
    public const string IfeelgoodsKey = "IFEELGOODS_API_KEY";

    /// <summary>Ifeelgoods secret.</summary>
    public const string IfeelgoodsSecret = "IFEELGOODS_API_SECRET";

    /// <summary>Root of Ifeelgoods' API in place of the sandbox's or production's.</summary>
    public const string IfeelgoodsEndpoint = "IFEELGOODS_ENDPOINT";

    /// <summary>What Ifeelgoods' documents leave open: <c>name=value</c> pairs (see <c>IfeelgoodsOptions</c>).</summary>
    public const string IfeelgoodsOptions = "IFEELGOODS_OPTIONS";

    /// <summary>Site of the ERP.</summary>
    public const string ErpNextUrl = "ERPNEXT_URL";

    /// <summary>Token of the ERP: <c>key:secret</c>.</summary>
    public const string ErpNextToken = "ERPNEXT_TOKEN";
}

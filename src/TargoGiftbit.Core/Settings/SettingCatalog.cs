using System.Collections.Frozen;

namespace TargoGiftbit.Core.Settings;

/// <summary>What is known about a setting before anyone sets it.</summary>
/// <param name="Name">One of <see cref="SettingName"/>.</param>
/// <param name="IsSecret">True when the value may be read as a <see cref="Gifts.Secret"/> only.</param>
/// <param name="Default">Value when nobody sets it; null when there is none, or it depends on the environment.</param>
public sealed record SettingDefinition(string Name, bool IsSecret = false, string? Default = null);

/// <summary>All settings, in the order in which they are shown (spec A9).</summary>
public static class SettingCatalog
{
    /// <summary>Every setting once.</summary>
    public static IReadOnlyList<SettingDefinition> All { get; } =
    [
        new(SettingName.Home),
        new(SettingName.GiftbitToken, IsSecret: true),
        new(SettingName.GiftbitTokenSandbox, IsSecret: true),
        new(SettingName.GiftbitTokenProduction, IsSecret: true),
        new(SettingName.GiftbitEndpoint),
        new(SettingName.TestInbox),
        new(SettingName.MailjetPublicKey, IsSecret: true),
        new(SettingName.MailjetPrivateKey, IsSecret: true),
        new(SettingName.MailjetEndpoint, Default: "https://api.mailjet.com"),
        new(SettingName.Smtp),
        new(SettingName.SmtpPassword, IsSecret: true),
        new(SettingName.From, Default: "TARGO <noreply@targo.ca>"),
        new(SettingName.ReplyTo, Default: "support@targo.ca"),
        new(SettingName.SubjectFr, Default: "🎁 Un cadeau pour toi, de la part de TARGO"),
        new(SettingName.SubjectEn, Default: "🎁 A gift for you, from TARGO"),
        new(SettingName.ReminderSubjectFr, Default: "🎁 Ton cadeau de TARGO t’attend encore"),
        new(SettingName.ReminderSubjectEn, Default: "🎁 Your gift from TARGO is still waiting"),
        new(SettingName.SupportAddress, Default: "support@targo.ca"),
        new(SettingName.MailingAddress, Default: "1867 ch. de la rivière, Sainte-Clotilde, QC"),
        new(SettingName.CommitmentFr),
        new(SettingName.CommitmentEn),
        new(SettingName.PrivacyUrl),
        new(SettingName.UnsubscribeUrl),
        new(SettingName.UnsubscribeMailto),
        new(SettingName.TrackOpens, Default: "false"),
        new(SettingName.TrackClicks, Default: "true"),
        new(SettingName.Templates),
        new(SettingName.WebhookUser),
        new(SettingName.WebhookPassword, IsSecret: true),
        // The path is the listener's second key: whoever knows it can try passwords.
        new(SettingName.WebhookPath, IsSecret: true),
        new(SettingName.SigningKey, IsSecret: true),
        new(SettingName.IfeelgoodsKey, IsSecret: true),
        new(SettingName.IfeelgoodsSecret, IsSecret: true),
        new(SettingName.IfeelgoodsEndpoint),
        new(SettingName.IfeelgoodsOptions),
        new(SettingName.ErpNextUrl),
        new(SettingName.ErpNextToken, IsSecret: true),
    ];

    private static readonly FrozenDictionary<string, SettingDefinition> ByName = All.ToFrozenDictionary(d => d.Name, StringComparer.Ordinal);

    /// <summary>Looks a setting up.</summary>
    /// <exception cref="ArgumentException">There is no such setting.</exception>
    public static SettingDefinition Get(string name) =>
        ByName.TryGetValue(name, out var definition) ? definition : throw new ArgumentException($"There is no setting '{name}'.", nameof(name));
}

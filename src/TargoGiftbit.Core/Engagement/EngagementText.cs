using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Engagement;

/// <summary>Every sentence of this room that an operator reads, in one place.</summary>
internal static class EngagementText
{
    public static EngagementException PathWeak(int shortest) =>
        new("WebhookPathWeak", $"{SettingName.WebhookPath} is too easy to guess: it must be one path segment of at least {shortest} letters, digits, - or _.",
            "Make one, for example with: openssl rand -hex 16");

    public static EngagementException PortTaken(int port, Exception cause) =>
        new("WebhookPortTaken", FormattableString.Invariant($"The listener cannot use 127.0.0.1:{port}: {cause.Message}."), "Stop the other program that listens there, or give another -Port.", cause);

    public static EngagementException StoreTimedOut() =>
        new("EventStoreTimedOut", "Events could not be stored in time; Mailjet was told to send them again.", "Check that the ledger's disk is not full and no other command holds it for long.");

    public const string FormerAddress = "asked from an address that was corrected since";

    public static EngagementException OneClickNotSet(string name) =>
        new("OneClickNotSet", $"{name} is not set, so the unsubscribe address cannot be served.",
            $"Set {SettingName.UnsubscribeUrl} to the public https address and {SettingName.SigningKey} to the key that the mails were sent with, or leave -OneClick out.");

    public static EngagementException FileUnreadable(string path, Exception cause) =>
        new("EventFileUnreadable", $"'{path}' cannot be read: {cause.Message}", "Check the path and that the file belongs to the user who runs the command.", cause);
}

using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Engagement;

/// <summary>How the event listener works.</summary>
public sealed record EventListenerOptions
{
    /// <summary>Fewest characters of the path: what <c>openssl rand -hex 8</c> gives.</summary>
    public const int ShortestPath = 16;

    /// <summary>Port on 127.0.0.1, where the reverse proxy finds it; 0 for any.</summary>
    public int Port { get; init; } = 8025;

    /// <summary>The unguessable path segment (<c>GIFT_WEBHOOK_PATH</c>).</summary>
    public required Secret Path { get; init; }

    /// <summary>User name of the basic authentication (<c>GIFT_WEBHOOK_USER</c>).</summary>
    public required string User { get; init; }

    /// <summary>Its password (<c>GIFT_WEBHOOK_PASSWORD</c>).</summary>
    public required Secret Password { get; init; }

    /// <summary>Largest body. Mailjet groups the events of a second (reference/mailjet.md §3).</summary>
    public int MaxBodyBytes { get; init; } = 2 * 1024 * 1024;

    /// <summary>How long a body may take to come in.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long storing may take until the sender is told to come again.</summary>
    public TimeSpan StoreTimeout { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long requests under way may take to end after a stop.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Reads the options from the settings.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="port">Port on 127.0.0.1.</param>
    /// <exception cref="GiftSettingsException"><c>SettingMissing</c>.</exception>
    /// <exception cref="EngagementException"><c>WebhookPathWeak</c>.</exception>
    public static EventListenerOptions From(GiftSettings settings, int port)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var path = settings.RequireSecret(SettingName.WebhookPath);
        var segment = path.Reveal().Trim('/');
        if (segment.Length < ShortestPath || !segment.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')) throw EngagementText.PathWeak(ShortestPath);
        return new()
        {
            Port = port,
            Path = new Secret(segment),
            User = settings.RequireText(SettingName.WebhookUser),
            Password = settings.RequireSecret(SettingName.WebhookPassword),
        };
    }
}

namespace TargoGiftbit.Core.Mail.Transports.Mailjet;

/// <summary>How the Mailjet transport works.</summary>
public sealed record MailjetOptions
{
    /// <summary>How long one call may take; after that its messages are uncertain until the service is asked.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one batch may take with all its calls and waits; then it ends as if cancelled. Shorter than the claim on its gifts (15 minutes).</summary>
    public TimeSpan BatchLimit { get; init; } = TimeSpan.FromMinutes(12);

    /// <summary>Calls repeated because of 429, per batch; such a call certainly had no effect.</summary>
    public int RateLimitRetries { get; init; } = 5;

    /// <summary>Longest wait for one of them; a service that asks for more gets the messages deferred instead.</summary>
    public TimeSpan RateLimitWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of one call, about. Attachments may have 15 MB at most (reference/mailjet.md §2).</summary>
    public int CallBytes { get; init; } = 10 * 1024 * 1024;

    /// <summary>Off: it would block resends, and households that share an address (spec D8).</summary>
    public bool DeduplicateCampaign { get; init; }
}

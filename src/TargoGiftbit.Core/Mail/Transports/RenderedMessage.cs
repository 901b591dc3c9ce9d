namespace TargoGiftbit.Core.Mail.Transports;

/// <summary>One finished e-mail for one person. Holds a gift link in its bodies: never log it.</summary>
public sealed class RenderedMessage
{
    /// <summary>Sender.</summary>
    public required MailAddress From { get; init; }

    /// <summary>The one recipient; in the sandbox the tagged test inbox.</summary>
    public required MailAddress To { get; init; }

    /// <summary>Where answers go.</summary>
    public MailAddress? ReplyTo { get; init; }

    /// <summary>Subject, one line.</summary>
    public required string Subject { get; init; }

    /// <summary>HTML part.</summary>
    public required MailBody HtmlBody { get; init; }

    /// <summary>Text part.</summary>
    public required MailBody TextBody { get; init; }

    /// <summary>HTML part in one piece.</summary>
    public string Html => HtmlBody.Text;

    /// <summary>Text part in one piece.</summary>
    public string Text => TextBody.Text;

    /// <summary>BCP 47 tag for Content-Language: <c>fr-CA</c>, <c>en-CA</c>.</summary>
    public required string Language { get; init; }

    /// <summary>Images shown in the HTML by <c>cid:</c>.</summary>
    public IReadOnlyList<InlineImage> Images { get; init; } = [];

    /// <summary>Headers beyond the standard ones: List-Unsubscribe and List-Unsubscribe-Post.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary><c>campaign:row</c> (spec D6).</summary>
    public required string CustomId { get; init; }

    /// <summary>Id of this attempt, sent as EventPayload.</summary>
    public required string AttemptId { get; init; }

    /// <summary>Name of the campaign at the mail service.</summary>
    public required string Campaign { get; init; }

    /// <summary>Open tracking; off by default (reference/email-compliance.md B1).</summary>
    public bool TrackOpens { get; init; }

    /// <summary>Click tracking; on by default (spec D4).</summary>
    public bool TrackClicks { get; init; } = true;
}

/// <summary>An address with an optional display name.</summary>
/// <param name="Address">Addr-spec, no angle brackets.</param>
/// <param name="Name">Display name or null.</param>
public sealed record MailAddress(string Address, string? Name = null);

/// <summary>An image embedded in a message.</summary>
/// <param name="ContentId">Id without brackets, used as <c>cid:…</c>.</param>
/// <param name="ContentType"><c>image/png</c>, <c>image/jpeg</c> or <c>image/gif</c>.</param>
/// <param name="FileName">Name shown by readers that list attachments.</param>
/// <param name="Content">The bytes.</param>
public sealed record InlineImage(string ContentId, string ContentType, string FileName, ReadOnlyMemory<byte> Content);

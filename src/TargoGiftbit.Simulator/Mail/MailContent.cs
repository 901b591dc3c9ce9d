namespace TargoGiftbit.Simulator.Mail;

/// <summary>A file inside a message; with a content id it is an inline picture.</summary>
public sealed record MailPart(string ContentType, string FileName, string? ContentId, byte[] Bytes);

/// <summary>What a message says, in whatever form it came; read only when somebody looks.</summary>
public abstract class MailContent
{
    public abstract string? Html { get; }

    public abstract string? Text { get; }

    /// <summary>Headers that the sender set himself, such as List-Unsubscribe.</summary>
    public abstract IReadOnlyDictionary<string, string> Headers { get; }

    public abstract IReadOnlyList<MailPart> Parts { get; }

    /// <summary>The whole message as a file that mail programs open.</summary>
    public abstract byte[] ToEml(InboxMessage message);
}

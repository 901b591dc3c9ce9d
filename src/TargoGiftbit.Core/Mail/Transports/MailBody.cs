namespace TargoGiftbit.Core.Mail.Transports;

/// <summary>
/// A body of a message as it was put together: pieces that all mails of a campaign share, with pieces of this mail's own between
/// them. A transport that prepares the shared pieces once saves most of its work. Holds a gift link: never log it.
/// </summary>
public sealed class MailBody
{
    private readonly SharedText[] shared;
    private readonly string[] own;
    private string? text;

    /// <summary>A body in one piece.</summary>
    /// <param name="text">The whole text.</param>
    public MailBody(string text) => (this.text, shared, own, Length) = (text, [SharedText.Empty, SharedText.Empty], [text], text.Length);

    /// <summary>A body of pieces in turn: shared, own, shared, … own, shared.</summary>
    internal MailBody(SharedText[] shared, string[] own)
    {
        (this.shared, this.own) = (shared, own);
        foreach (var piece in shared) Length += piece.Text.Length;
        foreach (var piece in own) Length += piece.Length;
    }

    /// <summary>UTF-16 units.</summary>
    public int Length { get; }

    /// <summary>The whole text.</summary>
    public string Text => text ??= Join();

    /// <summary>One piece more than <see cref="Own"/>.</summary>
    internal ReadOnlySpan<SharedText> Shared => shared;

    /// <summary>The pieces of this mail alone.</summary>
    internal ReadOnlySpan<string> Own => own;

    /// <summary>A body in one piece.</summary>
    public static implicit operator MailBody(string text) => new(text);

    private string Join()
    {
        var pieces = new string[shared.Length + own.Length];
        for (var i = 0; i < own.Length; i++) (pieces[2 * i], pieces[(2 * i) + 1]) = (shared[i].Text, own[i]);
        pieces[^1] = shared[^1].Text;
        return string.Concat(pieces);
    }
}

/// <summary>A piece of text that many messages share, with what a transport made of it.</summary>
/// <param name="text">The text.</param>
internal sealed class SharedText(string text)
{
    public static SharedText Empty { get; } = new("");

    public string Text => text;

    /// <summary>The text inside a JSON string, in UTF-8; made at first use. Threads that meet here make the same bytes.</summary>
    public byte[] Json => field ??= JsonText.Escaped(text);
}

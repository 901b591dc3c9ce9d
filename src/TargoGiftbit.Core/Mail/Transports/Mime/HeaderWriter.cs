using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace TargoGiftbit.Core.Mail.Transports.Mime;

/// <summary>Writes one header field after the other, folded at 76 characters where a space allows it (RFC 5322 §2.1.1, §2.2.3).</summary>
/// <param name="output">Where the octets go.</param>
internal sealed class HeaderWriter(IBufferWriter<byte> output)
{
    private const int LineLimit = 76;

    private static readonly SearchValues<char> PhraseText =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-/=?^_`{|}~ ");

    private int column;
    private bool empty;

    /// <summary>Begins a field.</summary>
    /// <param name="name">Name without colon.</param>
    public void Begin(ReadOnlySpan<byte> name)
    {
        output.Write(name);
        output.Write(":"u8);
        column = name.Length + 1;
        empty = true;
    }

    /// <summary>Ends a field.</summary>
    public void End() => output.Write("\r\n"u8);

    /// <summary>A whole field whose value is made of literals and cannot need folding.</summary>
    public void Line(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        Begin(name);
        Word(value);
        End();
    }

    /// <summary>A whole field with an ASCII value, folded at spaces.</summary>
    public void Line(ReadOnlySpan<byte> name, string value)
    {
        Begin(name);
        Words(value);
        End();
    }

    /// <summary>One unbreakable word, with a space or a fold before it.</summary>
    public void Word(ReadOnlySpan<byte> word)
    {
        // The first word stays on the line of the name unless that breaks 76 and a fold would help: an empty first line troubles old readers.
        if (column + 1 + word.Length > LineLimit && !(empty && 1 + word.Length > LineLimit))
        {
            output.Write("\r\n "u8);
            column = 1;
        }
        else
        {
            output.Write(" "u8);
            column++;
        }
        output.Write(word);
        column += word.Length;
        empty = false;
    }

    /// <summary>Space for the next word on this line if there is at least <paramref name="least"/>, else on a new line.</summary>
    public int RoomFor(int least, int most)
    {
        var here = LineLimit - column - 1;
        return Math.Min(here >= least ? here : LineLimit - 1, most);
    }

    /// <summary>Words parted by single spaces; text in UTF-8 when an address needs it.</summary>
    public void Words(string text)
    {
        Span<byte> small = stackalloc byte[256];
        foreach (var range in text.AsSpan().Split(' '))
        {
            var word = text.AsSpan(range);
            if (word.IsEmpty) continue;
            var target = word.Length * 3 <= small.Length ? small : new byte[word.Length * 3];
            Word(target[..Encoding.UTF8.GetBytes(word, target)]);
        }
    }

    /// <summary>ASCII text on the line of the name, whatever its length: for readers that do not unfold (reference/mailjet.md §1).</summary>
    public void Unfolded(string text)
    {
        var target = output.GetSpan(text.Length + 1);
        target[0] = (byte)' ';
        Encoding.ASCII.GetBytes(text, target[1..]);
        output.Advance(text.Length + 1);
    }

    /// <summary>Free text (RFC 5322 unstructured): as it is when plain, else as encoded words.</summary>
    public void Text(string text)
    {
        var clean = MessageRules.Clean(text);
        if (IsPlain(clean)) Words(clean);
        else EncodedWords.Write(this, clean);
    }

    /// <summary>A mailbox: display name if any, and the address in angle brackets.</summary>
    public void Mailbox(string? name, in AddressForm address)
    {
        var clean = name is null ? "" : MessageRules.Clean(name).Trim();
        if (clean.Length == 0)
        {
            Words(address.Text);
            return;
        }
        if (IsPlain(clean) && clean.AsSpan().IndexOfAnyExcept(PhraseText) < 0) Words(clean);
        else if (IsPlain(clean) && clean.Length <= 60) Quoted(clean);
        else EncodedWords.Write(this, clean);
        Words(string.Concat("<", address.Text, ">"));
    }

    // Not plain: beyond ASCII, something a reader would take for an encoded word, spaces that folding would lose, a word too long to fold.
    private static bool IsPlain(string text)
    {
        if (text.Length == 0 || text.AsSpan().ContainsAnyExceptInRange(' ', '~') || text.Contains("=?", StringComparison.Ordinal)
            || text[0] == ' ' || text[^1] == ' ' || text.Contains("  ", StringComparison.Ordinal)) return false;
        foreach (var range in text.AsSpan().Split(' '))
        {
            var (start, end) = (range.Start.GetOffset(text.Length), range.End.GetOffset(text.Length));
            if (end - start > LineLimit - 2) return false;
        }
        return true;
    }

    private void Quoted(string text)
    {
        Span<byte> word = stackalloc byte[(text.Length * 2) + 2];
        var at = 0;
        word[at++] = (byte)'"';
        foreach (var c in text)
        {
            if (c is '"' or '\\') word[at++] = (byte)'\\';
            word[at++] = (byte)c;
        }
        word[at++] = (byte)'"';
        Word(word[..at]);
    }

    /// <summary>The date of RFC 5322 §3.3, always in UTC.</summary>
    public void Date(DateTimeOffset date)
    {
        Span<byte> text = stackalloc byte[40];
        // "R" is the invariant form "Sat, 21 Nov 2026 22:27:03 GMT"; RFC 5322 §4.3 calls the zone name obsolete.
        Utf8Formatter.TryFormat(date.UtcDateTime, text, out var written, 'R');
        "+0000"u8.CopyTo(text[(written - 3)..]);
        Begin("Date"u8);
        Word(text[..(written + 2)]);
        End();
    }
}

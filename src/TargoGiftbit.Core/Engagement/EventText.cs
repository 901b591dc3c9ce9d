using System.Buffers;
using System.Text;
using System.Text.Json;

namespace TargoGiftbit.Core.Engagement;

/// <summary>
/// Reads kept events: one posted body, several after each other, or one event per line. Never throws over the text: a line that is no
/// JSON comes out as unusable, and reading goes on behind it.
/// </summary>
public static class EventText
{
    private const int EventsPerBody = 500;

    private static readonly SearchValues<byte> Punctuation = SearchValues.Create(" \t\r\n[],"u8);

    private static readonly JsonReaderOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, AllowMultipleValues = true };

    /// <summary>Reads a file.</summary>
    /// <param name="path">Path; UTF-8, or UTF-16 with its mark.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="EngagementException"><c>EventFileUnreadable</c>.</exception>
    public static async Task<IEnumerable<MailjetEventBody>> ReadFileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return Read(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw EngagementText.FileUnreadable(path, e);
        }
    }

    /// <summary>Reads text.</summary>
    /// <param name="text">UTF-8, or UTF-16 with its mark.</param>
    /// <returns>Bodies of some hundred events each.</returns>
    public static IEnumerable<MailjetEventBody> Read(ReadOnlyMemory<byte> text)
    {
        if (text.Span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) text = Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(text.Span[2..]));
        else if (text.Span.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) text = Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(text.Span[2..]));
        else if (text.Span.StartsWith("\uFEFF"u8)) text = text[3..];
        return Bodies(text);
    }

    private static IEnumerable<MailjetEventBody> Bodies(ReadOnlyMemory<byte> text)
    {
        var (events, unusable) = (new List<MailjetEvent>(), new List<UnusableEvent>());
        while (Skip(text, " \t\r\n"u8) is { IsEmpty: false } rest)
        {
            var body = ReadValue(rest, out var length);
            events.AddRange(body.Events);
            unusable.AddRange(body.Unusable);
            text = rest[length..];
            if (events.Count + unusable.Count < EventsPerBody) continue;
            foreach (var full in Split(events, unusable)) yield return full;
            (events, unusable) = ([], []);
        }
        foreach (var last in Split(events, unusable)) yield return last;
    }

    private static MailjetEventBody ReadValue(ReadOnlyMemory<byte> text, out int length)
    {
        try
        {
            var reader = new Utf8JsonReader(text.Span, Options);
            using var value = JsonDocument.ParseValue(ref reader);
            length = (int)reader.BytesConsumed;
            return MailjetEventReader.Read(value.RootElement);
        }
        catch (JsonException)
        {
            var end = text.Span.IndexOf((byte)'\n');
            length = end < 0 ? text.Length : end + 1;
            // The bracket or comma round an event that could be read by itself is nothing to complain of.
            var line = text[..length];
            return !line.Span.ContainsAnyExcept(Punctuation) ? MailjetEventBody.Empty : MailjetEventReader.Read(line);
        }
    }

    // One transaction for each: an array of a hundred thousand events must not hold the ledger for seconds.
    private static IEnumerable<MailjetEventBody> Split(List<MailjetEvent> events, List<UnusableEvent> unusable)
    {
        foreach (var part in events.Chunk(EventsPerBody)) yield return new(part, []);
        foreach (var part in unusable.Chunk(EventsPerBody)) yield return new([], part);
    }

    private static ReadOnlyMemory<byte> Skip(ReadOnlyMemory<byte> text, ReadOnlySpan<byte> blanks)
    {
        var start = text.Span.IndexOfAnyExcept(blanks);
        return start < 0 ? default : text[start..];
    }
}

using System.Globalization;
using System.Text;

namespace TargoGiftbit.Core.Engagement.Web;

/// <summary>Request line and headers of an HTTP/1.x request. Strict: what two readers could read in two ways is refused.</summary>
internal sealed record WebHead
{
    private static readonly System.Buffers.SearchValues<char> TokenCharacters =
        System.Buffers.SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    public required string Method { get; init; }

    /// <summary>Path as it came, still encoded.</summary>
    public required string Path { get; init; }

    /// <summary>Query as it came, without the question mark.</summary>
    public required string Query { get; init; }

    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>Length of the body; null when it comes in chunks; 0 when there is none.</summary>
    public required long? ContentLength { get; init; }

    /// <summary>Whether the other side wants to go on with this connection.</summary>
    public required bool KeepAlive { get; init; }

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    /// <summary>A value of the query, decoded; null when it is not there.</summary>
    public string? QueryValue(string name) => FormValue(Query, name);

    /// <summary>A value of a query or an urlencoded form.</summary>
    public static string? FormValue(string form, string name)
    {
        foreach (var pair in form.Split('&'))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            if (Decode(equals < 0 ? pair : pair[..equals]) == name) return equals < 0 ? "" : Decode(pair[(equals + 1)..]);
        }
        return null;

        static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
    }

    /// <summary>Reads a head, up to and without the blank line that ends it; null when it is malformed.</summary>
    public static WebHead? Parse(ReadOnlySpan<byte> bytes)
    {
        // Header values may hold other bytes than ASCII; none that matters here does.
        var lines = Encoding.Latin1.GetString(bytes).Split("\r\n");
        if (lines[0].Split(' ') is not [var method, var target, "HTTP/1.1" or "HTTP/1.0"]) return null;
        if (method.Length is 0 or > 16 || !method.All(char.IsAsciiLetterUpper) || TargetOf(target) is not { } path) return null;
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.AsSpan(1))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || line.AsSpan(0, colon).ContainsAnyExcept(TokenCharacters) || line.AsSpan().ContainsAny('\r', '\n', '\0')) return null;
            var (name, value) = (line[..colon], line[(colon + 1)..].Trim(' ', '\t'));
            if (headers.TryAdd(name, value)) continue;
            // Repeated, these decide where the body ends, or who asks, depending on who reads.
            if (name.ToLowerInvariant() is "content-length" or "transfer-encoding" or "authorization" or "host") return null;
        }
        if (LengthOf(headers) is not { } length) return null;
        var question = path.IndexOf('?', StringComparison.Ordinal);
        return new WebHead
        {
            Method = method,
            Path = question < 0 ? path : path[..question],
            Query = question < 0 ? "" : path[(question + 1)..],
            Headers = headers,
            ContentLength = length < 0 ? null : length,
            KeepAlive = lines[0].EndsWith('1') && !headers.GetValueOrDefault("Connection", "").Contains("close", StringComparison.OrdinalIgnoreCase),
        };
    }

    private static string? TargetOf(string target)
    {
        if (target.Any(c => c is <= ' ' or > '~')) return null;
        if (target.StartsWith('/')) return target;
        // Some proxies send the whole address.
        return Uri.TryCreate(target, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.PathAndQuery : null;
    }

    // -1 for a body in chunks, null when it cannot be told.
    private static long? LengthOf(Dictionary<string, string> headers)
    {
        var length = headers.GetValueOrDefault("Content-Length");
        if (headers.TryGetValue("Transfer-Encoding", out var coding))
            return length is null && coding.Equals("chunked", StringComparison.OrdinalIgnoreCase) ? -1 : null;
        if (length is null) return 0;
        return long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
    }
}

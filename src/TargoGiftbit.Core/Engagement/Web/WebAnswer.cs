using System.Globalization;
using System.Text;

namespace TargoGiftbit.Core.Engagement.Web;

/// <summary>What the listener answers. Without a body wherever a stranger could learn something from it.</summary>
/// <param name="Status">HTTP status.</param>
internal sealed record WebAnswer(int Status)
{
    public static readonly WebAnswer Ok = new(200);
    public static readonly WebAnswer BadRequest = new(400) { Closes = true };
    public static readonly WebAnswer Unauthorized = new(401) { Headers = [("WWW-Authenticate", "Basic realm=\"-\", charset=\"UTF-8\"")] };
    public static readonly WebAnswer NotFound = new(404);
    public static readonly WebAnswer RequestTimeout = new(408) { Closes = true };
    public static readonly WebAnswer TooLarge = new(413) { Closes = true };
    public static readonly WebAnswer HeadersTooLarge = new(431) { Closes = true };
    public static readonly WebAnswer Unavailable = new(503) { Headers = [("Retry-After", "30")] };

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The connection ends after this answer.</summary>
    public bool Closes { get; init; }

    public static WebAnswer MethodNotAllowed(string allowed) => new(405) { Headers = [("Allow", allowed)] };

    /// <summary>A page for a person.</summary>
    public static WebAnswer Page(int status, string html, IReadOnlyList<KeyValuePair<string, string>> headers) =>
        new(status) { Body = Encoding.UTF8.GetBytes(html), Headers = [.. headers.Select(h => (h.Key, h.Value))] };

    /// <summary>The bytes on the wire.</summary>
    /// <param name="close">The connection ends afterwards.</param>
    /// <param name="headOnly">An answer to HEAD.</param>
    public byte[] ToBytes(bool close, bool headOnly)
    {
        var head = new StringBuilder(256);
        head.Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {Status} {Reason}\r\nContent-Length: {Body.Length}\r\n");
        foreach (var (name, value) in Headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        if (close) head.Append("Connection: close\r\n");
        head.Append("\r\n");
        var bytes = Encoding.ASCII.GetBytes(head.ToString());
        return headOnly || Body.Length == 0 ? bytes : [.. bytes, .. Body.Span];
    }

    private string Reason => Status switch
    {
        200 => "OK",
        400 => "Bad Request",
        401 => "Unauthorized",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        413 => "Content Too Large",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        _ => "Answer",
    };
}

using System.Text;

namespace TargoGiftbit.Core.Engagement;

/// <summary>What the listener answers. Without a body wherever a stranger could learn something from it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Closes">End the connection afterwards, since the request was not read to its end.</param>
internal sealed record ListenerAnswer(int Status, bool Closes = false)
{
    public static readonly ListenerAnswer Ok = new(200);
    public static readonly ListenerAnswer Unauthorized = new(401, Closes: true) { Headers = [("WWW-Authenticate", "Basic realm=\"-\", charset=\"UTF-8\"")] };
    public static readonly ListenerAnswer NotFound = new(404, Closes: true);
    public static readonly ListenerAnswer RequestTimeout = new(408, Closes: true);
    public static readonly ListenerAnswer TooLarge = new(413, Closes: true);
    public static readonly ListenerAnswer Unavailable = new(503) { Headers = [("Retry-After", "30")] };

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public string? ContentType { get; init; }

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>An answer to HEAD.</summary>
    public bool HasNoBody { get; init; }

    public static ListenerAnswer MethodNotAllowed(string allowed) => new(405, Closes: true) { Headers = [("Allow", allowed)] };

    /// <summary>A page for a person: not kept, not framed, without scripts, and it tells no other site where it was opened.</summary>
    public static ListenerAnswer Page(int status, string html, bool headOnly) => new(status)
    {
        ContentType = "text/html; charset=utf-8",
        Body = Encoding.UTF8.GetBytes(html),
        HasNoBody = headOnly,
        Headers =
        [
            ("Cache-Control", "no-store"),
            ("Referrer-Policy", "no-referrer"),
            ("X-Content-Type-Options", "nosniff"),
            ("X-Robots-Tag", "noindex"),
            ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"),
        ],
    };
}

namespace TargoGiftbit.Simulator.Faults;

public enum FaultKind
{
    /// <summary>Another status (HTTP) or reply code (SMTP) instead of the real answer.</summary>
    Reply,

    /// <summary>No answer; the connection hangs until the client gives up or the hang time is over.</summary>
    Hang,

    /// <summary>The connection is reset without an answer.</summary>
    Reset,

    /// <summary>The right answer, late.</summary>
    Slow,

    /// <summary>The right answer, once <see cref="FaultPlan.Release"/> or <see cref="FaultPlan.Clear"/> lets it go.</summary>
    Hold,

    /// <summary>Half of the answer's body, correctly framed: JSON that ends in the middle.</summary>
    Truncate,

    /// <summary>The connection breaks in the middle of the body.</summary>
    Cut,

    /// <summary>The right answer, a byte at a time.</summary>
    Trickle,

    /// <summary>Status 200 with bytes that are no JSON.</summary>
    Garbage,
}

/// <summary>One fault, to be applied to one request.</summary>
/// <param name="Kind">What goes wrong.</param>
/// <param name="AfterEffect">The request has had its effect (an order exists, a mail is accepted) before it goes wrong.</param>
public sealed record Fault(FaultKind Kind, bool AfterEffect = false)
{
    /// <summary>HTTP status or SMTP code of a <see cref="FaultKind.Reply"/>.</summary>
    public int Status { get; init; }

    /// <summary>Body of the reply (HTTP) or text after the code (SMTP); none = what the service usually says.</summary>
    public string? Text { get; init; }

    public string ContentType { get; init; } = "text/html; charset=utf-8";

    /// <summary>Value of a <c>Retry-After</c> header, in real seconds.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>Real time of a hang, of a slow answer, or between two bytes of a trickle.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>SMTP: the session is closed after the reply.</summary>
    public bool ClosesSession { get; init; }

    public static Fault RateLimit(int? retryAfter = null) => new(FaultKind.Reply) { Status = 429, RetryAfter = retryAfter };

    public static Fault ServerError(int status = 503, bool afterEffect = false) =>
        new(FaultKind.Reply, afterEffect) { Status = status };

    public static Fault Hang(bool afterEffect = false, TimeSpan? duration = null) =>
        new(FaultKind.Hang, afterEffect) { Duration = duration };

    public static Fault Reset(bool afterEffect = false) => new(FaultKind.Reset, afterEffect);

    public static Fault Hold() => new(FaultKind.Hold);

    public static Fault Slow(TimeSpan duration) => new(FaultKind.Slow) { Duration = duration };

    public static Fault Truncate() => new(FaultKind.Truncate, true);

    public static Fault Cut() => new(FaultKind.Cut, true);

    public static Fault Trickle(TimeSpan? perByte = null) => new(FaultKind.Trickle, true) { Duration = perByte };

    public static Fault Garbage() => new(FaultKind.Garbage, true);

    /// <summary>An SMTP reply such as <c>451 4.7.1 Try again later</c>; 421 closes the session (RFC 5321 §3.8).</summary>
    public static Fault Smtp(int code, string text, bool afterEffect = false) =>
        new(FaultKind.Reply, afterEffect) { Status = code, Text = text, ClosesSession = code == 421 };

    public override string ToString() =>
        (Kind == FaultKind.Reply ? $"{Status}" : $"{Kind}".ToLowerInvariant())
        + (RetryAfter is null ? "" : "-retry-after")
        + (AfterEffect && Kind is FaultKind.Reply or FaultKind.Hang or FaultKind.Reset ? "-after" : "");
}

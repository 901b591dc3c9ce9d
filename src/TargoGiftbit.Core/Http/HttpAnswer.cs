using System.Net.Http.Headers;

namespace TargoGiftbit.Core.Http;

/// <summary>A complete answer of a service, whatever its status.</summary>
public sealed class HttpAnswer
{
    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Media type, lower case, without parameters; null when none is told.</summary>
    public string? MediaType { get; init; }

    /// <summary>The decompressed body. May hold links: never log it.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>How long the service asks to wait; null when it does not.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>200 to 299.</summary>
    public bool IsSuccess => Status is >= 200 and < 300;

    /// <summary>Status and kind of body, without a word of the body.</summary>
    public override string ToString() => $"HTTP {Status}, {BodySummary.Of(this)}";

    internal static TimeSpan? WaitAsked(RetryConditionHeaderValue? header, DateTimeOffset? serverTime, DateTimeOffset now)
    {
        // A date is measured by the service's own clock where it tells it: ours may be off.
        var wait = header?.Delta ?? (header?.Date - (serverTime ?? now));
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}

/// <summary>A successful answer that was read, or an unsuccessful one that was not.</summary>
/// <typeparam name="T">What the answer means.</typeparam>
/// <param name="Answer">The last answer.</param>
/// <param name="Value">What it means; default unless <see cref="HttpAnswer.IsSuccess"/>.</param>
/// <param name="EarlierAttemptMayHaveWorked">True when an attempt before the last one ended without a clear answer: it may have had its effect.</param>
public sealed record HttpResult<T>(HttpAnswer Answer, T? Value, bool EarlierAttemptMayHaveWorked);

namespace TargoGiftbit.Core.Http;

/// <summary>How an <see cref="HttpSender"/> waits, repeats and gives up.</summary>
public sealed record HttpOptions
{
    /// <summary>Name of the service, for messages.</summary>
    public required string Service { get; init; }

    /// <summary>How often a call that may be repeated is repeated; 0 or more.</summary>
    public int MaxRetries { get; init; } = 6;

    /// <summary>Wait before the first repeat; doubled each time, with jitter.</summary>
    public TimeSpan BaseDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest wait between two attempts, unless the service asks for more.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest time for one attempt, its body included.</summary>
    public TimeSpan AttemptTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// No attempt starts later than this after the first one. A service that asks to wait longer (<c>Retry-After</c>) is not
    /// pestered before: the call gives up.
    /// </summary>
    public TimeSpan TotalTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Most bytes of an answer, after decompression.</summary>
    public int MaxAnswerBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>Clock of all waits and time-outs.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told before each repeat, on whatever thread the call runs.</summary>
    public Action<RetryNotice>? OnRetry { get; init; }
}

/// <summary>A call is about to be repeated.</summary>
/// <param name="Service">The service.</param>
/// <param name="Method">GET, POST…</param>
/// <param name="Path">Path without query: a query may hold an address.</param>
/// <param name="Attempt">Number of the attempt that failed, from 1.</param>
/// <param name="Delay">Wait before the next one.</param>
/// <param name="Reason">Why, in words without secrets.</param>
public sealed record RetryNotice(string Service, string Method, string Path, int Attempt, TimeSpan Delay, string Reason);

namespace TargoGiftbit.Core.Engagement.Web;

/// <summary>What a connection may take of time and memory.</summary>
internal sealed record WebLimits
{
    /// <summary>Connections at once; more wait in the system's queue.</summary>
    public int Connections { get; init; } = 128;

    public int MaxHeadBytes { get; init; } = 16 * 1024;

    /// <summary>How long a connection may wait for its next request.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan HeadTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan BodyTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long, and how much, is still read of a request that was refused before its end.</summary>
    public TimeSpan LingerTimeout { get; init; } = TimeSpan.FromSeconds(1);

    public int LingerBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>How long requests under way may take after a stop.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(10);
}

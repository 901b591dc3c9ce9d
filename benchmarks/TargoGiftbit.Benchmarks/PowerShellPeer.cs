namespace TargoGiftbit.Benchmarks;

/// <summary>Runs a script in a fresh <c>pwsh</c>, the way an operator does the job without this module.</summary>
public static class PowerShellPeer
{
    /// <summary>Runs a script whose last output line is <c>count milliseconds peakBytes</c>; null when there is no <c>pwsh</c> on PATH.</summary>
    public static Task<Measurement?> RunAsync(string name, string script, CancellationToken cancellationToken) =>
        PeerProcess.MeasureAsync(name, "pwsh", ["-NoLogo", "-NoProfile", "-NonInteractive", "-Command", script], cancellationToken);
}

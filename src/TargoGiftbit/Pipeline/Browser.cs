using System.ComponentModel;
using System.Diagnostics;

namespace TargoGiftbit.Pipeline;

/// <summary>Opens files for the operator.</summary>
internal static class Browser
{
    /// <summary>Opens a file with the program that the system has for it; where there is none, <c>-Verbose</c> says so.</summary>
    internal static void Open(string file, PipelineWriter pipeline)
    {
        try
        {
            using var _ = Process.Start(new ProcessStartInfo(file) { UseShellExecute = true });
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            // A server has no browser: the file is there all the same.
            pipeline.Verbose(e.Message);
        }
    }
}

using System.Management.Automation;

namespace TargoGiftbit.Formatting;

/// <summary>
/// The colours of the session's <c>$PSStyle</c>. With <c>NO_COLOR</c> or <c>$PSStyle.OutputRendering = 'PlainText'</c> the engine takes
/// them out again, in views as everywhere.
/// </summary>
internal static class Palette
{
    // PSStyle is younger than the reference assembly that this is compiled against.
    private static readonly dynamic? Style = typeof(PSObject).Assembly.GetType("System.Management.Automation.PSStyle")?.GetProperty("Instance")?.GetValue(null);

    internal static string Good(string text) => Wrap((string?)Style?.Foreground.Green, text);

    internal static string Waiting(string text) => Wrap((string?)Style?.Foreground.Cyan, text);

    internal static string Over(string text) => Wrap((string?)Style?.Foreground.BrightBlack, text);

    internal static string Doubtful(string text) => Wrap((string?)Style?.Formatting.Warning, text);

    internal static string Bad(string text) => Wrap((string?)Style?.Formatting.Error, text);

    private static string Wrap(string? colour, string text) => string.IsNullOrEmpty(colour) ? text : $"{colour}{text}{(string)Style!.Reset}";
}

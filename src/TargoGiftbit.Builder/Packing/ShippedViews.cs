using System.Xml.Linq;

namespace TargoGiftbit.Builder.Packing;

/// <summary>The module's <c>.Format.ps1xml</c> as it is shipped.</summary>
internal static class ShippedViews
{
    /// <summary>The same views without comments and indentation: the engine makes a node of every blank, each time the module is imported.</summary>
    /// <param name="text">The file as it is written by hand.</param>
    internal static string Of(string text)
    {
        var views = XDocument.Parse(text);
        views.DescendantNodes().OfType<XComment>().Remove();
        return $"""<?xml version="1.0" encoding="utf-8"?>{'\n'}{views.Root!.ToString(SaveOptions.DisableFormatting)}{'\n'}""";
    }
}

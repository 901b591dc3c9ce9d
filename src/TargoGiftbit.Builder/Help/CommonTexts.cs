using System.Xml.Linq;

namespace TargoGiftbit.Builder.Help;

/// <summary>What the engine adds to cmdlets and has no doc comment for.</summary>
internal static class CommonTexts
{
    internal static IReadOnlyList<ParameterHelp> ShouldProcess { get; } =
    [
        Switch("Confirm", "cf", "Asks before anything is done."),
        Switch("WhatIf", "wi", "Checks everything and shows what would be done; does nothing."),
    ];

    private static ParameterHelp Switch(string name, string alias, string text) => new(
        name, "switch", IsSwitch: true, Order: 99, new XElement("summary", text),
        [new ParameterSet(ParameterSet.All, Required: false, Position: null, FromPipeline: false, ByPropertyName: false)],
        [alias], [], "False", Wildcards: false);
}

using System.Globalization;
using System.Resources;

namespace TargoGiftbit.Pipeline;

/// <summary>What the machinery of the cmdlets says to the operator; the words are in <c>PipelineText.resx</c>.</summary>
internal static class PipelineText
{
    private static readonly ResourceManager Words = new(typeof(PipelineText));

    internal static string Confirm => Get(nameof(Confirm));

    internal static string UseForce => Get(nameof(UseForce));

    internal static string Operation(object? action, object? target) => Format(nameof(Operation), action, target);

    internal static string Question(object? operation) => Format(nameof(Question), operation);

    internal static string WhatIf(object? operation) => Format(nameof(WhatIf), operation);

    internal static string ConfirmationImpossible(object? what) => Format(nameof(ConfirmationImpossible), what);

    internal static string FileMissing(object? path) => Format(nameof(FileMissing), path);

    internal static string FileIsFolder(object? path) => Format(nameof(FileIsFolder), path);

    internal static string FileNotFoundRemedy => Get(nameof(FileNotFoundRemedy));

    internal static string AccessRemedy => Get(nameof(AccessRemedy));

    internal static string DiskFull(object? what) => Format(nameof(DiskFull), what);

    internal static string DiskFullRemedy => Get(nameof(DiskFullRemedy));

    internal static string FileReadOnly(object? what) => Format(nameof(FileReadOnly), what);

    internal static string FileReadOnlyRemedy => Get(nameof(FileReadOnlyRemedy));

    private static string Format(string name, params object?[] values) => string.Format(CultureInfo.InvariantCulture, Get(name), values);

    private static string Get(string name) => Words.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(name);
}

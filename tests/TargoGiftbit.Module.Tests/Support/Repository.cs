using System.Reflection;

namespace TargoGiftbit.Module.Tests.Support;

/// <summary>Where the things under test are.</summary>
internal static class Repository
{
    internal static string Root { get; } = Metadata("RepositoryRoot");

    internal static string Manifest => Path.Combine(Root, "TargoGiftbit.psd1");

    internal static string Face => Path.Combine(Root, "lib", "TargoGiftbit.dll");

    /// <summary>The configuration that these tests were built in.</summary>
    internal static string Configuration { get; } = Metadata("Configuration");

    /// <summary>The output of another project, of the configuration that these tests were built in.</summary>
    internal static string Built(string project) =>
        Path.Combine(Root, project, "bin", Configuration, "net10.0", Path.GetFileName(project) + ".dll");

    private static string Metadata(string key) => typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}

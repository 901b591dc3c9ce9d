using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace TargoGiftbit.Loading;

/// <summary>
/// The private room in which Core and every package it uses are loaded from <c>lib/core</c>, whatever versions of the same
/// packages the session holds (spec J3). What is not in that folder (the framework) comes from the session.
/// </summary>
internal sealed class CoreLoadContext : AssemblyLoadContext
{
    private readonly string folder;
    private readonly Dictionary<string, string> windowsOnly = [];

    internal CoreLoadContext(string folder) : base("TargoGiftbit")
    {
        this.folder = folder;
        var windows = Path.Combine(folder, "runtimes", "win", "lib");
        if (!OperatingSystem.IsWindows() || !Directory.Exists(windows)) return;
        // System packages ship a second assembly that works on Windows only, while the portable one throws there.
        foreach (var path in Directory.EnumerateFiles(windows, "*.dll", SearchOption.AllDirectories))
            windowsOnly[Path.GetFileNameWithoutExtension(path)] = path;
    }

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name is not { } name) return null;
        if (!windowsOnly.TryGetValue(name, out var path)) path = Path.Combine(folder, name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        foreach (var rid in RuntimeIds())
        {
            var native = Path.Combine(folder, "runtimes", rid, "native");
            foreach (var file in FileNames(unmanagedDllName))
            {
                var path = Path.Combine(native, file);
                if (File.Exists(path) && NativeLibrary.TryLoad(path, out var handle)) return handle;
            }
        }
        return 0;
    }

    // This machine's exact id first (alpine.3.20-x64, osx.15-arm64), then the portable ones that the packages ship. A musl system
    // tries glibc's library last: with a compatibility layer it loads, without one TryLoad says no.
    private static IEnumerable<string> RuntimeIds()
    {
        var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        yield return RuntimeInformation.RuntimeIdentifier;
        if (OperatingSystem.IsWindows()) yield return $"win-{architecture}";
        else if (OperatingSystem.IsMacOS()) yield return $"osx-{architecture}";
        else if (IsMusl())
        {
            yield return $"linux-musl-{architecture}";
            yield return $"linux-{architecture}";
        }
        else
        {
            yield return $"linux-{architecture}";
            yield return $"linux-musl-{architecture}";
        }
    }

    private static bool IsMusl() =>
        RuntimeInformation.RuntimeIdentifier.Contains("musl", StringComparison.Ordinal)
        || RuntimeInformation.RuntimeIdentifier.StartsWith("alpine", StringComparison.Ordinal);

    private static IEnumerable<string> FileNames(string name)
    {
        if (OperatingSystem.IsWindows()) return [name, name + ".dll"];
        var suffix = OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        return [$"lib{name}{suffix}", name + suffix, name];
    }
}

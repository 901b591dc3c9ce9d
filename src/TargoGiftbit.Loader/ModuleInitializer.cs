using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace TargoGiftbit.Loader;

/// <summary>
/// Runs when the module is imported, before the cmdlets are looked at, and lets them find the Core assembly in
/// <see cref="CoreLoadContext"/>.
/// </summary>
/// <remarks>
/// This is an assembly of its own because the engine loads every public type of a binary module before it calls that module's
/// initializer: a cmdlet with a field, base or interface from Core would fail to load. The manifest names this assembly under
/// <c>NestedModules</c>, which the engine imports before <c>RootModule</c>.
/// </remarks>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    private const string Core = "TargoGiftbit.Core";

    private static readonly Lock Gate = new();
    private static CoreLoadContext? context;

    /// <summary>Installs the resolver, once per process however often the module is imported.</summary>
    public void OnImport()
    {
        lock (Gate)
        {
            if (context is not null) return;
            var lib = Path.GetDirectoryName(typeof(ModuleInitializer).Assembly.Location)!;
            context = new CoreLoadContext(Path.Combine(lib, "core"));
            // Never taken off again: another runspace of the process may still use the module after this one removed it.
            AssemblyLoadContext.Default.Resolving += Resolve;
        }
    }

    // The event fires for the whole process, so whatever is not Core is none of our business (shared packages least of all).
    private static Assembly? Resolve(AssemblyLoadContext asking, AssemblyName name) =>
        string.Equals(name.Name, Core, StringComparison.OrdinalIgnoreCase) ? context!.LoadFromAssemblyName(name) : null;
}

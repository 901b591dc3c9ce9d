using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.Loader;

namespace TargoGiftbit.Loading;

/// <summary>
/// Runs when the module is imported, before any cmdlet is made, and lets them find the Core assembly in
/// <see cref="CoreLoadContext"/>.
/// </summary>
/// <remarks>
/// The engine loads every public type of this assembly before it calls this. So none may need Core to be loaded: no field of a Core
/// value type (a cmdlet keeps those in a <see cref="System.Runtime.CompilerServices.StrongBox{T}"/>), no base or interface from Core
/// or generic over one of its types. The import is shorter by it too: Core is loaded by the first command.
/// </remarks>
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    private const string Core = "TargoGiftbit.Core";

    private static readonly Lock Gate = new();
    private static bool isInstalled;

    /// <summary>Installs the resolver, once per process however often the module is imported.</summary>
    public void OnImport()
    {
        // A second runspace must not go on before the first has installed it.
        lock (Gate)
        {
            if (isInstalled) return;
            ThreadPool.UnsafeQueueUserWorkItem(ReadRules, CultureInfo.CurrentCulture);
            // Never taken off again: another runspace of the process may still use the module after this one removed it.
            AssemblyLoadContext.Default.Resolving += Resolve;
            isInstalled = true;
        }
    }

    // The engine now looks at the cmdlets, and then compares their names by the rules of the session's culture. The first such comparison
    // of a session takes as long as a fifth of the import, since it reads those rules: meanwhile they are read here.
    private static void ReadRules(object? culture) => _ = ((CultureInfo)culture!).CompareInfo.Compare("a", "b", CompareOptions.IgnoreCase);

    // The event fires for the whole process, so whatever is not Core is none of our business (shared packages least of all).
    private static Assembly? Resolve(AssemblyLoadContext asking, AssemblyName name) =>
        string.Equals(name.Name, Core, StringComparison.OrdinalIgnoreCase) ? Room.Context.LoadFromAssemblyName(name) : null;

    // Made when first asked for.
    private static class Room
    {
        internal static readonly CoreLoadContext Context = new(Path.Combine(Path.GetDirectoryName(typeof(ModuleInitializer).Assembly.Location)!, "core"));
    }
}

using System.Reflection;
using System.Runtime.Loader;

namespace TargoGiftbit.Builder.Help;

/// <summary>The built module, loaded to be looked at: the cmdlets with Core beside them and the engine's stand-in.</summary>
public sealed class ModuleAssembly : AssemblyLoadContext
{
    private readonly string lib;
    private readonly string engine;

    /// <param name="lib">The module's <c>lib</c> folder.</param>
    /// <param name="engine">A <c>System.Management.Automation.dll</c> that can be loaded without PowerShell.</param>
    public ModuleAssembly(string lib, string engine) : base("module")
    {
        this.lib = lib;
        this.engine = engine;
    }

    /// <summary>The cmdlets by name, with their types.</summary>
    public IReadOnlyList<(string Name, Type Type)> Cmdlets()
    {
        var face = LoadFromAssemblyPath(Path.Combine(lib, "TargoGiftbit.dll"));
        return
        [
            .. face.GetExportedTypes().Where(t => !t.IsAbstract)
                .Select(t => (Cmdlet: Attribute(t, "CmdletAttribute"), Type: t)).Where(x => x.Cmdlet is not null)
                .Select(x => ($"{x.Cmdlet!.ConstructorArguments[0].Value}-{x.Cmdlet.ConstructorArguments[1].Value}", x.Type))
                .OrderBy(x => x.Item1, StringComparer.Ordinal),
        ];
    }

    public static CustomAttributeData? Attribute(MemberInfo member, string name) => Attributes(member, name).FirstOrDefault();

    // CustomAttributeData does not run the attributes' code, which the stand-in does not have.
    public static IEnumerable<CustomAttributeData> Attributes(MemberInfo member, string name) =>
        member.CustomAttributes.Where(a => a.AttributeType.Name == name);

    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == "System.Management.Automation") return LoadFromAssemblyPath(engine);
        return new[] { lib, Path.Combine(lib, "core") }.Select(f => Path.Combine(f, assemblyName.Name + ".dll")).FirstOrDefault(File.Exists) is { } path
            ? LoadFromAssemblyPath(path)
            : null;
    }
}

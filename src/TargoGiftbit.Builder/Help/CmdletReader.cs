using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Xml.Linq;

namespace TargoGiftbit.Builder.Help;

/// <summary>Reads what help says about a cmdlet out of its type and its doc comments.</summary>
public sealed class CmdletReader(DocComments comments)
{
    public CmdletHelp Read(string name, Type type)
    {
        var cmdlet = ModuleAssembly.Attribute(type, "CmdletAttribute")!;
        var comment = comments.Of(type);
        var parameters = Parameters(type).ToList();
        if (Named(cmdlet, "SupportsShouldProcess") is true) parameters.AddRange(CommonTexts.ShouldProcess);
        return new CmdletHelp(
            name,
            type.Namespace![(type.Namespace!.LastIndexOf('.') + 1)..],
            comment?.Element("summary"),
            comment?.Element("remarks"),
            [.. comment?.Elements("example").Select(Example) ?? []],
            [.. parameters.OrderBy(p => p.Name, StringComparer.Ordinal)],
            Named(cmdlet, "DefaultParameterSetName") as string,
            [.. parameters.Count == 0 ? [] : Inputs(type)],
            [.. Outputs(type)],
            [.. comment?.Elements("seealso").Select(e => (e.Attribute("cref")?.Value ?? e.Value).Trim()) ?? [], "about_TargoGiftbit"]);
    }

    private IEnumerable<ParameterHelp> Parameters(Type type)
    {
        var defaults = Activator.CreateInstance(type)!;
        foreach (var property in type.GetProperties())
        {
            var sets = ModuleAssembly.Attributes(property, "ParameterAttribute").Where(a => Named(a, "DontShow") is not true).Select(Set).ToList();
            if (sets.Count == 0) continue;
            var plain = TypeName.Plain(property.PropertyType);
            var isSwitch = plain.Name == "SwitchParameter";
            yield return new ParameterHelp(
                property.Name,
                TypeName.InSyntax(property.PropertyType),
                isSwitch,
                Depth(type, property.DeclaringType!),
                comments.Of(property)?.Element("summary"),
                sets,
                [.. Strings(property, "AliasAttribute")],
                plain.IsEnum ? [.. Enum.GetNames(plain)] : [.. Strings(property, "ValidateSetAttribute")],
                isSwitch ? "False" : Default(property.GetValue(defaults), sets.TrueForAll(s => s.Required)),
                ModuleAssembly.Attribute(property, "SupportsWildcardsAttribute") is not null);
        }
    }

    private IEnumerable<TypeHelp> Inputs(Type type) =>
        type.GetProperties().Where(p => ModuleAssembly.Attributes(p, "ParameterAttribute").Any(a => Named(a, "ValueFromPipeline") is true))
            .Select(p => TypeName.Plain(p.PropertyType)).Distinct().Select(Describe);

    private IEnumerable<TypeHelp> Outputs(Type type) =>
        ModuleAssembly.Attributes(type, "OutputTypeAttribute").SelectMany(a => a.ConstructorArguments).SelectMany(Flatten)
            .OfType<Type>().Select(TypeName.Plain).Distinct().Select(Describe);

    private TypeHelp Describe(Type type) => new(TypeName.InFull(type), comments.Of(type)?.Element("summary"));

    private static ExampleHelp Example(XElement example) => new(
        DocText.Code(example.Element("code") ?? throw new InvalidDataException($"An example without <code>: {example}")),
        [.. example.Elements("para")]);

    private static ParameterSet Set(CustomAttributeData attribute) => new(
        Named(attribute, "ParameterSetName") as string ?? ParameterSet.All,
        Named(attribute, "Mandatory") is true,
        Named(attribute, "Position") is int position and >= 0 ? position : null,
        Named(attribute, "ValueFromPipeline") is true,
        Named(attribute, "ValueFromPipelineByPropertyName") is true);

    private static object? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.Where(a => a.MemberName == name).Select(a => a.TypedValue.Value).FirstOrDefault();

    private static IEnumerable<string> Strings(PropertyInfo property, string attribute) =>
        ModuleAssembly.Attributes(property, attribute).SelectMany(a => a.ConstructorArguments).SelectMany(Flatten).OfType<string>();

    private static IEnumerable<object?> Flatten(CustomAttributeTypedArgument argument) =>
        argument.Value is IReadOnlyCollection<CustomAttributeTypedArgument> list ? list.SelectMany(Flatten) : [argument.Value];

    private static int Depth(Type type, Type declaring)
    {
        var depth = 0;
        for (var t = type; t is not null && t != declaring; t = t.BaseType) depth++;
        return depth;
    }

    // What a required parameter starts with never counts.
    private static string? Default(object? value, bool required) => required ? null : value switch
    {
        null or "" => null,
        string text => text,
        IEnumerable list => string.Join(", ", list.Cast<object>()) is { Length: > 0 } items ? items : null,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}

using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace TargoGiftbit.Builder.Help;

/// <summary>Writes the file that <c>Get-Help</c> reads.</summary>
public static class MamlWriter
{
    private static readonly XNamespace Msh = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static void Write(string path, IEnumerable<CmdletHelp> cmdlets)
    {
        var document = new XDocument(
            new XComment(" Generated from the doc comments of the cmdlets. "),
            new XElement(Msh + "helpItems", new XAttribute("schema", "maml"), cmdlets.Select(Item)));
        OutputFile.Replace(path, stream =>
        {
            using var writer = XmlWriter.Create(stream, new XmlWriterSettings { Indent = true, NewLineChars = "\n" });
            document.Save(writer);
        });
    }

    private static XElement Item(CmdletHelp cmdlet) => new(Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml), new XAttribute(XNamespace.Xmlns + "command", Command), new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(Command + "details",
            new XElement(Command + "name", cmdlet.Name),
            new XElement(Maml + "description", Paragraphs(cmdlet.Synopsis)),
            new XElement(Command + "verb", cmdlet.Verb),
            new XElement(Command + "noun", cmdlet.Noun)),
        new XElement(Maml + "description", Paragraphs(cmdlet.Description)),
        new XElement(Command + "syntax", cmdlet.Sets.Select(set => new XElement(Command + "syntaxItem",
            new XElement(Maml + "name", cmdlet.Name),
            cmdlet.InSet(set).Select(x => Parameter(x.Parameter, x.Use, inSyntax: true))))),
        new XElement(Command + "parameters", cmdlet.Parameters.Select(p => Parameter(p, Union(p), inSyntax: false))),
        new XElement(Command + "inputTypes", cmdlet.Inputs.Select(t => Type("inputType", t))),
        new XElement(Command + "returnValues", cmdlet.Outputs.Select(t => Type("returnValue", t))),
        new XElement(Command + "examples", cmdlet.Examples.Select(Example)),
        new XElement(Command + "relatedLinks", cmdlet.Links.Select(l => new XElement(Maml + "navigationLink", new XElement(Maml + "linkText", l), new XElement(Maml + "uri")))));

    private static XElement Parameter(ParameterHelp parameter, ParameterSet use, bool inSyntax)
    {
        var element = new XElement(Command + "parameter",
            new XAttribute("required", use.Required ? "true" : "false"),
            new XAttribute("variableLength", parameter.Type.EndsWith("[]", StringComparison.Ordinal) ? "true" : "false"),
            new XAttribute("globbing", parameter.Wildcards ? "true" : "false"),
            new XAttribute("pipelineInput", use.Pipeline),
            new XAttribute("position", use.Position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name));
        if (!inSyntax)
        {
            element.Add(new XElement(Maml + "description", Paragraphs(parameter.Text),
                parameter.Values.Count > 0 ? new XElement(Maml + "para", $"Values: {string.Join(", ", parameter.Values)}.") : null));
        }
        if (!(inSyntax && parameter.IsSwitch))
            element.Add(new XElement(Command + "parameterValue", new XAttribute("required", parameter.IsSwitch ? "false" : "true"), parameter.Type));
        if (!inSyntax)
        {
            element.Add(new XElement(Dev + "type", new XElement(Maml + "name", parameter.Type), new XElement(Maml + "uri")));
            element.Add(new XElement(Dev + "defaultValue", parameter.Default ?? "None"));
        }
        return element;
    }

    // Help shows one line per parameter: what is true somewhere.
    private static ParameterSet Union(ParameterHelp parameter) => new(
        ParameterSet.All,
        parameter.Sets.All(s => s.Required),
        parameter.Sets.Select(s => s.Position).FirstOrDefault(p => p is not null),
        parameter.Sets.Any(s => s.FromPipeline),
        parameter.Sets.Any(s => s.ByPropertyName));

    private static XElement Type(string kind, TypeHelp type) => new(Command + kind,
        new XElement(Dev + "type", new XElement(Maml + "name", type.Name), new XElement(Maml + "uri")),
        new XElement(Maml + "description", Paragraphs(type.Summary)));

    private static XElement Example(ExampleHelp example, int index) => new(Command + "example",
        new XElement(Maml + "title", string.Create(CultureInfo.InvariantCulture, $"-------------------------- Example {index + 1} --------------------------")),
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks", example.Remarks.SelectMany(Paragraphs)));

    private static IEnumerable<XElement> Paragraphs(XElement? text) =>
        DocText.Paragraphs(text, markdown: false).Select(p => new XElement(Maml + "para", p));
}

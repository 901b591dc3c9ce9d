using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace TargoGiftbit.Builder.Packing;

/// <summary>What a <c>.nupkg</c> of the PowerShell Gallery holds beside the module: the nuspec and the parts every OPC package has.</summary>
/// <param name="manifest">The shipped manifest.</param>
/// <param name="version">The package's version.</param>
/// <param name="releaseNotes">What changed.</param>
internal sealed class GalleryPackage(ModuleManifest manifest, string version, string releaseNotes)
{
    internal const string Id = "TargoGiftbit";

    private static readonly XNamespace Nuspec = "http://schemas.microsoft.com/packaging/2013/05/nuspec.xsd";
    private static readonly XNamespace Types = "http://schemas.openxmlformats.org/package/2006/content-types";
    private static readonly XNamespace Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private static readonly XNamespace Properties = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties";
    private static readonly XNamespace Dublin = "http://purl.org/dc/elements/1.1/";

    private string PropertiesPart => $"package/services/metadata/core-properties/{Name("properties")}.psmdcp";

    /// <summary>The module's files and the package's own.</summary>
    internal IEnumerable<(string Name, byte[] Bytes)> Entries(IReadOnlyCollection<(string Name, byte[] Bytes)> files) =>
    [
        .. files,
        ($"{Id}.nuspec", Bytes(NuspecPart())),
        ("_rels/.rels", Bytes(RelationsPart())),
        (PropertiesPart, Bytes(CorePropertiesPart())),
        ("[Content_Types].xml", Bytes(TypesPart([.. files.Select(f => f.Name), $"{Id}.nuspec", PropertiesPart]))),
    ];

    // The Gallery finds modules by the tags PSModule and PSEdition_…, and cmdlets by PSCmdlet_… and PSCommand_….
    private string TagText() => string.Join(' ',
    [
        "PSModule",
        .. manifest.Tags,
        "PSIncludes_Cmdlet",
        .. manifest.Cmdlets.SelectMany(cmdlet => new[] { $"PSCmdlet_{cmdlet}", $"PSCommand_{cmdlet}" }),
    ]);

    private XElement NuspecPart() => new(Nuspec + "package", new XElement(Nuspec + "metadata",
        new XElement(Nuspec + "id", Id),
        new XElement(Nuspec + "version", version),
        new XElement(Nuspec + "authors", manifest.Value("Author")),
        new XElement(Nuspec + "owners", manifest.Value("CompanyName")),
        new XElement(Nuspec + "requireLicenseAcceptance", "false"),
        new XElement(Nuspec + "licenseUrl", manifest.Value("LicenseUri")),
        new XElement(Nuspec + "projectUrl", manifest.Value("ProjectUri")),
        new XElement(Nuspec + "description", manifest.Value("Description")),
        new XElement(Nuspec + "releaseNotes", releaseNotes),
        new XElement(Nuspec + "copyright", manifest.Value("Copyright")),
        new XElement(Nuspec + "tags", TagText())));

    private XElement RelationsPart() => new(Relations + "Relationships",
        Relation("nuspec", "http://schemas.microsoft.com/packaging/2010/07/manifest", $"/{Id}.nuspec"),
        Relation("properties", "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties", $"/{PropertiesPart}"));

    private XElement Relation(string part, string type, string target) => new(Relations + "Relationship",
        new XAttribute("Type", type), new XAttribute("Target", target), new XAttribute("Id", $"R{Name(part)[..16].ToUpperInvariant()}"));

    private XElement CorePropertiesPart() => new(Properties + "coreProperties",
        new XAttribute(XNamespace.Xmlns + "dc", Dublin),
        new XElement(Dublin + "creator", manifest.Value("Author")),
        new XElement(Dublin + "description", manifest.Value("Description")),
        new XElement(Dublin + "identifier", Id),
        new XElement(Properties + "version", version),
        new XElement(Properties + "keywords", TagText()));

    private static XElement TypesPart(IEnumerable<string> names) => new(Types + "Types",
        new XElement(Types + "Default", new XAttribute("Extension", "rels"), new XAttribute("ContentType", "application/vnd.openxmlformats-package.relationships+xml")),
        new XElement(Types + "Default", new XAttribute("Extension", "psmdcp"), new XAttribute("ContentType", "application/vnd.openxmlformats-package.core-properties+xml")),
        names.Select(name => Path.GetExtension(name).TrimStart('.').ToLowerInvariant()).Where(e => e is not ("" or "psmdcp")).Distinct().Order(StringComparer.Ordinal)
            .Select(extension => new XElement(Types + "Default", new XAttribute("Extension", extension), new XAttribute("ContentType", "application/octet-stream"))),
        names.Where(name => Path.GetExtension(name).Length == 0).Order(StringComparer.Ordinal)
            .Select(name => new XElement(Types + "Override", new XAttribute("PartName", $"/{name}"), new XAttribute("ContentType", "application/octet-stream"))));

    // Parts have names that NuGet makes up; here they follow from the version, so that two builds agree.
    private string Name(string part) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Id} {version} {part}")))[..32];

    private static byte[] Bytes(XElement root) => Encoding.UTF8.GetBytes($"""<?xml version="1.0" encoding="utf-8"?>{'\n'}{root.ToString().ReplaceLineEndings("\n")}{'\n'}""");
}

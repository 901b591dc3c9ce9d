using System.Reflection;
using System.Xml.Linq;

namespace TargoGiftbit.Builder.Help;

/// <summary>The doc comments of assemblies, by member. A comment that only inherits is looked for further down.</summary>
public sealed class DocComments
{
    private readonly Dictionary<string, XElement> members = new(StringComparer.Ordinal);

    /// <summary>Reads the documentation files that the compiler wrote.</summary>
    public static DocComments Load(IEnumerable<string> files)
    {
        var comments = new DocComments();
        foreach (var file in files)
        {
            foreach (var member in XDocument.Load(file, LoadOptions.PreserveWhitespace).Root!.Element("members")!.Elements("member"))
                comments.members[member.Attribute("name")!.Value] = member;
        }
        return comments;
    }

    public XElement? Of(Type type) => Find("T:" + IdOf(type));

    /// <summary>The comment of a property, its own or the one that it overrides.</summary>
    public XElement? Of(PropertyInfo property)
    {
        for (var type = property.DeclaringType; type is not null; type = type.BaseType)
        {
            if (Find($"P:{IdOf(type)}.{property.Name}") is { } comment && comment.Element("inheritdoc") is null) return comment;
        }
        return null;
    }

    private XElement? Find(string id) => members.GetValueOrDefault(id);

    private static string IdOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');
}

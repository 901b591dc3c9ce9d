using System.Security;

namespace TargoGiftbit.Builder.Help;

/// <summary>Names of types as PowerShell shows them.</summary>
public static class TypeName
{
    private static readonly Dictionary<Type, string> Short = new()
    {
        [typeof(string)] = "string", [typeof(int)] = "int", [typeof(long)] = "long", [typeof(double)] = "double", [typeof(bool)] = "bool",
        [typeof(char)] = "char", [typeof(DateTime)] = "datetime", [typeof(TimeSpan)] = "timespan", [typeof(Guid)] = "guid", [typeof(Uri)] = "uri",
        [typeof(SecureString)] = "securestring", [typeof(object)] = "object",
    };

    /// <summary>In a syntax line: <c>string[]</c>, <c>Gift[]</c>.</summary>
    public static string InSyntax(Type type)
    {
        if (type.IsArray) return InSyntax(type.GetElementType()!) + "[]";
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.Name == "SwitchParameter" ? "switch" : Short.GetValueOrDefault(plain, plain.Name.Replace("PSCredential", "pscredential", StringComparison.Ordinal));
    }

    /// <summary>As input or output: in full, an element's name for an array.</summary>
    public static string InFull(Type type) => Plain(type).FullName!;

    /// <summary>Without array and <c>?</c>.</summary>
    public static Type Plain(Type type) => type.IsArray ? Plain(type.GetElementType()!) : Nullable.GetUnderlyingType(type) ?? type;
}

using System.Text;

namespace TargoGiftbit.Core.Ledger;

/// <summary>The values of an enum by the bytes of their names, as the ledger stores them.</summary>
internal static class EnumNames<T> where T : struct, Enum
{
    private static readonly (byte[] Name, T Value)[] Known = [.. Enum.GetValues<T>().Select(v => (Encoding.UTF8.GetBytes(v.ToString()), v))];

    /// <summary>The value of a name.</summary>
    /// <exception cref="ArgumentException">The enum has no such name.</exception>
    public static T Parse(ReadOnlySpan<byte> name)
    {
        foreach (var (known, value) in Known)
            if (name.SequenceEqual(known)) return value;
        return Enum.Parse<T>(Encoding.UTF8.GetString(name));
    }
}

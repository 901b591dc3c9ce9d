using System.Runtime.CompilerServices;

namespace TargoGiftbit.Core.Contacts;

/// <summary>The fields of one kind of file by the names that their columns may have, folded (<see cref="HeaderName.Fold"/>).</summary>
/// <typeparam name="TField">The fields, numbered from 0.</typeparam>
/// <remarks>
/// Numbers instead of the enum itself, and no frozen dictionary: those are compiled anew for each enum, which is a tenth of the time that the
/// module's first command takes.
/// </remarks>
internal sealed class FieldNames<TField>
    where TField : struct, Enum
{
    private readonly Dictionary<string, int> numbers = new(StringComparer.Ordinal);

    /// <summary>How many numbers the fields with names have.</summary>
    internal int Count { get; private set; }

    /// <summary>The names of a field.</summary>
    internal string[] this[TField field]
    {
        init
        {
            foreach (var name in value) numbers.Add(name, NumberOf(field));
            Count = Math.Max(Count, NumberOf(field) + 1);
        }
    }

    /// <summary>The place of a field in an array of all of them.</summary>
    internal static int NumberOf(TField field) => Unsafe.BitCast<TField, int>(field);

    /// <summary>Whether a folded name means a field.</summary>
    internal bool Contains(string name) => numbers.ContainsKey(name);

    /// <summary>The field that a folded name means.</summary>
    internal bool TryGetValue(string name, out TField field)
    {
        var found = numbers.TryGetValue(name, out var number);
        field = Unsafe.BitCast<int, TField>(number);
        return found;
    }
}

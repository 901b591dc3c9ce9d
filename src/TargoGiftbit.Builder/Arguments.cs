namespace TargoGiftbit.Builder;

/// <summary>The words of a command line: <c>--name value</c>, several values for a name that is repeated.</summary>
internal sealed class Arguments(IReadOnlyList<string> words)
{
    internal string One(string name) => Many(name) is [var value] ? value : throw new ArgumentException($"--{name} is needed, once.");

    internal IReadOnlyList<string> Many(string name) =>
        [.. words.Zip(words.Skip(1)).Where(pair => pair.First == $"--{name}").Select(pair => pair.Second)];
}

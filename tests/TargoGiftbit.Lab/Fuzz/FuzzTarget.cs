using System.Text;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Lab.Fuzz;

/// <summary>A parser, what it usually gets, and how to give it something else.</summary>
/// <param name="Name">What is parsed.</param>
/// <param name="Seeds">Good input of every form.</param>
/// <param name="Parse">
/// Parses, and looks at the result where that is a promise of the parser too. Random choices beside the input come from the given source.
/// Only a <see cref="GiftException"/>, or what <paramref name="IsDocumented"/> allows, may come out.
/// </param>
/// <param name="IsDocumented">Another exception that the parser documents.</param>
internal sealed record FuzzTarget(string Name, byte[][] Seeds, Func<byte[], Random, Task> Parse, Func<Exception, bool>? IsDocumented = null)
{
    /// <summary>What no error may show: it stands in the seeds where secrets and links do.</summary>
    public const string SecretMark = "CANARYSECRET7";

    /// <summary>The same for links.</summary>
    public const string LinkMark = "CANARYLINK7";

    public static FuzzTarget Of(string name, IEnumerable<string> seeds, Func<byte[], Random, Task> parse, Func<Exception, bool>? isDocumented = null) =>
        new(name, [.. seeds.Select(Encoding.UTF8.GetBytes)], parse, isDocumented);

    public static FuzzTarget Of(string name, IEnumerable<string> seeds, Action<byte[]> parse, Func<Exception, bool>? isDocumented = null) =>
        Of(name, seeds, (input, _) =>
        {
            parse(input);
            return Task.CompletedTask;
        }, isDocumented);

    /// <summary>A broken promise of a parser; anything but a documented exception fails the run, this one with words of its own.</summary>
    public static void Promise(bool isKept, string promise)
    {
        if (!isKept) throw new InvalidOperationException($"broken promise: {promise}");
    }
}

using System.Text;
using HandlebarsDotNet;

namespace TargoGiftbit.Core.Mail.Templates;

/// <summary>
/// Escapes what can end a text or a quoted attribute and nothing else. Handlebars.Net's own encoder also turns <c>=</c> into
/// <c>&amp;#x3D;</c>, which a service that rewrites links for click tracking might not undo.
/// </summary>
internal sealed class MarkupEncoder : ITextEncoder
{
    /// <summary>The text, escaped.</summary>
    public static string Escape(string text)
    {
        if (text.AsSpan().IndexOfAny("&<>\"'") < 0) return text;
        using var writer = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
        Write(text, writer);
        return writer.ToString();
    }

    /// <inheritdoc/>
    public void Encode(StringBuilder? text, TextWriter target)
    {
        if (text is null) return;
        foreach (var chunk in text.GetChunks()) Write(chunk.Span, target);
    }

    /// <inheritdoc/>
    public void Encode(string? text, TextWriter target) => Write(text, target);

    /// <inheritdoc/>
    public void Encode<T>(T? text, TextWriter target)
        where T : IEnumerator<char>
    {
        Span<char> one = stackalloc char[1];
        while (text is not null && text.MoveNext())
        {
            one[0] = text.Current;
            Write(one, target);
        }
    }

    private static void Write(ReadOnlySpan<char> text, TextWriter target)
    {
        for (var at = text.IndexOfAny("&<>\"'"); at >= 0; at = text.IndexOfAny("&<>\"'"))
        {
            target.Write(text[..at]);
            target.Write(text[at] switch { '&' => "&amp;", '<' => "&lt;", '>' => "&gt;", '"' => "&quot;", _ => "&#39;" });
            text = text[(at + 1)..];
        }
        target.Write(text);
    }
}

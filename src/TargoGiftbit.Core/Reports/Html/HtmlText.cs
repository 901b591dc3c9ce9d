using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace TargoGiftbit.Core.Reports.Html;

/// <summary>
/// Builds HTML: what is written in an interpolated text is escaped, unless it is HTML already. So a customer's data or a brand's
/// name can never become markup.
/// </summary>
internal sealed class HtmlText
{
    private readonly StringBuilder text = new();

    /// <summary>Adds markup with its places escaped.</summary>
    public HtmlText Add([InterpolatedStringHandlerArgument("")] ref Markup markup)
    {
        _ = markup;
        return this;
    }

    /// <summary>Adds plain text, escaped.</summary>
    public HtmlText AddText(string plain)
    {
        Escape(text, plain);
        return this;
    }

    /// <summary>Adds what is markup already, of our own making.</summary>
    public HtmlText AddRaw(string markup)
    {
        text.Append(markup);
        return this;
    }

    public override string ToString() => text.ToString();

    private static void Escape(StringBuilder text, ReadOnlySpan<char> plain)
    {
        foreach (var c in plain)
            switch (c)
            {
                case '&': text.Append("&amp;"); break;
                case '<': text.Append("&lt;"); break;
                case '>': text.Append("&gt;"); break;
                case '"': text.Append("&quot;"); break;
                case '\'': text.Append("&#39;"); break;
                // Controls are not allowed in HTML, escaped or not.
                case < ' ' and not ('\n' or '\t'): break;
                default: text.Append(c); break;
            }
    }

    /// <summary>Puts literal parts in as they are and values escaped; numbers in the form of markup.</summary>
    [InterpolatedStringHandler]
    internal readonly ref struct Markup
    {
        private readonly StringBuilder text;

        public Markup(int literalLength, int formattedCount, HtmlText target)
        {
            text = target.text;
            text.EnsureCapacity(text.Length + literalLength + formattedCount * 16);
        }

        public void AppendLiteral(string literal) => text.Append(literal);

        public void AppendFormatted(string? value) => Escape(text, value);

        public void AppendFormatted(HtmlText value) => text.Append(value.text);

        public void AppendFormatted(int value) => text.Append(value);

        public void AppendFormatted(double value) => text.Append(value.ToString("0.##", CultureInfo.InvariantCulture));
    }
}

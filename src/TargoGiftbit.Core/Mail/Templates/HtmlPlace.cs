namespace TargoGiftbit.Core.Mail.Templates;

/// <summary>
/// Follows HTML just closely enough to know where a value would land: escaping makes a value harmless in text and between
/// quotes, nowhere else.
/// </summary>
internal sealed class HtmlPlace(string html)
{
    private enum Place { Text, Tag, DoubleQuoted, SingleQuoted, Raw, Comment }

    private Place place;
    private int position;
    private string element = "";

    /// <summary>True when a value written at the place reached cannot break out of it.</summary>
    public bool IsSafe => place is Place.Text or Place.DoubleQuoted or Place.SingleQuoted or Place.Comment;

    /// <summary>Reads on to a position, stepping over a template tag as if it were one word.</summary>
    /// <param name="until">Where the next template tag begins.</param>
    /// <param name="resumeAt">Where it ends.</param>
    public void Advance(int until, int resumeAt)
    {
        while (position < until) Step();
        position = Math.Max(position, resumeAt);
    }

    private void Step()
    {
        switch (place)
        {
            case Place.Text when Starts("<!--"):
                (place, position) = (Place.Comment, position + 4);
                return;
            case Place.Text when html[position] == '<' && position + 1 < html.Length && IsTagStart(html[position + 1]):
                (place, position) = (Place.Tag, position + 1);
                element = ReadName();
                return;
            case Place.Comment when Starts("-->"):
                (place, position) = (Place.Text, position + 3);
                return;
            case Place.Raw when Starts("</" + element):
                (place, position) = (Place.Tag, position + 2 + element.Length);
                element = "";
                return;
            case Place.Tag when html[position] == '"': place = Place.DoubleQuoted; break;
            case Place.Tag when html[position] == '\'': place = Place.SingleQuoted; break;
            case Place.Tag when html[position] == '>': place = element is "style" or "script" ? Place.Raw : Place.Text; break;
            case Place.DoubleQuoted when html[position] == '"': place = Place.Tag; break;
            case Place.SingleQuoted when html[position] == '\'': place = Place.Tag; break;
            default: break;
        }
        position++;
    }

    // A brace counts as the start of a tag: <{{Name}} would let the value name the element.
    private static bool IsTagStart(char next) => char.IsAsciiLetter(next) || next is '/' or '!' or '?' or '{';

    private bool Starts(string text) => string.Compare(html, position, text, 0, text.Length, StringComparison.OrdinalIgnoreCase) == 0;

    private string ReadName()
    {
        var end = position;
        while (end < html.Length && char.IsAsciiLetterOrDigit(html[end])) end++;
        return html[position..end].ToLowerInvariant();
    }
}

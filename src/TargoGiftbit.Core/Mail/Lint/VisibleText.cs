using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace TargoGiftbit.Core.Mail.Lint;

/// <summary>What a reader sees of a document.</summary>
internal static class VisibleText
{
    /// <summary>The text that is shown, blanks of any kind collapsed to one space.</summary>
    public static string Of(IHtmlDocument document, MailStyles styles)
    {
        var text = new StringBuilder();
        foreach (var (node, _) in Nodes(document, styles)) text.Append(' ').Append(node.Data);
        return Collapse(text.ToString());
    }

    /// <summary>The text nodes that are shown and are not blank, each with its element.</summary>
    public static IEnumerable<(IText Node, IElement Parent)> Nodes(IHtmlDocument document, MailStyles styles) =>
        from node in document.Body?.Descendants<IText>() ?? []
        where !string.IsNullOrWhiteSpace(node.Data) && node.ParentElement is not null && !styles.IsHidden(node.ParentElement)
        select (node, node.ParentElement);

    /// <summary>Runs of blanks, U+00A0 among them, become one space.</summary>
    public static string Collapse(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

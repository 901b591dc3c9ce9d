using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace TargoGiftbit.Core.Http;

/// <summary>Says what kind of body an answer has, in a few words: never the body itself.</summary>
public static partial class BodySummary
{
    /// <summary>For example <c>an HTML page titled "503 Service Unavailable"</c> or <c>12 bytes of application/json</c>.</summary>
    public static string Of(HttpAnswer answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.Body.IsEmpty) return HttpText.NoBody;
        // The title stands near the top; a gateway's page can be long.
        var head = Encoding.UTF8.GetString(answer.Body.Span[..Math.Min(answer.Body.Length, 8192)]);
        var isHtml = answer.MediaType is "text/html" or "application/xhtml+xml" || head.AsSpan().TrimStart().StartsWith("<");
        if (!isHtml) return HttpText.BytesOf(answer.Body.Length, answer.MediaType is { } type ? Redaction.Clean(type, 60) : null);
        var title = Title.Match(head) is { Success: true } match ? Redaction.Clean(WebUtility.HtmlDecode(match.Groups[1].Value), 80) : "";
        return title.Length > 0 ? HttpText.PageTitled(title) : HttpText.Page;
    }

    [GeneratedRegex("<title[^>]*>([^<]*)", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex Title { get; }
}

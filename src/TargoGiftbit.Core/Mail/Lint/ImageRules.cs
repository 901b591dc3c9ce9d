using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace TargoGiftbit.Core.Mail.Lint;

/// <summary>Images, backgrounds, and whatever else is fetched.</summary>
internal static partial class ImageRules
{
    public static void Check(LintTarget target)
    {
        foreach (var image in target.Document.QuerySelectorAll("img"))
        {
            var line = LintTarget.LineOf(image);
            if (!image.HasAttribute("alt")) target.Report(MailRules.ImageAlt, MailPart.Html, line);
            CheckSource(target, image.GetAttribute("src") ?? "", line);
        }
        foreach (var element in target.Document.QuerySelectorAll("[background]"))
            CheckSource(target, element.GetAttribute("background") ?? "", LintTarget.LineOf(element));
        foreach (var element in target.Document.QuerySelectorAll("[style*=url]")) CheckStyle(target, element.GetAttribute("style")!, LintTarget.LineOf(element));
        foreach (var svg in target.Document.QuerySelectorAll("svg")) target.Report(MailRules.ImageSource, MailPart.Html, LintTarget.LineOf(svg), "<svg>");
        foreach (var style in target.Document.QuerySelectorAll("style")) CheckSheet(target, style);
        foreach (var link in target.Document.QuerySelectorAll("link[rel~=stylesheet], link[rel~=preload], link[rel~=preconnect]"))
            target.Report(MailRules.RemoteStyle, MailPart.Html, LintTarget.LineOf(link), link.GetAttribute("href"));
    }

    private static void CheckSheet(LintTarget target, IElement style)
    {
        var css = style.TextContent;
        var line = LintTarget.LineOf(style);
        foreach (Match import in Imports().Matches(css)) target.Report(MailRules.RemoteStyle, MailPart.Html, LineIn(css, import.Index, line), import.Value.Trim());
        foreach (Match face in FontFaces().Matches(css))
            if (face.Value.Contains("url(", StringComparison.OrdinalIgnoreCase)) target.Report(MailRules.RemoteStyle, MailPart.Html, LineIn(css, face.Index, line), "@font-face");
        CheckStyle(target, FontFaces().Replace(Imports().Replace(css, ""), ""), line);
    }

    private static void CheckStyle(LintTarget target, string css, int line)
    {
        foreach (Match url in Urls().Matches(css)) CheckSource(target, url.Groups[1].Value, line);
    }

    private static void CheckSource(LintTarget target, string source, int line)
    {
        var isEmbedded = source.StartsWith("cid:", StringComparison.OrdinalIgnoreCase) && source.Length > 4;
        var isHosted = source.StartsWith("https://", StringComparison.OrdinalIgnoreCase)
            && !source.Split('?', '#')[0].EndsWith(".svg", StringComparison.OrdinalIgnoreCase);
        if (!isEmbedded && !isHosted) target.Report(MailRules.ImageSource, MailPart.Html, line, Shorten(source));
    }

    private static string Shorten(string source) => source.Length == 0 ? "src=\"\"" : source.Length <= 60 ? source : source[..60] + "…";

    private static int LineIn(string text, int at, int firstLine) => firstLine + text.AsSpan(0, at).Count('\n');

    [GeneratedRegex(@"url\(\s*[""']?([^""')]*)", RegexOptions.IgnoreCase)]
    private static partial Regex Urls();

    [GeneratedRegex(@"@import[^;]*", RegexOptions.IgnoreCase)]
    private static partial Regex Imports();

    [GeneratedRegex(@"@font-face\s*\{[^}]*\}?", RegexOptions.IgnoreCase)]
    private static partial Regex FontFaces();
}

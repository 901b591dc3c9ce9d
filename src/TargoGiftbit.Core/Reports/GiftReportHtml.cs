using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Reports.Html;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Reports;

/// <summary>
/// Writes the campaign report as one page that needs nothing else: no script, no font, no picture from outside, and no gift link,
/// name or address in it (spec F5). Light and dark, on paper too.
/// </summary>
public static class GiftReportHtml
{
    /// <summary>Writes the page, for the current user alone.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="figures">The figures.</param>
    /// <param name="language">Language of the reader.</param>
    /// <param name="cancellationToken">Gives up and leaves an older report as it was.</param>
    public static Task WriteAsync(string path, CampaignFigures figures, GiftLanguage language, CancellationToken cancellationToken) =>
        PrivateFile.WriteAllTextAsync(path, Render(figures, language), cancellationToken);

    /// <summary>The page as text.</summary>
    /// <param name="figures">The figures.</param>
    /// <param name="language">Language of the reader.</param>
    public static string Render(CampaignFigures figures, GiftLanguage language)
    {
        ArgumentNullException.ThrowIfNull(figures);
        var words = new ReportWords(language);
        var html = new HtmlText().Add(
            $"""
            <!DOCTYPE html>
            <html lang="{words["Lang"]}" dir="ltr">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
            <title>{words.Of("Title", figures.CampaignId)} – TARGO</title>
            <style>
            """);
        html.AddRaw(Style.Value).Add(
            $"""
            </style>
            </head>
            <body>
            <a class="skip" href="#main">{words["Skip"]}</a>
            """);
        html.Add($"{ReportHead.Draw(figures, words)}<main id=\"main\">");
        Section(html, "next", words["Next"], ReportHead.Next(figures, words));
        if (figures.Total.Gifts > 0) Sections(html, figures, words);
        Section(html, "how", words["How"], ReportHead.How(words));
        return html.AddRaw("</main>\n</body>\n</html>\n").ToString();
    }

    private static void Sections(HtmlText html, CampaignFigures figures, ReportWords words)
    {
        Section(html, "funnel", words["Funnel"], TableSections.Funnel(figures.Total, words));
        Section(html, "timeline", words["Timeline"], Timeline(figures, words));
        html.AddRaw("<div class=\"pair\">");
        Section(html, "brands", words["Brands"], TableSections.Brands(figures, words));
        Section(html, "languages", words["Languages"], TableSections.Languages(figures, words));
        html.AddRaw("</div>");
        Section(html, "creatives", words["Creatives"], TableSections.Creatives(figures, words));
        Section(html, "problems", words["Problems"], ProblemSection.Draw(figures, words));
        Section(html, "money", words["Money"], MoneySection.Draw(figures.Money, words));
    }

    private static readonly Lazy<string> Style = new(() =>
    {
        using var stream = typeof(GiftReportHtml).Assembly.GetManifestResourceStream("TargoGiftbit.Core.Reports.Html.report.css")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    });

    private static void Section(HtmlText html, string id, string title, HtmlText content) =>
        html.Add($"""<section class="card" aria-labelledby="{id}-h"><h2 id="{id}-h">{title}</h2>{content}</section>""").AddRaw("\n");

    private static HtmlText Timeline(CampaignFigures figures, ReportWords words)
    {
        var html = TimelineChart.Draw(figures.ByDay, words);
        if (figures.MedianTimeToRedemption is { } median) html.Add($"""<p class="note">{words.Of("TimelineMedian", words.Format.Duration(median))}</p>""");
        return html;
    }
}

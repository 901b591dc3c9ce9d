using System.Globalization;

namespace TargoGiftbit.Core.Reports.Html;

/// <summary>Who has not got the mail, why, and what to do about each cause.</summary>
internal static class ProblemSection
{
    private const int MostProblems = 40;
    private const int MostRows = 24;

    public static HtmlText Draw(CampaignFigures figures, ReportWords words)
    {
        if (figures.Problems.Count == 0) return new HtmlText().Add($"""<p class="empty good">{words["ProblemsNone"]}</p>""");
        var html = new HtmlText().Add($"""<table class="stacks problems" role="table"><caption class="sr">{words["Problems"]}</caption><thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">{words["Problem"]}</th><th scope="col" role="columnheader" class="n">{words["Gifts"]}</th><th scope="col" role="columnheader">{words["WhatToDo"]}</th><th scope="col" role="columnheader">{words["Rows"]}</th></tr></thead><tbody role="rowgroup">""");
        foreach (var problem in figures.Problems.Take(MostProblems))
        {
            html.Add($"""<tr role="row"><th scope="row" role="rowheader">{words["Tr" + problem.Trouble]}""");
            // The mail service's own words, which are English; never more of them than its short cause.
            if (problem.Cause is { Length: > 0 } cause) html.Add($"""<span class="sub" lang="en">{Http.Redaction.Clean(cause, 80)}</span>""");
            html.Add($"""</th><td role="cell" class="n" data-l="{words["Gifts"]}">{words.Format.Number(problem.Count)}</td><td role="cell">{words[Remedy(problem)]}</td><td role="cell" class="rows" data-l="{words["Rows"]}">{Rows(problem.Rows, words)}</td></tr>""");
        }
        html.AddRaw("</tbody></table>");
        if (figures.Problems.Count > MostProblems) html.Add($"""<p class="note">{words.Of("ProblemsMore", figures.Problems.Count - MostProblems)}</p>""");
        return html;
    }

    /// <summary>Which advice fits (causes: reference/mailjet.md §3).</summary>
    private static string Remedy(ProblemFigures problem)
    {
        if (problem.Trouble is not (DeliveryTrouble.HardBounce or DeliveryTrouble.SoftBounce or DeliveryTrouble.Blocked)) return "Do" + problem.Trouble;
        return problem.Cause switch
        {
            "invalid domain" or "no mail host" or "typofix" => "DoDomain",
            "quota exceeded" => "DoFull",
            "sender blocked" or "content blocked" or "policy issue" or "relay/access denied" => "DoPolicy",
            "system issue" or "protocol issue" or "connection issue" => "DoTechnical",
            "duplicate in campaign" => "DoDuplicate",
            _ => "Do" + problem.Trouble,
        };
    }

    private static string Rows(IReadOnlyList<int> rows, ReportWords words)
    {
        var shown = string.Join(", ", rows.Take(MostRows).Select(r => r.ToString(CultureInfo.InvariantCulture)));
        return rows.Count <= MostRows ? shown : $"{shown} {words.Of("MoreRows", rows.Count - MostRows)}";
    }
}

using System.Globalization;
using System.Text;

namespace TargoGiftbit.Core.Reports.Html;

/// <summary>Running totals of clicks and redemptions, day by day, with the same numbers as a table.</summary>
internal static class TimelineChart
{
    private const double Left = 46, Right = 700, Top = 16, Bottom = 220;
    private const int MostTableRows = 60;

    public static HtmlText Draw(IReadOnlyList<DayFigures> days, ReportWords words)
    {
        if (days.Count == 0) return new HtmlText().Add($"""<p class="empty">{words["TimelineEmpty"]}</p>""");
        var points = Totals(days);
        var top = NiceTop(points.Max(p => Math.Max(p.Clicked, p.Redeemed)));
        var format = words.Format;
        var html = new HtmlText().Add(
            $"""
            <div class="scroll" role="region" tabindex="0" aria-label="{words["Timeline"]}"><svg class="timeline" viewBox="0 0 760 250" role="img" aria-labelledby="tl-t tl-d"><title id="tl-t">{words["Timeline"]}</title><desc id="tl-d">{words.Of("TimelineDesc", format.Date(days[0].Day), format.Date(days[^1].Day), points[^1].Clicked, points[^1].Redeemed)}</desc>
            """);
        foreach (var step in Enumerable.Range(0, 5))
        {
            var value = top * step / 4;
            html.Add($"""<line class="grid" x1="{Left}" x2="{Right}" y1="{Y(value, top)}" y2="{Y(value, top)}"/><text class="tick end" x="{Left - 8}" y="{Y(value, top) + 4}">{format.Number(value)}</text>""");
        }
        foreach (var i in Ticks(points.Count))
            html.Add($"""<text class="tick mid" x="{X(i, points.Count)}" y="{Bottom + 20}">{format.ShortDate(points[i].Day)}</text>""");
        var redeemed = Line(points, p => p.Redeemed, top);
        html.Add($"""<path class="area c-good" d="{redeemed}L{Right} {Bottom}L{Left} {Bottom}Z"/>""");
        html.Add($"""<path class="line c-blue" d="{Line(points, p => p.Clicked, top)}" stroke-dasharray="5 4"/><path class="line c-good" d="{redeemed}"/>""");
        AddEndLabels(html, points[^1], top, words);
        html.AddRaw("</svg></div>");
        AddLegend(html, words);
        return AddTable(html, points, words);
    }

    private static List<(DateOnly Day, int Clicked, int Redeemed)> Totals(IReadOnlyList<DayFigures> days)
    {
        // The day before, with nothing: a line needs two points and every story a beginning.
        var points = new List<(DateOnly Day, int Clicked, int Redeemed)> { (days[0].Day.AddDays(-1), 0, 0) };
        foreach (var day in days) points.Add((day.Day, points[^1].Clicked + day.Clicked, points[^1].Redeemed + day.Redeemed));
        return points;
    }

    private static string Line(List<(DateOnly Day, int Clicked, int Redeemed)> points, Func<(DateOnly, int Clicked, int Redeemed), int> value, int top)
    {
        var path = new StringBuilder();
        for (var i = 0; i < points.Count; i++)
            path.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{X(i, points.Count):0.#} {Y(value(points[i]), top):0.#}");
        return path.ToString();
    }

    private static void AddEndLabels(HtmlText html, (DateOnly, int Clicked, int Redeemed) last, int top, ReportWords words)
    {
        var (clicked, redeemed) = (Y(last.Clicked, top), Y(last.Redeemed, top));
        // Two labels on one spot cannot be read.
        if (Math.Abs(clicked - redeemed) < 14)
        {
            var middle = Math.Clamp((clicked + redeemed) / 2, Top + 7, Bottom - 7);
            (clicked, redeemed) = clicked <= redeemed ? (middle - 7, middle + 7) : (middle + 7, middle - 7);
        }
        html.Add($"""<text class="end-label t-blue" x="{Right + 8}" y="{clicked + 4}">{words.Format.Number(last.Clicked)}</text><text class="end-label t-good" x="{Right + 8}" y="{redeemed + 4}">{words.Format.Number(last.Redeemed)}</text>""");
    }

    private static void AddLegend(HtmlText html, ReportWords words) => html.Add(
        $"""<p class="keys" aria-hidden="true"><span><svg width="22" height="8"><line class="line c-good" x1="0" x2="22" y1="4" y2="4"/></svg> {words["CumRedeemed"]}</span><span><svg width="22" height="8"><line class="line c-blue" x1="0" x2="22" y1="4" y2="4" stroke-dasharray="5 4"/></svg> {words["CumClicked"]}</span></p>""");

    private static HtmlText AddTable(HtmlText html, List<(DateOnly Day, int Clicked, int Redeemed)> points, ReportWords words)
    {
        html.Add($"""<details><summary>{words["AsTable"]}</summary><table class="plain"><caption class="sr">{words["Timeline"]}</caption><thead><tr><th scope="col">{words["Day"]}</th><th scope="col" class="n">{words["CumClicked"]}</th><th scope="col" class="n">{words["CumRedeemed"]}</th></tr></thead><tbody>""");
        var rows = points.Skip(1).ToList();
        for (var i = 0; i < rows.Count; i++)
        {
            // A long campaign is told by the days on which something happened, then evenly thinned out; the last day always stands.
            var quiet = i > 0 && i < rows.Count - 1 && rows[i].Clicked == rows[i - 1].Clicked && rows[i].Redeemed == rows[i - 1].Redeemed;
            if (rows.Count > MostTableRows && (quiet || (i % (rows.Count / MostTableRows + 1) != 0 && i < rows.Count - 1))) continue;
            html.Add($"""<tr><th scope="row">{words.Format.Date(rows[i].Day)}</th><td class="n">{words.Format.Number(rows[i].Clicked)}</td><td class="n">{words.Format.Number(rows[i].Redeemed)}</td></tr>""");
        }
        return html.AddRaw("</tbody></table></details>");
    }

    private static double X(int index, int count) => Left + (Right - Left) * index / Math.Max(1, count - 1);

    private static double Y(int value, int top) => Bottom - (Bottom - Top) * value / Math.Max(1, top);

    private static IEnumerable<int> Ticks(int count)
    {
        var steps = Math.Min(6, count - 1);
        return Enumerable.Range(0, steps + 1).Select(i => (int)Math.Round((double)i * (count - 1) / steps)).Distinct();
    }

    // Divisible by four, so that every grid line is a whole number.
    private static int NiceTop(int most)
    {
        for (var unit = 1; ; unit *= 10)
            foreach (var step in (ReadOnlySpan<int>)[4, 8, 12, 16, 20, 24, 32])
                if (step * unit >= most) return step * unit;
    }
}

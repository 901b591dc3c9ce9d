namespace TargoGiftbit.Core.Reports.Html;

/// <summary>Where each gift stands now, as a ring with its legend. Every gift is in exactly one part.</summary>
internal static class RingChart
{
    private const double Radius = 70;
    private const double Around = 2 * Math.PI * Radius;

    public static HtmlText Draw(CampaignFigures figures, ReportWords words)
    {
        var total = figures.Total;
        var html = new HtmlText().Add($"""<figure class="standing"><svg viewBox="0 0 200 200" role="img" aria-labelledby="ring-t ring-d"><title id="ring-t">{words["Standing"]}</title><desc id="ring-d">{words.Of("StandingDesc", total.Gifts)}</desc>""");
        html.Add($"""<circle class="track-line" cx="100" cy="100" r="{Radius}"/>""");
        var from = 0.0;
        var parts = Parts(total);
        foreach (var (_, count, colour) in parts)
        {
            if (count == 0) continue;
            var length = Around * count / total.Gifts;
            // A gap of one unit keeps neighbours apart without colour.
            var drawn = count == total.Gifts ? length : Math.Max(length - 1.5, 0.8);
            html.Add($"""<circle class="arc {colour}" cx="100" cy="100" r="{Radius}" stroke-dasharray="{drawn} {Around - drawn}" stroke-dashoffset="{Around / 4 - from}"/>""");
            from += length;
        }
        html.Add($"""<text x="100" y="102" class="ring-number">{words.Format.Percent(total.Redeemed, total.Gifts)}</text><text x="100" y="124" class="ring-label">{words["Redeemed"]}</text></svg><figcaption><ul class="legend">""");
        foreach (var (name, count, colour) in parts)
            if (count > 0 || name == "StRedeemed") html.Add($"""<li><span class="dot {colour}" aria-hidden="true"></span><span>{words[name]}</span><b>{words.Format.Number(count)}</b></li>""");
        return html.AddRaw("</ul></figcaption></figure>");
    }

    private static (string Name, int Count, string Colour)[] Parts(FunnelFigures f)
    {
        var ended = f.Refunded + f.Expired + f.Failed;
        return
        [
            ("StRedeemed", f.Redeemed, "c-good"),
            ("StClicked", f.ClickedNotRedeemed, "c-blue"),
            ("StWaiting", f.SentNotClicked, "c-pale"),
            ("StProblem", f.SentWithProblem, "c-warn"),
            ("StUnsent", Math.Max(0, f.Open - f.ClickedNotRedeemed - f.SentNotClicked - f.SentWithProblem), "c-grey"),
            ("StEnded", ended, "c-end"),
        ];
    }
}

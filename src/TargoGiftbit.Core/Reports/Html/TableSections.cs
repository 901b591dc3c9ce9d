using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Reports.Html;

/// <summary>The charts that are tables: each bar stands in a cell beside its number.</summary>
internal static class TableSections
{
    private const int MostBrands = 12;
    private const int MostCreatives = 20;

    /// <summary>From order to redemption.</summary>
    public static HtmlText Funnel(FunnelFigures f, ReportWords words)
    {
        var format = words.Format;
        (string Name, int Count, string Colour, bool IsStep)[] steps =
        [
            ("Ordered", f.Ordered, "c-pale", true), ("Linked", f.Linked, "c-pale", true), ("Sent", f.Sent, "c-pale", true), ("Delivered", f.Delivered, "c-pale", true),
            ("Opened", f.Opened, "c-grey", false), ("Clicked", f.Clicked, "c-blue", true), ("Redeemed", f.Redeemed, "c-good", true),
        ];
        var html = new HtmlText().Add($"""<table><caption class="sr">{words["Funnel"]}</caption><thead><tr><th scope="col">{words["FunnelStep"]}</th><th class="wide" aria-hidden="true"></th><th scope="col" class="n">{words["Gifts"]}</th><th scope="col" class="n">{words["ShareOfAll"]}</th><th scope="col" class="n more">{words["FromStep"]}</th></tr></thead><tbody>""");
        int? before = null;
        foreach (var (name, count, colour, isStep) in steps)
        {
            // Opens are no step that a gift must take: tracking is off unless asked for.
            if (!isStep && count == 0) continue;
            html.Add($"""<tr><th scope="row">{words[name]}</th><td class="wide">{BarCell.Of(Share(count, f.Gifts), colour)}</td><td class="n">{format.Number(count)}</td><td class="n">{format.Percent(count, f.Gifts)}</td><td class="n more">{(isStep && before is { } was ? format.Percent(count, was) : "–")}</td></tr>""");
            if (isStep) before = count;
        }
        html.AddRaw("</tbody></table>");
        if (f is { Sent: > 0, Delivered: 0 }) html.Add($"""<p class="note">{words["FunnelNoDelivery"]}</p>""");
        if (f.OpenedWeakly > 0) html.Add($"""<p class="note">{words.Of("OpenedNote", f.OpenedWeakly)}</p>""");
        if (f.ScannedOnly > 0) html.Add($"""<p class="note">{words.Of("ScannedNote", f.ScannedOnly)}</p>""");
        return html;
    }

    /// <summary>What was redeemed where.</summary>
    public static HtmlText Brands(CampaignFigures figures, ReportWords words)
    {
        if (figures.ByBrand.Count == 0) return new HtmlText().Add($"""<p class="empty">{words["BrandsEmpty"]}</p>""");
        var total = figures.ByBrand.Sum(b => b.Redeemed);
        var most = figures.ByBrand.Max(b => b.Redeemed);
        var html = new HtmlText().Add($"""<table><caption class="sr">{words["Brands"]}</caption><thead><tr><th scope="col">{words["Brand"]}</th><th class="wide" aria-hidden="true"></th><th scope="col" class="n">{words["Gifts"]}</th><th scope="col" class="n">{words["Share"]}</th></tr></thead><tbody>""");
        foreach (var brand in figures.ByBrand.Take(MostBrands))
            Add(brand.Name ?? brand.Code ?? words["BrandUnknown"], brand.Redeemed);
        if (figures.ByBrand.Count > MostBrands) Add(words.Of("BrandOthers", figures.ByBrand.Count - MostBrands), figures.ByBrand.Skip(MostBrands).Sum(b => b.Redeemed));
        return html.AddRaw("</tbody></table>");

        void Add(string name, int count) => html.Add(
            $"""<tr><th scope="row">{name}</th><td class="wide">{BarCell.Of(Share(count, most), "c-good")}</td><td class="n">{words.Format.Number(count)}</td><td class="n">{words.Format.Percent(count, total)}</td></tr>""");
    }

    /// <summary>French beside English.</summary>
    public static HtmlText Languages(CampaignFigures figures, ReportWords words)
    {
        var html = new HtmlText().Add($"""<table><caption class="sr">{words["Languages"]}</caption><thead><tr><th scope="col">{words["Language"]}</th><th scope="col" class="n">{words["Gifts"]}</th><th scope="col">{words["RateClicked"]}</th><th scope="col">{words["RateRedeemed"]}</th></tr></thead><tbody>""");
        foreach (var (language, f) in figures.ByLanguage)
            html.Add($"""<tr><th scope="row">{words.NameOf(language)}</th><td class="n">{words.Format.Number(f.Gifts)}</td><td>{Rate(f.ClickRate, null, "c-blue", words)}</td><td>{Rate(f.RedemptionRate, null, "c-good", words)}</td></tr>""");
        return html.AddRaw("</tbody></table>");
    }

    /// <summary>Templates and subjects beside each other.</summary>
    public static HtmlText Creatives(CampaignFigures figures, ReportWords words)
    {
        if (figures.ByCreative.Count == 0) return new HtmlText().Add($"""<p class="empty">{words["CreativesEmpty"]}</p>""");
        var html = new HtmlText().Add($"""<table class="stacks creatives" role="table"><caption class="sr">{words["Creatives"]}</caption><thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">{words["Creative"]}</th><th scope="col" role="columnheader" class="n">{words["Sent"]}</th><th scope="col" role="columnheader">{words["RateClicked"]}</th><th scope="col" role="columnheader">{words["RateRedeemed"]}</th></tr></thead><tbody role="rowgroup">""");
        foreach (var c in figures.ByCreative.Take(MostCreatives))
        {
            var f = c.Funnel;
            var hash = c.TemplateHash.Length > 8 ? c.TemplateHash[..8] : c.TemplateHash;
            html.Add(
                $"""
                <tr role="row"><th scope="row" role="rowheader"><span class="subject" lang="{(c.Language == GiftLanguage.Fr ? "fr" : "en")}">{c.Subject}</span><span class="sub">{words.NameOf(c.Language)} · {words.Of("Template", hash)}</span></th><td role="cell" class="n" data-l="{words["Sent"]}">{words.Format.Number(f.Sent)}</td><td role="cell" data-l="{words["RateClicked"]}">{Rate(f.ClickRate, Wilson.Range(f.Clicked, Math.Max(f.Delivered, f.Clicked)), "c-blue", words)}</td><td role="cell" data-l="{words["RateRedeemed"]}">{Rate(f.RedemptionRate, Wilson.Range(f.Redeemed, Math.Max(f.Sent, f.Redeemed)), "c-good", words)}</td></tr>
                """);
        }
        html.AddRaw("</tbody></table>");
        if (figures.ByCreative.Count > MostCreatives) html.Add($"""<p class="note">{words.Of("CreativesMore", figures.ByCreative.Count - MostCreatives)}</p>""");
        return html.Add($"""<p class="note">{words["CreativesNote"]}</p>""");
    }

    private static HtmlText Rate(double? rate, (double Low, double High)? range, string colour, ReportWords words)
    {
        var html = new HtmlText().Add($"""<span class="rate">{words.Format.Percent(rate)}""");
        if (rate is not { } share) return html.AddRaw("</span>");
        if (range is not { } r) return html.Add($"</span>{BarCell.Of(share, colour)}");
        return html.Add($"""<span class="sr"> ({words.Of("Range", words.Format.Percent(r.Low), words.Format.Percent(r.High))})</span></span>{BarCell.WithRange(share, r, colour)}""");
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}

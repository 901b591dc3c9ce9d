using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Reports.Html;

/// <summary>What is read first: the headline, the state of the campaign, the four main figures, and what comes next.</summary>
internal static class ReportHead
{
    public static HtmlText Draw(CampaignFigures figures, ReportWords words)
    {
        var (campaign, f, format) = (figures.Campaign, figures.Total, words.Format);
        var html = new HtmlText().Add(
            $"""
            <header class="top"><div class="brandline"><span class="mark" aria-hidden="true"></span><b>TARGO</b><span>{words["Report"]}</span><span class="env{(campaign.Environment == GiftEnvironment.Production ? " real" : "")}">{words[campaign.Environment == GiftEnvironment.Production ? "Production" : "Sandbox"]}</span></div>
            <div class="hero"><div><p class="eyebrow">{figures.CampaignId}</p><h1>{Headline(f, words)}</h1>
            """);
        if (figures.Money.Ordered.Cents > 0) html.Add($"""<p class="lead">{words.Of("SubMoney", format.Money(figures.Money.Redeemed), format.Money(figures.Money.Ordered))}</p>""");
        if (campaign.Environment != GiftEnvironment.Production) html.Add($"""<p class="note">{words["SandboxNote"]}</p>""");
        html.Add($"""<dl class="facts">{Fact(words["FaceValue"], format.Money(campaign.Price))}{Fact(words["Expiry"], format.Date(campaign.Expiry))}{Fact(words["SendingCompleted"], At(campaign.SendingCompletedAt, "SendingOpen"))}{Fact(words["LastPoll"], At(campaign.LastPollAt, "Never"))}{Fact(words["NextPoll"], NextPoll(figures, words))}</dl>""");
        html.Add($"""<p class="stamp">{words.Of("Generated", format.Instant(figures.At))} ({words["Eastern"]})</p></div>""");
        if (f.Gifts > 0) html.Add($"{RingChart.Draw(figures, words)}");
        html.AddRaw("</div>");
        if (f.Gifts > 0) html.Add($"{Cards(figures, words)}");
        return html.AddRaw("</header>");

        string At(DateTimeOffset? instant, string none) => instant is { } t ? format.Instant(t) : words[none];
    }

    /// <summary>What is left to do, in the order in which to do it.</summary>
    public static HtmlText Next(CampaignFigures figures, ReportWords words)
    {
        var (campaign, f) = (figures.Campaign, figures.Total);
        var steps = new List<string>();
        if (f.Gifts == 0) steps.Add(words["NextOrder"]);
        var unsent = Math.Max(0, f.Linked - f.Sent - f.Refunded - f.Expired - figures.Problems.Where(p => p.Trouble is not (DeliveryTrouble.Spam or DeliveryTrouble.HardBounce or DeliveryTrouble.SoftBounce or DeliveryTrouble.Blocked)).Sum(p => p.Count));
        if (unsent > 0) steps.Add(words.Of("NextUnsent", unsent));
        var problems = figures.Problems.Where(p => p.Trouble is not (DeliveryTrouble.Suppressed or DeliveryTrouble.Spam)).Sum(p => p.Count);
        if (problems > 0) steps.Add(words.Of("NextFix", problems));
        var isOpen = PacificTime.EndOf(campaign.Expiry) > figures.At;
        if (isOpen && f.ClickedNotRedeemed + f.SentNotClicked > 0)
            steps.Add(words.Of("NextRemind", f.ClickedNotRedeemed, f.SentNotClicked, words.Format.Date(campaign.Expiry)));
        if (f.Gifts > 0 && campaign.NextPollAt is { } next)
            steps.Add(words.Of(next < figures.At ? "NextPollLate" : "NextPollLine", words.Format.Instant(next)));
        if (steps.Count == 0) return new HtmlText().Add($"""<p class="empty good">{words["NextNothing"]}</p>""");
        var html = new HtmlText().AddRaw("<ol class=\"steps\">");
        foreach (var step in steps) html.Add($"<li>{step}</li>");
        return html.AddRaw("</ol>");
    }

    /// <summary>How the figures came about.</summary>
    public static HtmlText How(ReportWords words) => new HtmlText().Add(
        $"<ul class=\"how\"><li>{words.Of("HowClick", (int)EngagementRules.ScanWindow.TotalSeconds)}</li><li>{words["HowDelivered"]}</li><li>{words["HowOpen"]}</li><li>{words["HowPrivate"]}</li></ul>");

    private static string Headline(FunnelFigures f, ReportWords words) => f switch
    {
        { Gifts: 0 } => words["HeadlineNone"],
        { Gifts: 1 } => words.Of("HeadlineOne", f.Gifts, f.Redeemed),
        { Redeemed: 1 } => words.Of("HeadlineFew", f.Gifts, f.Redeemed),
        // Zero is singular in French.
        { Redeemed: 0 } when words.Language == GiftLanguage.Fr => words.Of("HeadlineFew", f.Gifts, f.Redeemed),
        _ => words.Of("Headline", f.Gifts, f.Redeemed),
    };

    private static string NextPoll(CampaignFigures figures, ReportWords words) => figures.Campaign.NextPollAt switch
    {
        null => words[figures.Total.Open > 0 || figures.Total.Gifts == 0 ? "Never" : "NextPollNone"],
        { } next when next < figures.At => words.Of("NextPollDue", words.Format.Instant(next)),
        { } next => words.Format.Instant(next),
    };

    private static HtmlText Cards(CampaignFigures figures, ReportWords words)
    {
        var (f, format) = (figures.Total, words.Format);
        var opened = words.Of("OfDelivered", format.Percent(f.ClickRate));
        if (figures.MedianTimeToClick is { } median) opened += ", " + words.Of("MedianClick", format.Duration(median));
        return new HtmlText().Add(
            $"""<dl class="cards">{Card(words["Sent"], format.Number(f.Sent), words.Of("OfGifts", format.Percent(f.Sent, f.Gifts)))}{Card(words["Delivered"], format.Number(f.Delivered), words.Of("OfSent", format.Percent(f.Delivered, f.Sent)))}{Card(words["Clicked"], format.Number(f.Clicked), opened)}{Card(words["Redeemed"], format.Number(f.Redeemed), words.Of("OfSent", format.Percent(f.RedemptionRate)))}{Card(words["Outstanding"], format.Money(figures.Money.Outstanding), words["OutstandingNote"])}</dl>""");
    }

    private static HtmlText Fact(string name, string value) => new HtmlText().Add($"<div><dt>{name}</dt><dd>{value}</dd></div>");

    private static HtmlText Card(string name, string value, string note) => new HtmlText().Add($"<div><dt>{name}</dt><dd><b>{value}</b><span>{note}</span></dd></div>");
}

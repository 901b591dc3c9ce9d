using System.Globalization;
using TargoGiftbit.Simulator.Http;
using TargoGiftbit.Simulator.Mail;

namespace TargoGiftbit.Simulator.Web;

/// <summary>The frame round every page.</summary>
internal static class Page
{
    public const int RowsPerPage = 100;

    private static readonly (string Path, string Title)[] Sections =
        [("/", "Inbox"), ("/orders", "Orders"), ("/gifts", "Gifts"), ("/events", "Events"), ("/requests", "Requests"), ("/controls", "Controls")];

    public static Reply Show(SimulatorHost sim, string section, string title, Markup content)
    {
        var page = Html.Of($"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{title} – simulator</title><link rel="stylesheet" href="/style.css"><link rel="icon" href="data:,"></head><body>
            <header><span class="brand">TargoGiftbit simulator</span>
            <nav>{Html.Each(Sections, entry => Link(entry.Path, entry.Title, entry.Path == section))}</nav>
            <form method="post" action="/clock"><span title="Simulated time, UTC">{sim.Clock.Now} · ×{sim.Clock.Scale}</span>
            {Html.Each(["1h", "1d", "7d", "30d"], step => Html.Of($"<button name=\"advance\" value=\"{step}\">+{step}</button>"))}</form></header>
            <main><h1>{title}</h1>{content}</main></body></html>
            """);
        return Reply.Html(200, page.Text);
    }

    public static Markup Link(string path, string title, bool isHere) =>
        Html.Of($"<a href=\"{path}\"{new Markup(isHere ? " class=\"here\" aria-current=\"page\"" : "")}>{title}</a>");

    /// <summary>Steps to the neighbouring pages of a list.</summary>
    public static Markup Pager(ServiceRequest request, int total)
    {
        var from = Math.Max(0, request.QueryNumber("from") ?? 0);
        if (total <= RowsPerPage)
            return default;
        var search = request.Query("q") is { } words ? "&q=" + Uri.EscapeDataString(words) : "";
        Markup Step(string title, int to) => Html.Of($"<a class=\"button\" href=\"?from={to}{search}\">{title}</a>");
        return Html.Of($"""
            <div class="pager">{Html.When(from > 0, () => Step("‹ newer", Math.Max(0, from - RowsPerPage)))}
            <span class="muted">{from + 1}–{Math.Min(total, from + RowsPerPage)} of {total}</span>
            {Html.When(from + RowsPerPage < total, () => Step("older ›", from + RowsPerPage))}</div>
            """);
    }

    public static IEnumerable<T> Slice<T>(ServiceRequest request, IReadOnlyList<T> newestFirst) =>
        newestFirst.Skip(Math.Max(0, request.QueryNumber("from") ?? 0)).Take(RowsPerPage);

    public static string Money(long cents) => string.Create(CultureInfo.InvariantCulture, $"{cents / 100m:#,0.00} $");

    public static Markup Chip(string word) => Html.Of($"<span class=\"chip {Tone(word)}\">{word}</span>");

    public static Markup Chip(MessageState state) => Chip(state.ToString());

    public static Markup Figures(params (string Name, object Value)[] figures) =>
        Html.Of($"<div class=\"figures\">{Html.Each(figures, figure => Html.Of($"<div><b>{figure.Value}</b><span>{figure.Name}</span></div>"))}</div>");

    private static string Tone(string word) => word switch
    {
        "Sent" or "Opened" or "Clicked" or "REDEEMED" or "CAMPAIGN_CREATED" or "open" or "click" or "sent" or "200" => "good",
        "HardBounced" or "Blocked" or "Spam" or "bounce" or "blocked" or "spam" or "GIVER_CANCELLED" => "bad",
        "Deferred" or "SoftBounced" or "Unsub" or "unsub" or "EXPIRED" or "AWAITING_FUNDS" or "API_CREATING" => "warn",
        _ => "",
    };
}

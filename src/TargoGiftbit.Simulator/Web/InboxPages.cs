using System.Text;
using TargoGiftbit.Simulator.Engagement;
using TargoGiftbit.Simulator.Http;
using TargoGiftbit.Simulator.Mail;

namespace TargoGiftbit.Simulator.Web;

/// <summary>The mails: a list, each one rendered, its text, its source.</summary>
internal sealed class InboxPages(SimulatorHost sim)
{
    // A mail is a stranger's page: no scripts, no forms, nothing from outside but pictures (and its font).
    private const string MailPolicy =
        "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data: http: https:; style-src 'unsafe-inline'; font-src data: https:";

    private static readonly (string Action, string Title)[] Actions =
    [
        ("sent", "deliver"), ("open", "open"), ("open-gmail", "open (Gmail)"), ("open-apple", "open (Apple)"), ("click", "click the gift"),
        ("redeem", "redeem"), ("scan", "scanner burst"), ("bounce", "bounce"), ("greylist", "greylist"), ("blocked", "block"), ("spam", "spam"), ("unsub", "unsubscribe"),
    ];

    public Reply List(ServiceRequest request)
    {
        var words = request.Query("q");
        var all = sim.Inbox.Messages;
        var found = all.Reverse().Where(message => words is null || Matches(message, words)).ToArray();
        int In(params MessageState[] states) => all.Count(message => states.Contains(message.State));
        return Page.Show(sim, "/", "Inbox", Html.Of($"""
            {Page.Figures(
                ("messages", all.Count), ("waiting", In(MessageState.Queued, MessageState.Deferred)), ("opened", In(MessageState.Opened, MessageState.Clicked)),
                ("clicked", In(MessageState.Clicked)), ("failed", In(MessageState.HardBounced, MessageState.SoftBounced, MessageState.Blocked)),
                ("came twice", sim.Inbox.Duplicates.Count))}
            <form class="row" style="margin-bottom:12px"><input name="q" value="{words}" placeholder="address, subject, CustomID" size="30"><button>Search</button></form>
            <div class="scroll"><table class="stack"><thead><tr><th>Arrived</th><th>To</th><th>Subject</th><th>CustomID</th><th>By</th><th>State</th></tr></thead><tbody>
            {Html.Each(Page.Slice(request, found), Row)}
            {Html.When(found.Length == 0, () => Html.Of($"<tr><td colspan=\"6\" class=\"muted\">No mail.</td></tr>"))}
            </tbody></table></div>{Page.Pager(request, found.Length)}
            """));
    }

    public Reply Show(ServiceRequest request, InboxMessage message)
    {
        var view = request.Query("view") ?? "html";
        var gift = new GiftLinks(sim.Giftbit.Store).Find(message)?.Gift;
        return Page.Show(sim, "/", message.Subject, Html.Of($"""
            <div class="card"><dl class="facts">
            <dt>From</dt><dd>{message.SenderName} &lt;{message.Sender}&gt;</dd><dt>To</dt><dd>{message.RecipientName} &lt;{message.Recipient}&gt;</dd>
            <dt>Arrived</dt><dd>{message.AcceptedAt} UTC by {message.Transport}, {message.Size} bytes</dd>
            <dt>CustomID</dt><dd><code>{message.CustomId}</code></dd><dt>Payload</dt><dd><code>{message.EventPayload}</code></dd>
            <dt>Campaign</dt><dd>{message.Campaign}</dd><dt>State</dt><dd>{Page.Chip(message.State)}</dd>
            {Html.When(gift is not null, () => Html.Of($"<dt>Gift</dt><dd><a href=\"/g/{gift!.Code}\">{gift.Code}</a> {Page.Chip(GiftPages.Word(gift))}</dd>"))}
            {Html.Each(message.Events, happening => Html.Of($"<dt>{happening.Kind.ToString().ToLowerInvariant()}</dt><dd>{happening.At} {happening.Error} {happening.Url}</dd>"))}
            </dl>
            <form method="post" action="/mail/{message.Id}/do" class="row" style="margin-top:12px">
            {Html.Each(Actions, action => Html.Of($"<button name=\"action\" value=\"{action.Action}\">{action.Title}</button>"))}
            </form></div>
            <div class="tabs">{Html.Each(["html", "text", "source"], name => Page.Link($"?view={name}", name, name == view))}
            <a href="/mail/{message.Id}/eml">.eml</a></div>
            {Body(message, view)}
            """));
    }

    /// <summary>The HTML part alone, as the frame shows it.</summary>
    public Reply Render(InboxMessage message)
    {
        var html = new StringBuilder(message.Content?.Html ?? "<p>This mail has no HTML part.</p>");
        foreach (var part in message.Content?.Parts ?? [])
        {
            if (part.ContentId is not null)
                html.Replace("cid:" + part.ContentId, $"data:{part.ContentType};base64,{Convert.ToBase64String(part.Bytes)}");
        }

        // The outside host cannot be reached from here: the links lead to the simulator's own claim page.
        html.Replace(sim.Options.Giftbit.ShortlinkBase, new Uri(sim.Addresses.Web, "/g/").AbsoluteUri);
        var text = html.ToString();
        var head = text.IndexOf("<head>", StringComparison.OrdinalIgnoreCase);
        return Reply.Html(200, text.Insert(head < 0 ? 0 : head + "<head>".Length, "<base target=\"_blank\">")) with
        {
            Headers = [("Content-Security-Policy", MailPolicy)],
        };
    }

    public static Reply Download(InboxMessage message) => message.Content is null
        ? Reply.Text(404, "The content of this mail is no longer kept.")
        : new Reply(200, "message/rfc822", message.Content.ToEml(message)) { Headers = [("Content-Disposition", $"attachment; filename=\"{message.Id}.eml\"")] };

    private static Markup Body(InboxMessage message, string view) => view switch
    {
        "text" => Html.Of($"<div class=\"card\"><pre>{message.Content?.Text ?? "This mail has no text part."}</pre></div>"),
        "source" => Html.Of($"<div class=\"card\"><pre>{Encoding.UTF8.GetString(message.Content?.ToEml(message) ?? [])}</pre></div>"),
        _ => Html.Of($"<iframe title=\"Mail\" sandbox=\"allow-popups allow-popups-to-escape-sandbox\" src=\"/mail/{message.Id}/html\"></iframe>"),
    };

    private static Markup Row(InboxMessage message) => Html.Of($"""
        <tr><td class="t">{message.AcceptedAt}</td><td class="wide">{message.Recipient}</td><td class="wide"><a href="/mail/{message.Id}">{message.Subject}</a></td>
        <td><code>{message.CustomId}</code></td><td class="muted">{message.Transport}</td><td>{Page.Chip(message.State)}</td></tr>
        """);

    private static bool Matches(InboxMessage message, string words) =>
        message.Recipient.Contains(words, StringComparison.OrdinalIgnoreCase)
        || message.Subject.Contains(words, StringComparison.OrdinalIgnoreCase)
        || message.CustomId.Contains(words, StringComparison.OrdinalIgnoreCase);
}

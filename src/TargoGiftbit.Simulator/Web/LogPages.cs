using TargoGiftbit.Simulator.Http;

namespace TargoGiftbit.Simulator.Web;

/// <summary>What happened: events of mails, posts to the event address, requests; and the switches.</summary>
internal sealed class LogPages(SimulatorHost sim)
{
    public Reply Events(ServiceRequest request)
    {
        var posts = sim.Mailjet.Events.Posts;
        var found = sim.Inbox.Messages.SelectMany(message => message.Events.Select(happening => (Message: message, Event: happening)))
            .OrderByDescending(row => row.Event.At).ToArray();
        return Page.Show(sim, "/events", "Events", Html.Of($"""
            {Page.Figures(
                ("events", found.Length), ("posts to the event address", posts.Count), ("posts refused", posts.Count(post => post.Status != 200)), ("events waiting", sim.Mailjet.Events.Waiting))}
            <div class="scroll"><table class="stack"><thead><tr><th>Time</th><th>Event</th><th>Recipient</th><th>CustomID</th><th>Detail</th></tr></thead><tbody>
            {Html.Each(Page.Slice(request, found), row => Html.Of($"""
                <tr><td class="t">{row.Event.At}</td><td>{Page.Chip(row.Event.Kind.ToString().ToLowerInvariant())}</td><td class="wide"><a href="/mail/{row.Message.Id}">{row.Message.Recipient}</a></td>
                <td><code>{row.Message.CustomId}</code></td><td class="wide muted">{row.Event.Error} {row.Event.Url}</td></tr>
                """))}
            </tbody></table></div>{Page.Pager(request, found.Length)}
            """));
    }

    public Reply Requests(ServiceRequest request)
    {
        var words = request.Query("q");
        var found = sim.Requests.All.Reverse().Where(entry => words is null || entry.Route.StartsWith(words, StringComparison.OrdinalIgnoreCase)).ToArray();
        return Page.Show(sim, "/requests", "Requests", Html.Of($"""
            <form class="row" style="margin-bottom:12px"><input name="q" value="{words}" placeholder="route, e.g. giftbit.gifts" size="30"><button>Search</button></form>
            <div class="scroll"><table class="stack"><thead><tr><th>Time</th><th>Route</th><th>Request</th><th class="n">Bytes</th><th>Answer</th><th>Fault</th></tr></thead><tbody>
            {Html.Each(Page.Slice(request, found), entry => Html.Of($"""
                <tr><td class="t">{entry.At}</td><td>{entry.Route}</td><td class="wide"><code>{entry.Method} {Shorten(entry.Path + entry.QueryString)}</code></td>
                <td class="n" data-name="bytes">{entry.Body.Length}</td><td>{Html.When(entry.Status > 0, () => Page.Chip($"{entry.Status}"))}</td><td>{entry.Fault}</td></tr>
                """))}
            </tbody></table></div>{Page.Pager(request, found.Length)}
            """));
    }

    public Reply Controls() => Page.Show(sim, "/controls", "Controls", Html.Of($"""
        <div class="card row">
        <form method="post" action="/play"><label>Play recipients over <input name="over" value="0s" size="5"></label><label>seed <input name="seed" value="1" size="4"></label><button class="main">Play</button></form>
        <form method="post" action="/fault"><label>Fault <input name="fault" placeholder="giftbit.gifts=503*2" size="26"></label><button>Enter</button></form>
        <form method="post" action="/faults-clear"><button>No faults</button></form>
        <form method="post" action="/clock"><label>Clock scale <input name="scale" value="{sim.Clock.Scale}" size="7"></label><button>Set</button></form>
        </div>
        <h2>Switches</h2><div class="scroll"><table class="stack"><tbody>
        {Html.Each(new SwitchBoard(sim.Options).List(), entry => Html.Of($"""
            <tr><td class="wide"><code>{entry.Name}</code></td><td class="wide"><form method="post" action="/switch" class="row"><input type="hidden" name="name" value="{entry.Name}"><input name="value" value="{entry.Value}"><button>Set</button></form></td></tr>
            """))}
        </tbody></table></div>
        <h2>Addresses</h2><div class="card"><pre>{string.Join('\n', sim.Environment.Select(pair => $"{pair.Key}={pair.Value}"))}</pre></div>
        """));

    private static string Shorten(string text) => text.Length <= 120 ? text : text[..119] + "…";
}

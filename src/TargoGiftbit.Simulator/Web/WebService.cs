using Microsoft.AspNetCore.WebUtilities;
using TargoGiftbit.Simulator.Engagement;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Giftbit;
using TargoGiftbit.Simulator.Http;
using TargoGiftbit.Simulator.Mail;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Web;

/// <summary>The page for people, and below <c>/api</c> the same for scripts.</summary>
internal sealed class WebService(SimulatorHost sim) : SimulatedService
{
    private readonly InboxPages _inbox = new(sim);
    private readonly GiftPages _gifts = new(sim);
    private readonly LogPages _logs = new(sim);
    private readonly ControlApi _api = new(sim);

    public override string Name => "web";

    public override string RouteOf(string method, string path) => "web" + path.Replace('/', '.');

    public override async ValueTask<Reply> AnswerAsync(ServiceRequest request, CancellationToken cancel)
    {
        // Foreign pages must not steer the simulator through a visitor's browser.
        if (!IsLocal(request.Header("Host")) || (request.Header("Origin") is { } origin && !IsLocal(origin[(origin.LastIndexOf('/') + 1)..])))
            return Reply.Text(403, "This page answers on loopback names only.");
        try
        {
            if (request.Path.StartsWith("/api/", StringComparison.Ordinal))
                return await _api.AnswerAsync(request, cancel);
            return request.Method == "POST" ? Act(request) : Show(request);
        }
        catch (Exception wrong) when (wrong is FormatException or KeyNotFoundException or InvalidOperationException or OverflowException)
        {
            return Reply.Text(400, wrong.Message);
        }
    }

    private Reply Show(ServiceRequest request)
    {
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            [] => _inbox.List(request),
            ["style.css"] => Style(),
            ["mail", var id] => WithMail(id, message => _inbox.Show(request, message)),
            ["mail", var id, "html"] => WithMail(id, _inbox.Render),
            ["mail", var id, "eml"] => WithMail(id, InboxPages.Download),
            ["orders"] => _gifts.Orders(),
            ["gifts"] => _gifts.Gifts(request),
            ["g", var code] => WithGift(code, _gifts.Claim),
            ["events"] => _logs.Events(request),
            ["requests"] => _logs.Requests(request),
            ["controls"] => _logs.Controls(),
            _ => Reply.Text(404, "There is no such page."),
        };
    }

    private Reply Act(ServiceRequest request)
    {
        var form = QueryHelpers.ParseQuery(request.BodyText);
        string Field(string name) => form.TryGetValue(name, out var value) ? value.ToString() : "";
        switch (request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            case ["clock"]:
                if (Field("advance") is { Length: > 0 } step)
                    sim.Clock.Advance(Durations.Parse(step));
                if (Field("scale") is { Length: > 0 } scale)
                    sim.Clock.Scale = double.Parse(scale, System.Globalization.CultureInfo.InvariantCulture);
                break;
            case ["g", var code]:
                sim.Giftbit.Store.Redeem(code, Field("brand") is { Length: > 0 } brand ? brand : null);
                return Reply.Redirect($"/g/{code}");
            case ["mail", var id, "do"]:
                return WithMail(id, message =>
                {
                    sim.Recipients.Do(message, Field("action"));
                    return Reply.Redirect($"/mail/{id}");
                });
            case ["play"]:
                sim.Recipients.Play(new PlayPlan
                {
                    Over = Durations.Parse(Field("over")),
                    Seed = int.Parse(Field("seed"), System.Globalization.CultureInfo.InvariantCulture),
                });
                return Reply.Redirect("/");
            case ["fault"]: FaultKinds.Enter(sim.Faults, Field("fault")); break;
            case ["faults-clear"]: sim.Faults.Clear(); break;
            case ["switch"]: new SwitchBoard(sim.Options).Set(Field("name"), Field("value")); break;
            default: return Reply.Text(404, "There is nothing to do here.");
        }

        return Reply.Redirect(Back(request));
    }

    private Reply WithMail(string id, Func<InboxMessage, Reply> show) =>
        long.TryParse(id, out var number) && sim.Inbox.ById(number) is { } message ? show(message) : Reply.Text(404, "There is no such mail.");

    private Reply WithGift(string code, Func<SimulatedGift, Reply> show) =>
        sim.Giftbit.Store.FindGift(code) is { } gift ? show(gift) : Reply.Text(404, "There is no such gift.");

    /// <summary>The page that the form stood on; only its path, so that nobody is sent elsewhere.</summary>
    private static string Back(ServiceRequest request) =>
        Uri.TryCreate(request.Header("Referer"), UriKind.Absolute, out var from) ? from.PathAndQuery : "/";

    private static bool IsLocal(string? host) => (host ?? "").Split(':')[0] is "127.0.0.1" or "localhost";

    private static Reply Style()
    {
        using var stream = typeof(WebService).Assembly.GetManifestResourceStream("style.css")!;
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return new Reply(200, "text/css; charset=utf-8", buffer.ToArray());
    }
}

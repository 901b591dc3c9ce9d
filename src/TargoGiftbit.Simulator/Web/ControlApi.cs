using System.Globalization;
using System.Text.Json;
using TargoGiftbit.Simulator.Engagement;
using TargoGiftbit.Simulator.Faults;
using TargoGiftbit.Simulator.Http;
using TargoGiftbit.Simulator.Mail;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Web;

/// <summary>Steers a simulator from another process: JSON in, JSON out.</summary>
internal sealed class ControlApi(SimulatorHost sim)
{
    private readonly ControlJson _json = new(sim);

    public async ValueTask<Reply> AnswerAsync(ServiceRequest request, CancellationToken cancel)
    {
        JsonDocument? document;
        try
        {
            document = request.Body.Length == 0 ? null : JsonDocument.Parse(request.Body);
        }
        catch (JsonException)
        {
            throw new FormatException("The body is no JSON.");
        }

        using (document)
        {
            var path = request.Path["/api/".Length..];
            return request.Method == "GET" ? Get(request, path)
                : await PostAsync(request.Method, path, document?.RootElement ?? default, cancel);
        }
    }

    private Reply Get(ServiceRequest request, string path) => path switch
    {
        "state" => _json.State(),
        "switches" => _json.Switches(),
        "faults" => _json.Faults(),
        "orders" => _json.Orders(),
        "gifts" => _json.Gifts(request.Query("campaign")),
        "mail" => _json.Mails(request),
        "requests" => _json.Requests(request.Query("of"), request.QueryNumber("limit") ?? 1000),
        "events" => _json.EventPosts(),
        _ when path.StartsWith("mail/", StringComparison.Ordinal) => _json.Mail(FindMail(path["mail/".Length..])),
        _ => Reply.Text(404, "There is no such list."),
    };

    private async ValueTask<Reply> PostAsync(string method, string path, JsonElement body, CancellationToken cancel)
    {
        switch (method, path)
        {
            case ("POST", "clock"): SetClock(body); return _json.State();
            case ("POST", "switches"): SetSwitches(body); return _json.Switches();
            case ("POST", "faults"):
                foreach (var fault in body.GetProperty("faults").EnumerateArray())
                    FaultKinds.Enter(sim.Faults, fault.GetString()!);
                return _json.Faults();
            case ("DELETE", "faults"): sim.Faults.Clear(); return _json.Faults();
            case ("POST", "faults/release"): sim.Faults.Release(); return _json.Faults();
            case ("DELETE", "requests"): sim.Requests.Clear(); return _json.State();
            case ("POST", "do"): return Do(body);
            case ("POST", "play"): return ControlJson.Played(sim.Recipients.Play(ReadPlan(body)));
            case ("POST", "redeem"): return ControlJson.Done(sim.Giftbit.Store.Redeem(Text(body, "gift") ?? "", Text(body, "brand")));
            case ("POST", "funds"): sim.Giftbit.Store.AddFunds(Text(body, "currency") ?? "CAD", (long)Number(body, "cents", 0)); return _json.State();
            case ("POST", "flush"): return ControlJson.Done(await sim.Mailjet.Events.FlushAsync(cancel));
            case ("POST", "export"): return ControlJson.Count(EmlExport.Write(sim.Inbox, Text(body, "folder") ?? throw new FormatException("Which folder?")));
            default: return Reply.Text(404, "There is no such control.");
        }
    }

    private void SetClock(JsonElement body)
    {
        if (Text(body, "scale") is not null)
            sim.Clock.Scale = Number(body, "scale", 1);
        if (Text(body, "advance") is { } by)
            sim.Clock.Advance(Durations.Parse(by));
        if (Text(body, "to") is { } instant)
            sim.Clock.AdvanceTo(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal));
    }

    private void SetSwitches(JsonElement body)
    {
        var board = new SwitchBoard(sim.Options);
        foreach (var entry in body.EnumerateObject())
            board.Set(entry.Name, entry.Value.ToString());
    }

    private Reply Do(JsonElement body)
    {
        var message = FindMail(Text(body, "mail") ?? "");
        sim.Recipients.Do(message, Text(body, "action") ?? "", Text(body, "argument"));
        return _json.Mail(message);
    }

    /// <summary>A mail by MessageID or by CustomID: of several the last.</summary>
    private InboxMessage FindMail(string id) =>
        (long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? sim.Inbox.ById(number) : null)
        ?? (sim.Inbox.ByCustomId(id) is { Count: > 0 } same ? same[^1] : null)
        ?? throw new FormatException($"There is no mail '{id}'.");

    private static PlayPlan ReadPlan(JsonElement body)
    {
        var plan = new PlayPlan();
        return new PlayPlan
        {
            Seed = (int)Number(body, "seed", plan.Seed),
            Campaign = Text(body, "campaign"),
            Over = Text(body, "over") is { } over ? Durations.Parse(over) : plan.Over,
            Bounce = Number(body, "bounce", plan.Bounce),
            Blocked = Number(body, "blocked", plan.Blocked),
            Open = Number(body, "open", plan.Open),
            Click = Number(body, "click", plan.Click),
            Redeem = Number(body, "redeem", plan.Redeem),
            Scanner = Number(body, "scanner", plan.Scanner),
            Spam = Number(body, "spam", plan.Spam),
            Unsubscribe = Number(body, "unsubscribe", plan.Unsubscribe),
        };
    }

    private static string? Text(JsonElement body, string name) =>
        body.ValueKind == JsonValueKind.Object && body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.ToString() : null;

    private static double Number(JsonElement body, string name, double other) =>
        Text(body, name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : other;
}

using System.Text;
using TargoGiftbit.Simulator.Http;
using TargoGiftbit.Simulator.Mail;
using TargoGiftbit.Simulator.Mailjet.Events;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Mailjet;

/// <summary>Mailjet's Send API v3.1 and the parts of REST v3 that tell what became of a message (mailjet.md §2, §4).</summary>
public sealed class MailjetService : SimulatedService
{
    private readonly string _authorization;
    private readonly SendEndpoint _send;
    private readonly MessageEndpoint _messages;
    private readonly StatisticsEndpoints _statistics;

    internal MailjetService(SimulatorOptions options, SimulatorClock clock, Schedule schedule, MailDesk desk)
    {
        _authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.MailjetPublicKey}:{options.MailjetPrivateKey}"));
        _send = new SendEndpoint(options.Mailjet, desk, clock, options.KeptBodies > 0);
        _messages = new MessageEndpoint(options.Mailjet, desk.Inbox, clock);
        _statistics = new StatisticsEndpoints(desk.Inbox, clock);
        Events = new EventEmitter(options, clock, schedule, desk);
    }

    public override string Name => "mailjet";

    /// <summary>The events on their way to whoever asked for them.</summary>
    public EventEmitter Events { get; }

    /// <summary>How many messages came in sandbox mode: checked, not sent.</summary>
    public int Rehearsed => _send.Rehearsed;

    public override string RouteOf(string method, string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (method, parts) switch
        {
            ("POST", ["v3.1", "send"]) => "mailjet.send",
            ("GET", ["v3", "REST", "message", ..]) => "mailjet.message",
            (_, ["v3", "REST", var resource, ..]) => "mailjet." + resource.ToLowerInvariant(),
            _ => "mailjet.unknown",
        };
    }

    public override ValueTask<Reply> AnswerAsync(ServiceRequest request, CancellationToken cancel) => ValueTask.FromResult(Answer(request));

    public override Reply Failure(int status) => status >= 500 ? base.Failure(status) : RestEnvelope.Error(status, "A simulated failure.");

    private Reply Answer(ServiceRequest request)
    {
        if (request.Header("Authorization") != _authorization)
            return Unauthorized(request);
        if (request.Route == "mailjet.send")
            return Send(request);
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var id = parts.Length > 3 ? parts[3] : null;
        return (request.Route, id) switch
        {
            ("mailjet.message", null) => _messages.List(request),
            ("mailjet.message", _) => _messages.One(request, id),
            ("mailjet.messagehistory", not null) => _messages.History(request, id),
            ("mailjet.openinformation", _) => _statistics.Opens(request, id),
            ("mailjet.clickstatistics", _) => _statistics.Clicks(request, id),
            ("mailjet.bouncestatistics", _) => _statistics.Bounces(request, id),
            ("mailjet.statcounters", null) => _statistics.Counters(request),
            ("mailjet.eventcallbackurl", _) => Events.Callbacks.Answer(request, id),
            _ => RestEnvelope.Error(404, "Object not found"),
        };
    }

    private Reply Send(ServiceRequest request)
    {
        using var document = TryParse(request.Body);
        return document is null
            ? new SendError(400, "mj-0002", "Malformed JSON, please review the syntax and properties types.").ToReply()
            : _send.Send(document.RootElement);
    }

    private static Reply Unauthorized(ServiceRequest request) => request.Route == "mailjet.send"
        ? new SendError(401, "mj-0015", "API key authentication/authorization failure.").ToReply()
        : RestEnvelope.Error(401, "API key authentication/authorization failure. You may be unauthorized to access the API or your API key may be expired.");
}

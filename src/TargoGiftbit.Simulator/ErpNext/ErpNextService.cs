using System.Globalization;
using System.Text;
using TargoGiftbit.Simulator.Http;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.ErpNext;

/// <summary>An ERPNext site: its customers and contacts by the REST API v1 (erpnext.md).</summary>
public sealed class ErpNextService : SimulatedService
{
    private readonly SimulatorOptions _options;
    private readonly ErpNextSwitches _switches;
    private readonly ErpWindow _window;
    private readonly ErpWriter _writer;

    internal ErpNextService(SimulatorOptions options, SimulatorClock clock)
    {
        _options = options;
        _switches = options.ErpNext;
        Store = new ErpNextStore(_switches, clock);
        _window = new ErpWindow(_switches, clock);
        _writer = new ErpWriter(Store, _switches);
    }

    public override string Name => "erpnext";

    public ErpNextStore Store { get; }

    public override string RouteOf(string method, string path) => (method, path.Split('/', StringSplitOptions.RemoveEmptyEntries)) switch
    {
        ("GET" or "POST", ["api", "method", "ping"]) => "erpnext.ping",
        ("GET" or "POST", ["api", "method", "frappe.auth.get_logged_user"]) => "erpnext.user",
        ("GET", ["api", "resource", "Customer"]) => "erpnext.customers",
        ("GET", ["api", "resource", "Contact"]) => "erpnext.contacts",
        ("GET", ["api", "resource", "Customer", _]) => "erpnext.customer",
        ("GET", ["api", "resource", "Contact", _]) => "erpnext.contact",
        ("PUT", ["api", "resource", "Customer" or "Contact", _]) => "erpnext.update",
        ("POST", ["api", "resource", "Customer" or "Contact"]) => "erpnext.create",
        _ => "erpnext.unknown",
    };

    public override ValueTask<Reply> AnswerAsync(ServiceRequest request, CancellationToken cancel)
    {
        var line = $"{request.Method} {request.Target} HTTP/1.1";
        // The web server before Frappe.
        if (line.Length > _switches.RequestLine)
            return ValueTask.FromResult(Reply.Html(400, "<html><head><title>Bad Request</title></head><body><h1><p>Bad Request</p></h1>"
                + $"Request Line is too large ({line.Length.ToString(CultureInfo.InvariantCulture)} &gt; {_switches.RequestLine.ToString(CultureInfo.InvariantCulture)})</body></html>"));
        if (_switches.LoginPage)
            return ValueTask.FromResult(Reply.Html(200, "<!doctype html><html><head><title>Login</title></head><body><form></form></body></html>"));
        Reply reply;
        try
        {
            reply = _window.Refuse() ? Failure(429) : Answer(request);
        }
        catch (ErpRefusedException refusal)
        {
            reply = refusal.ToReply(request, _switches.Errors);
        }

        return ValueTask.FromResult(reply with { Headers = [.. reply.Headers, .. _window.Headers()] });
    }

    public override Reply Failure(int status) => status == 429
        ? Reply.Json(429, json => json.WriteString("exc_type", "TooManyRequestsError")) with { Headers = _window.RetryAfter() }
        : base.Failure(status);

    private Reply Answer(ServiceRequest request)
    {
        if (_switches.Maintenance)
            throw new ErpRefusedException(503, "SessionStopped", "Session stopped: the site is being updated");
        if (request.Route == "erpnext.ping")
            return Message("pong");
        Authenticate(request);
        if (request.Route == "erpnext.user")
            return Message("api@targo.example");
        // Names are one segment of the address as sent: a slash in a name comes as %2F.
        var parts = request.Target.Split('?')[0].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        if (parts is not ["api", "resource", ..])
            throw new ErpRefusedException(404, "DoesNotExistError", "Not found");
        var doctype = parts[2];
        if (doctype is not ("Customer" or "Contact") || (doctype == "Contact" && !_switches.ContactsReadable))
            throw ErpRefusedException.NotPermitted(doctype);
        return request.Route switch
        {
            "erpnext.customers" or "erpnext.contacts" => new ErpQuery(Store, _switches, request, doctype).Answer(),
            "erpnext.create" => _writer.Create(request, doctype),
            "erpnext.update" => _writer.Update(request, Find(doctype, parts[3])),
            _ => Store.Read(() => ErpJson.One(Find(doctype, parts[3]), _switches)),
        };
    }

    private ErpDocument Find(string doctype, string name) => Store.Find(doctype, name) ?? throw ErpRefusedException.Missing(doctype, name);

    private static Reply Message(string text) => Reply.Json(200, json => json.WriteString("message", text));

    private void Authenticate(ServiceRequest request)
    {
        var (scheme, pair) = (request.Header("Authorization") ?? "").Split(' ', 2) is [var word, var rest] ? (word.ToLowerInvariant(), rest) : ("", "");
        if (scheme.Length == 0)
            throw new ErpRefusedException(403, "PermissionError", "Login to access");
        if (scheme == "basic")
            pair = Decode(pair);
        if (pair != $"{_options.ErpNextKey}:{_options.ErpNextSecret}")
            throw new ErpRefusedException(401, "AuthenticationError", "Authentication failed");
    }

    private static string Decode(string text)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            throw new ErpRefusedException(400, "InvalidAuthorizationToken", "Failed to decode token");
        }
    }
}

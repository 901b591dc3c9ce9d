using System.Text.Json;
using TargoGiftbit.Simulator.Http;
using TargoGiftbit.Simulator.Mail;

namespace TargoGiftbit.Simulator.Mailjet.Events;

/// <summary>Which address gets which events: those registered over REST, else the one of the switch.</summary>
public sealed class CallbackBook(MailjetSwitches switches)
{
    private readonly Lock _gate = new();
    private readonly List<EventCallback> _entries = [];
    private readonly HashSet<string> _dead = [];
    private long _ids;

    public IReadOnlyList<EventCallback> Entries
    {
        get
        {
            lock (_gate)
                return [.. _entries];
        }
    }

    /// <summary>The address for events of a type, and whether it takes groups; none when nobody listens.</summary>
    internal (string Url, bool Grouped)? Find(MailEventKind type)
    {
        lock (_gate)
        {
            var found = _entries.Find(entry => entry.EventType == type && entry is { IsAlive: true, IsBackup: false })
                ?? _entries.Find(entry => entry.EventType == type && entry is { IsAlive: true, IsBackup: true });
            if (found is not null)
                return (found.Url, found.Version == 2);
            return switches.EventUrl is { Length: > 0 } url && !_dead.Contains(url) ? (url, switches.EventsGrouped) : null;
        }
    }

    /// <summary>An address that failed for a day is used no more (§3).</summary>
    internal void Suspend(string url)
    {
        lock (_gate)
        {
            _dead.Add(url);
            foreach (var entry in _entries.Where(entry => entry.Url == url))
                entry.IsAlive = false;
        }
    }

    internal Reply Answer(ServiceRequest request, string? id)
    {
        lock (_gate)
        {
            var entry = long.TryParse(id, out var number) ? _entries.Find(entry => entry.Id == number) : null;
            if (id is not null && entry is null)
                return RestEnvelope.Error(404, "Object not found");
            switch (request.Method)
            {
                case "GET":
                    return List(request, entry is null ? [.. _entries] : [entry]);
                case "DELETE" when entry is not null:
                    _entries.Remove(entry);
                    return new Reply(204, "application/json", default);
                case "POST" when entry is null:
                case "PUT" when entry is not null:
                    return Write(request, entry);
                default:
                    return RestEnvelope.Error(405, "Method not allowed");
            }
        }
    }

    private Reply Write(ServiceRequest request, EventCallback? entry)
    {
        try
        {
            using var document = JsonDocument.Parse(request.Body);
            var root = document.RootElement;
            string? Text(string name) => root.TryGetProperty(name, out var value) ? value.ToString() : null;
            if (entry is null)
            {
                if (!Enum.TryParse<MailEventKind>(Text("EventType"), ignoreCase: true, out var type) || Text("Url") is not { } url)
                    return RestEnvelope.Error(400, "EventType and Url are mandatory");
                var isBackup = Text("IsBackup") is "True" or "true" or "1";
                // One address per event type and key (§3).
                if (_entries.Exists(other => other.EventType == type && other.IsBackup == isBackup))
                    return RestEnvelope.Error(400, "A resource with the same event type already exists");
                entry = new EventCallback { Id = ++_ids, EventType = type, Url = url, IsBackup = isBackup };
                _entries.Add(entry);
            }

            entry.Url = Text("Url") ?? entry.Url;
            entry.Version = Text("Version") == "2" ? 2 : Text("Version") is null ? entry.Version : 1;
            // An update brings a dead address back.
            entry.IsAlive = Text("Status") != "dead";
            _dead.Remove(entry.Url);
            return List(request, [entry]);
        }
        catch (JsonException)
        {
            return RestEnvelope.Error(400, "Malformed JSON");
        }
    }

    private static Reply List(ServiceRequest request, IReadOnlyList<EventCallback> entries) =>
        RestEnvelope.Write(request, entries, (json, entry) =>
        {
            json.WriteNumber("APIKeyID", 1);
            json.WriteString("EventType", entry.EventType.ToString().ToLowerInvariant());
            json.WriteNumber("ID", entry.Id);
            json.WriteBoolean("IsBackup", entry.IsBackup);
            json.WriteString("Status", entry.IsAlive ? "alive" : "dead");
            json.WriteString("Url", entry.Url);
            json.WriteNumber("Version", entry.Version);
        });
}

using System.Globalization;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.ErpNext;

/// <summary>The site's documents. One lock; every method leaves a whole state behind.</summary>
public sealed class ErpNextStore
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.ffffff";

    private readonly Lock _gate = new();
    private readonly ErpNextSwitches _switches;
    private readonly SimulatorClock _clock;

    // By type, and in the order of names: as the database compares them, without regard to case.
    private readonly Dictionary<string, SortedDictionary<string, ErpDocument>> _documents = new(StringComparer.Ordinal)
    {
        ["Customer"] = new(StringComparer.OrdinalIgnoreCase),
        ["Contact"] = new(StringComparer.OrdinalIgnoreCase),
    };

    private DateTimeOffset _lastTime;

    internal ErpNextStore(ErpNextSwitches switches, SimulatorClock clock)
    {
        _switches = switches;
        _clock = clock;
        ErpNextSeed.Fill(this, switches);
    }

    public IReadOnlyList<ErpDocument> Customers => All("Customer");

    public IReadOnlyList<ErpDocument> Contacts => All("Contact");

    public ErpDocument? Customer(string name) => Find("Customer", name);

    public ErpDocument? Contact(string name) => Find("Contact", name);

    /// <summary>Adds a customer; what is not told is as for an active private customer.</summary>
    public ErpDocument AddCustomer(string name, string? customerName = null, params (string Field, object? Value)[] fields)
    {
        var document = new ErpDocument("Customer", name)
        {
            ["customer_name"] = customerName ?? name,
            ["customer_type"] = "Individual",
            ["customer_group"] = "Résidentiel",
            ["territory"] = "Montérégie",
            ["language"] = "fr",
            ["disabled"] = 0,
            ["is_frozen"] = 0,
        };
        return Add(document, fields);
    }

    /// <summary>Adds a contact with one primary address (or none), linked to customers.</summary>
    public ErpDocument AddContact(string name, string? email, IReadOnlyList<string> customers, params (string Field, object? Value)[] fields)
    {
        var document = new ErpDocument("Contact", name) { ["is_primary_contact"] = 0, ["unsubscribed"] = 0, ["status"] = "Passive", ["email_id"] = email };
        document.Children["email_ids"] = email is null ? [] : [new() { ["email_id"] = email, ["is_primary"] = 1 }];
        document.Children["links"] = [.. customers.Select(customer => new Dictionary<string, object?> { ["link_doctype"] = "Customer", ["link_name"] = customer })];
        return Add(document, fields);
    }

    /// <summary>Marks a document as saved by somebody else.</summary>
    public void Touch(ErpDocument document) => Read(() => document["modified"] = NextTime());

    internal T Read<T>(Func<T> step)
    {
        lock (_gate)
            return step();
    }

    internal ErpDocument Add(ErpDocument document, params ReadOnlySpan<(string Field, object? Value)> fields)
    {
        foreach (var (field, value) in fields)
            document[field] = value;
        lock (_gate)
        {
            document["creation"] ??= NextTime();
            document["modified"] = document["creation"];
            document["owner"] = document["modified_by"] = "Administrator";
            if (!_documents[document.Doctype].TryAdd(document.Name, document))
                throw new ErpRefusedException(409, "DuplicateEntryError", $"{document.Doctype} {document.Name} already exists");
        }

        return document;
    }

    internal ErpDocument? Find(string doctype, string name) => Read(() => _documents[doctype].GetValueOrDefault(name));

    internal IReadOnlyList<ErpDocument> All(string doctype) => Read(() => _documents[doctype].Values.ToArray());

    /// <summary>The present time as the site writes it: in its own zone, without telling, never twice the same.</summary>
    internal string NextTime()
    {
        var now = _clock.Now;
        _lastTime = now > _lastTime ? now : _lastTime.AddMicroseconds(1);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(_switches.TimeZone);
        return TimeZoneInfo.ConvertTime(_lastTime, zone).ToString(TimeFormat, CultureInfo.InvariantCulture);
    }
}

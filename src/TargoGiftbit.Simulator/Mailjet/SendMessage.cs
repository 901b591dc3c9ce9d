using System.Text.Json;

namespace TargoGiftbit.Simulator.Mailjet;

/// <summary>An address of a message.</summary>
internal readonly record struct MailboxName(string Email, string Name);

/// <summary>One entry of <c>Messages</c>, with <c>Globals</c> laid under it.</summary>
internal sealed class SendMessage
{
    // Each check asks by name, and most ask for what is not there: a search through the document every time
    // would cost more than all the rest of a send call.
    private readonly Dictionary<string, JsonElement> _properties = new(16);

    public SendMessage(JsonElement own, JsonElement globals)
    {
        Own = own;
        Globals = globals;
        Add(globals);
        Add(own);
    }

    public JsonElement Own { get; }

    public JsonElement Globals { get; }

    /// <summary>A property that is there and not null.</summary>
    public bool TryGet(string name, out JsonElement value) => _properties.TryGetValue(name, out value);

    public string Text(string name) => TryGet(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    public bool IsTrue(string name) => TryGet(name, out var value) && value.ValueKind == JsonValueKind.True;

    public MailboxName Mailbox(string name) => TryGet(name, out var value) ? Read(value) : new MailboxName("", "");

    public List<MailboxName> Mailboxes(string name)
    {
        if (!TryGet(name, out var list) || list.ValueKind != JsonValueKind.Array)
            return [];
        var found = new List<MailboxName>(list.GetArrayLength());
        foreach (var element in list.EnumerateArray())
            found.Add(Read(element));
        return found;
    }

    private void Add(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return;
        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.Null)
                _properties[property.Name] = property.Value;
        }
    }

    private static MailboxName Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return new MailboxName("", "");
        var email = element.TryGetProperty("Email", out var address) && address.ValueKind == JsonValueKind.String ? address.GetString()! : "";
        var name = element.TryGetProperty("Name", out var words) && words.ValueKind == JsonValueKind.String ? words.GetString()! : "";
        return new MailboxName(email, name);
    }
}

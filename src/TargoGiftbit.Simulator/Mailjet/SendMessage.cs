using System.Text.Json;

namespace TargoGiftbit.Simulator.Mailjet;

/// <summary>An address of a message.</summary>
internal readonly record struct MailboxName(string Email, string Name);

/// <summary>One entry of <c>Messages</c>, with <c>Globals</c> laid under it.</summary>
internal readonly struct SendMessage(JsonElement own, JsonElement globals)
{
    public JsonElement Own { get; } = own;

    public JsonElement Globals { get; } = globals;

    /// <summary>A property that is there and not null.</summary>
    public bool TryGet(string name, out JsonElement value)
    {
        if (Own.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null)
            return true;
        return Globals.ValueKind == JsonValueKind.Object && Globals.TryGetProperty(name, out value) && value.ValueKind != JsonValueKind.Null;
    }

    public string Text(string name) => TryGet(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    public bool IsTrue(string name) => TryGet(name, out var value) && value.ValueKind == JsonValueKind.True;

    public MailboxName Mailbox(string name) => TryGet(name, out var value) ? Read(value) : default;

    public List<MailboxName> Mailboxes(string name)
    {
        if (!TryGet(name, out var list) || list.ValueKind != JsonValueKind.Array)
            return [];
        var found = new List<MailboxName>(list.GetArrayLength());
        foreach (var element in list.EnumerateArray())
            found.Add(Read(element));
        return found;
    }

    private static MailboxName Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return default;
        var email = element.TryGetProperty("Email", out var address) && address.ValueKind == JsonValueKind.String ? address.GetString()! : "";
        var name = element.TryGetProperty("Name", out var words) && words.ValueKind == JsonValueKind.String ? words.GetString()! : "";
        return new MailboxName(email, name);
    }
}

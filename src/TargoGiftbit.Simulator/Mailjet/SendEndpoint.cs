using System.Runtime.InteropServices;
using System.Text.Json;
using TargoGiftbit.Simulator.Http;
using TargoGiftbit.Simulator.Mail;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Mailjet;

/// <summary><c>POST /v3.1/send</c> (mailjet.md §2).</summary>
internal sealed class SendEndpoint(MailjetSwitches switches, MailDesk desk, SimulatorClock clock, bool keepBodies)
{
    private readonly MessageChecker _checker = new(switches);

    /// <summary>Messages that were only checked, in sandbox mode.</summary>
    public int Rehearsed { get; private set; }

    public Reply Send(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object)
            return SendError.WrongType("").ToReply();
        if (!root.TryGetProperty("Messages", out var list) || list.ValueKind == JsonValueKind.Null)
            return SendError.Missing("Messages").ToReply();
        if (list.ValueKind != JsonValueKind.Array)
            return SendError.WrongType("Messages").ToReply();
        var count = list.GetArrayLength();
        if (count == 0)
            return new SendError(400, "mj-0007", "Array Messages is empty.", "Messages").ToReply();
        if (count > switches.MaxBatch)
            return new SendError(400, "mj-0008", $"Array Messages is longer than {switches.MaxBatch}.", "Messages").ToReply();

        root.TryGetProperty("Globals", out var globals);
        var sandbox = root.TryGetProperty("SandboxMode", out var mode) && mode.ValueKind == JsonValueKind.True;
        var results = new List<Result>(count);
        foreach (var element in list.EnumerateArray())
            results.Add(Judge(element, globals));
        // Fifty is counted over messages and recipients (§2, an employee's word).
        if (results.Sum(result => result.Recipients) > switches.MaxBatch)
            return new SendError(400, "send-0015", $"More than {switches.MaxBatch} recipients in one call.", "Messages").ToReply();

        // Not atomic: the good ones go although others fail.
        foreach (var result in results.Where(result => result.Errors.Count == 0))
            Take(result, sandbox);
        Hand([.. results.Where(result => result.Accepted.Count > 0 && !sandbox)]);
        return Answer(results, sandbox);
    }

    private Result Judge(JsonElement element, JsonElement globals)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return new Result(new SendMessage(default, default), [SendError.WrongType("Messages")]);
        var message = new SendMessage(element, globals);
        var errors = _checker.Check(message);
        var result = new Result(message, errors);
        if (errors.Count > 0)
            return result;
        result.To = message.Mailboxes("To");
        result.Cc = message.Mailboxes("Cc");
        result.Bcc = message.Mailboxes("Bcc");
        return result;
    }

    private void Take(Result result, bool sandbox)
    {
        if (sandbox)
        {
            Rehearsed += result.Recipients;
            return;
        }

        var message = result.Message;
        var raw = JsonMarshal.GetRawUtf8Value(message.Own);
        var content = keepBodies
            ? new ApiContent(raw.ToArray(), message.Globals.ValueKind == JsonValueKind.Object ? JsonMarshal.GetRawUtf8Value(message.Globals).ToArray() : null)
            : null;
        var from = message.Mailbox("From");
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var mailbox in result.To.Concat(result.Cc).Concat(result.Bcc))
        {
            // Duplicates across the three lists count once (§2).
            if (!seen.Add(mailbox.Email))
                continue;
            result.Accepted.Add(new InboxMessage
            {
                Id = desk.Inbox.NextId(),
                Uuid = Guid.NewGuid(),
                Transport = "api",
                Recipient = mailbox.Email,
                RecipientName = mailbox.Name,
                Sender = from.Email,
                SenderName = from.Name,
                Subject = message.Text("Subject"),
                CustomId = message.Text("CustomID"),
                EventPayload = message.Text("EventPayload"),
                Campaign = message.Text("CustomCampaign"),
                TrackOpens = message.Text("TrackOpens") != "disabled",
                TrackClicks = message.Text("TrackClicks") != "disabled",
                AcceptedAt = clock.Now,
                Size = raw.Length,
                Content = content,
            });
        }
    }

    private void Hand(List<Result> results)
    {
        foreach (var group in results.GroupBy(result => result.Message.IsTrue("DeduplicateCampaign")))
            desk.Accept([.. group.SelectMany(result => result.Accepted)], deduplicate: group.Key);
    }

    private Reply Answer(List<Result> results, bool sandbox)
    {
        var failed = results.Where(result => result.Errors.Count > 0).ToArray();
        var status = failed.Length == 0 ? 200
            : failed.Length < results.Count ? switches.MixedBatchStatus
            : failed.Select(result => result.Errors[0].StatusCode).Distinct().Count() == 1 ? failed[0].Errors[0].StatusCode
            : 400;
        return Reply.Json(status, json =>
        {
            json.WriteStartArray("Messages"u8);
            foreach (var result in results)
            {
                json.WriteStartObject();
                if (result.Errors.Count > 0)
                    WriteErrors(json, result);
                else
                    WriteSuccess(json, result, sandbox);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static void WriteErrors(Utf8JsonWriter json, Result result)
    {
        json.WriteString("Status"u8, "error"u8);
        json.WriteStartArray("Errors"u8);
        foreach (var error in result.Errors)
            error.Write(json);
        json.WriteEndArray();
    }

    private static void WriteSuccess(Utf8JsonWriter json, Result result, bool sandbox)
    {
        json.WriteString("Status"u8, "success"u8);
        json.WriteString("CustomID"u8, result.Message.Text("CustomID"));
        WriteRecipients(json, "To", result.To, result, sandbox);
        WriteRecipients(json, "Cc", result.Cc, result, sandbox);
        WriteRecipients(json, "Bcc", result.Bcc, result, sandbox);
    }

    private static void WriteRecipients(Utf8JsonWriter json, string name, List<MailboxName> mailboxes, Result result, bool sandbox)
    {
        json.WriteStartArray(name);
        foreach (var mailbox in mailboxes)
        {
            var accepted = result.Accepted.Find(message => message.Recipient.Equals(mailbox.Email, StringComparison.OrdinalIgnoreCase));
            json.WriteStartObject();
            json.WriteString("Email"u8, mailbox.Email);
            // Sandbox mode: the usual shape, with an empty UUID and id 0 (§2).
            json.WriteString("MessageUUID"u8, sandbox ? "" : accepted!.Uuid.ToString());
            json.WriteNumber("MessageID"u8, sandbox ? 0 : accepted!.Id);
            json.WriteString("MessageHref"u8, $"https://api.mailjet.com/v3/REST/message/{(sandbox ? 0 : accepted!.Id)}");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private sealed record Result(SendMessage Message, List<SendError> Errors)
    {
        public List<MailboxName> To { get; set; } = [];

        public List<MailboxName> Cc { get; set; } = [];

        public List<MailboxName> Bcc { get; set; } = [];

        public List<InboxMessage> Accepted { get; } = [];

        public int Recipients => To.Count + Cc.Count + Bcc.Count;
    }
}

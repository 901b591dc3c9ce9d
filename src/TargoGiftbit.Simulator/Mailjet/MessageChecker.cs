using System.Text.Json;
using TargoGiftbit.Simulator.Mail;

namespace TargoGiftbit.Simulator.Mailjet;

/// <summary>Checks one message of a send call; the errors are those of mailjet.md §2.</summary>
internal sealed class MessageChecker(MailjetSwitches switches)
{
    private const long MaxAttachmentBytes = 15 * 1024 * 1024;
    private static readonly string[] TrackValues = ["account_default", "disabled", "enabled"];
    private static readonly string[] TextProperties =
        ["Subject", "TextPart", "HTMLPart", "CustomID", "EventPayload", "CustomCampaign", "URLTags", "MonitoringCategory"];

    // mailjet.md §2, "Forbidden in Headers".
    private static readonly HashSet<string> ForbiddenHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "Sender", "Subject", "To", "Cc", "Bcc", "Return-Path", "Delivered-To", "DKIM-Signature", "DomainKey-Status",
        "Received-SPF", "Authentication-Results", "Received", "Date", "Message-Id", "List-Id", "User-Agent", "X-Mailer",
        "X-Feedback-Id", "X-CSA-Complaints", "X-Mailjet-Prio", "X-Mailjet-Debug", "X-Mailjet-Segmentation", "X-Mailjet-Campaign",
        "X-Mailjet-TrackOpen", "X-Mailjet-TrackClick", "X-MJ-CustomID", "X-MJ-EventPayload", "X-MJ-Vars", "X-MJ-TemplateID",
        "X-MJ-TemplateLanguage", "X-MJ-TemplateErrorDeliver", "X-MJ-TemplateErrorReporting", "X-MJ-WorkflowID", "X-MJ-MID",
        "X-MJ-ErrorMessage", "X-MJ-StatisticsContactsListID",
    };

    public List<SendError> Check(SendMessage message)
    {
        var errors = new List<SendError>();
        foreach (var name in TextProperties)
        {
            if (message.TryGet(name, out var value) && value.ValueKind != JsonValueKind.String)
                errors.Add(SendError.WrongType(name));
        }

        if (errors.Count > 0)
            return errors;
        CheckSender(message, errors);
        CheckRecipients(message, errors);
        CheckContent(message, errors);
        CheckOptions(message, errors);
        CheckHeaders(message, errors);
        CheckAttachments(message, errors);
        return errors;
    }

    private void CheckSender(SendMessage message, List<SendError> errors)
    {
        if (message.TryGet("Sender", out _))
            errors.Add(new SendError(403, "send-0006", "The Sender property is not permitted for this account.", "Sender"));
        if (!message.TryGet("From", out var from))
        {
            errors.Add(SendError.Missing("From"));
            return;
        }

        if (from.ValueKind != JsonValueKind.Object)
        {
            errors.Add(SendError.WrongType("From"));
            return;
        }

        var email = message.Mailbox("From").Email;
        if (!CheckAddress(email, "From.Email", errors) || switches.SenderCheck == SenderCheck.Late
            || MailAddresses.IsListed(switches.ValidatedSenders, email, emptyMeansAll: true))
            return;
        errors.Add(new SendError(403, "send-0008", $"\"{email}\" is not an authorized sender email address for your account.", "From"));
    }

    private void CheckRecipients(SendMessage message, List<SendError> errors)
    {
        if (!message.TryGet("To", out _))
        {
            errors.Add(SendError.Missing("To"));
            return;
        }

        var distinct = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var property in (string[])["To", "Cc", "Bcc"])
        {
            if (!message.TryGet(property, out var list))
                continue;
            if (list.ValueKind != JsonValueKind.Array)
            {
                errors.Add(SendError.WrongType(property));
                continue;
            }

            if (list.GetArrayLength() == 0)
                errors.Add(new SendError(400, "mj-0007", $"Array {property} is empty.", property));
            var at = 0;
            foreach (var mailbox in message.Mailboxes(property))
            {
                var related = $"{property}[{at++}].Email";
                if (!CheckAddress(mailbox.Email, related, errors))
                    continue;
                distinct.Add(mailbox.Email);
                if (MailAddresses.IsListed(switches.RefusedRecipients, mailbox.Email))
                    errors.Add(SendError.BadAddress(related, mailbox.Email));
            }
        }

        if (distinct.Count > switches.MaxBatch)
            errors.Add(new SendError(400, "send-0015", "Too many recipients.", "To"));
        if (message.TryGet("ReplyTo", out var replyTo) && replyTo.ValueKind == JsonValueKind.Object)
            CheckAddress(message.Mailbox("ReplyTo").Email, "ReplyTo.Email", errors);
    }

    private static void CheckContent(SendMessage message, List<SendError> errors)
    {
        var hasTemplate = message.TryGet("TemplateID", out _);
        var hasHtml = message.TryGet("HTMLPart", out var html);
        var hasText = message.TryGet("TextPart", out var text);
        if (!hasHtml && !hasText && !hasTemplate)
            errors.Add(new SendError(400, "send-0003", "At least \"HTMLPart\", \"TextPart\" or \"TemplateID\" must be provided.", "HTMLPart", "TemplateID", "TextPart"));
        if (hasHtml && hasTemplate)
            errors.Add(new SendError(400, "send-0004", "\"HTMLPart\" cannot be given with a template that has one.", "HTMLPart", "TemplateID"));
        else if (hasTemplate)
            errors.Add(new SendError(400, "send-0010", "The template is not usable by this API key.", "TemplateID"));
        if ((hasHtml && html.ValueEquals("")) || (hasText && text.ValueEquals("")))
            errors.Add(new SendError(400, "mj-0012", "The string is empty.", hasHtml ? "HTMLPart" : "TextPart"));
        if (message.TryGet("Subject", out var subject) && subject.GetString()!.Length > 255)
            errors.Add(SendError.TooLong("Subject"));
        if (message.TryGet("URLTags", out var tags) && tags.GetString()!.Length > 256)
            errors.Add(SendError.TooLong("URLTags"));
    }

    private static void CheckOptions(SendMessage message, List<SendError> errors)
    {
        foreach (var name in (string[])["TrackOpens", "TrackClicks"])
        {
            if (message.TryGet(name, out var value) && !TrackValues.Contains(value.ToString()))
                errors.Add(SendError.NotAllowed(name));
        }

        if (message.TryGet("Priority", out var priority))
        {
            if (priority.ValueKind != JsonValueKind.Number)
                errors.Add(SendError.WrongType("Priority"));
            else if (!priority.TryGetInt32(out var level) || level is < 0 or > 3)
                errors.Add(SendError.NotAllowed("Priority"));
        }

        if (message.IsTrue("DeduplicateCampaign") && message.Text("CustomCampaign").Length == 0)
            errors.Add(new SendError(400, "send-0012", "\"DeduplicateCampaign\" needs \"CustomCampaign\".", "CustomCampaign", "DeduplicateCampaign"));
        if (message.TryGet("MonitoringCategory", out _))
            errors.Add(new SendError(400, "send-0013", "Unknown monitoring category.", "MonitoringCategory"));
        if (!message.IsTrue("TemplateLanguage") && (message.TryGet("TemplateErrorReporting", out _) || message.TryGet("TemplateErrorDeliver", out _)))
            errors.Add(new SendError(400, "send-0016", "Template error options need \"TemplateLanguage\".", "TemplateLanguage"));
    }

    private static void CheckHeaders(SendMessage message, List<SendError> errors)
    {
        if (!message.TryGet("Headers", out var headers))
            return;
        if (headers.ValueKind != JsonValueKind.Object)
        {
            errors.Add(SendError.WrongType("Headers"));
            return;
        }

        foreach (var header in headers.EnumerateObject())
        {
            if (ForbiddenHeaders.Contains(header.Name))
                errors.Add(new SendError(400, "send-0011", $"Header \"{header.Name}\" is forbidden.", $"Headers[{header.Name}]"));
        }
    }

    private static void CheckAttachments(SendMessage message, List<SendError> errors)
    {
        long bytes = 0;
        foreach (var property in (string[])["Attachments", "InlinedAttachments"])
        {
            if (!message.TryGet(property, out var list))
                continue;
            if (list.ValueKind != JsonValueKind.Array)
            {
                errors.Add(SendError.WrongType(property));
                continue;
            }

            var at = 0;
            foreach (var file in list.EnumerateArray())
            {
                if (file.ValueKind != JsonValueKind.Object)
                {
                    errors.Add(SendError.WrongType($"{property}[{at++}]"));
                    continue;
                }

                foreach (var field in (string[])["ContentType", "Filename", "Base64Content"])
                {
                    if (!file.TryGetProperty(field, out _))
                        errors.Add(SendError.Missing($"{property}[{at}].{field}"));
                }

                if (file.TryGetProperty("Base64Content", out var content))
                    bytes += System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(content).Length * 3L / 4;
                at++;
            }
        }

        if (bytes > MaxAttachmentBytes)
            errors.Add(new SendError(400, "mj-0011", "The attachments are larger than 15 MB.", "Attachments", "InlinedAttachments"));
    }

    private static bool CheckAddress(string email, string related, List<SendError> errors)
    {
        if (email.Length == 0)
            errors.Add(new SendError(400, "mj-0012", "The string is empty.", related));
        else if (!MailAddresses.IsValid(email))
            errors.Add(SendError.BadAddress(related, email));
        else
            return true;
        return false;
    }
}

using TargoGiftbit.Simulator.Mail;

namespace TargoGiftbit.Simulator.Smtp;

/// <summary>Turns what came after DATA into messages of the common inbox, reading Mailjet's own headers (mailjet.md §1).</summary>
internal static class SmtpIntake
{
    public static void Take(SmtpSetup setup, string sender, IReadOnlyList<string> recipients, byte[] data)
    {
        var (headers, _) = MimeReader.ReadHeaders(data);
        string Header(string name) => headers.GetValueOrDefault(name, "");
        var from = Header("From");
        var content = setup.Options.KeptBodies > 0 ? new MimeContent(data) : null;
        var messages = recipients.Distinct(StringComparer.OrdinalIgnoreCase).Select(recipient => new InboxMessage
        {
            Id = setup.Desk.Inbox.NextId(),
            Uuid = Guid.NewGuid(),
            Transport = "smtp",
            Recipient = recipient,
            RecipientName = NameOf(Header("To")),
            Sender = MailAddresses.Bare(from) is { Length: > 0 } address ? address : sender,
            SenderName = NameOf(from),
            Subject = MimeReader.DecodeWords(Header("Subject")),
            CustomId = Header("X-MJ-CustomID"),
            EventPayload = Header("X-MJ-EventPayload"),
            Campaign = Header("X-Mailjet-Campaign"),
            TrackOpens = Header("X-Mailjet-TrackOpen") != "0",
            TrackClicks = Header("X-Mailjet-TrackClick") != "0",
            AcceptedAt = setup.Clock.Now,
            Size = data.Length,
            Content = content,
        }).ToArray();
        var deduplicate = Header("X-Mailjet-DeduplicateCampaign").ToLowerInvariant() is "true" or "yes" or "y" or "1";
        setup.Desk.Accept(messages, deduplicate && Header("X-Mailjet-Campaign").Length > 0);
    }

    private static string NameOf(string mailbox)
    {
        var open = mailbox.LastIndexOf('<');
        return open <= 0 ? "" : MimeReader.DecodeWords(mailbox[..open].Trim().Trim('"'));
    }
}

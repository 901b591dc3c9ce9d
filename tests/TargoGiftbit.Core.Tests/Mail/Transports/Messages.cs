using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Core.Tests.Mail.Transports;

/// <summary>Messages for the tests of the transports.</summary>
internal static class Messages
{
    public static readonly byte[] Png = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");

    public static RenderedMessage One(
        int row = 1,
        string? to = null,
        string? toName = "Élodie Côté",
        string? fromName = "TARGO",
        string from = "noreply@targo.ca",
        string? replyTo = "support@targo.ca",
        string subject = "🎁 Un cadeau pour toi, de la part de TARGO",
        string html = "<html lang=\"fr\"><body><p>Merci d’être là, Élodie.</p><a href=\"https://gtbt.co/aB3dE5fG7hJ\">Ouvrir</a></body></html>",
        string text = "Merci d’être là, Élodie.\n\nhttps://gtbt.co/aB3dE5fG7hJ\n",
        string? customId = null,
        string? attempt = null,
        string campaign = "targo-2026-q2-loyalty",
        IReadOnlyList<InlineImage>? images = null,
        IReadOnlyList<KeyValuePair<string, string>>? headers = null) => new()
        {
            From = new MailAddress(from, fromName),
            To = new MailAddress(to ?? $"client{row}@example.com", toName),
            ReplyTo = replyTo is null ? null : new MailAddress(replyTo),
            Subject = subject,
            HtmlBody = html,
            TextBody = text,
            Language = "fr-CA",
            CustomId = customId ?? $"targo-2026-q2-loyalty:{row}",
            AttemptId = attempt ?? $"01JD{row:D8}",
            Campaign = campaign,
            Images = images ?? [],
            Headers = headers ??
            [
                new("List-Unsubscribe", "<mailto:unsubscribe@targo.ca?subject=unsubscribe>, <https://cadeau.targo.ca/u/abcdefghijklmnopqrstuvwxyz0123456789>"),
                new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"),
            ],
        };

    public static InlineImage Logo(string contentId = "brand-1", string fileName = "tim hortons.png") => new(contentId, "image/png", fileName, Png);

    public static IReadOnlyList<RenderedMessage> Batch(int count) => [.. Enumerable.Range(1, count).Select(row => One(row))];
}

using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Tests.Mail;
using TargoGiftbit.Core.Tests.Mail.Transports;

namespace TargoGiftbit.Core.Tests.Peers;

/// <summary>Messages in which everything is that goes wrong with mail.</summary>
internal static class HardMail
{
    /// <summary>All of them, to client1, client2 … of example.com.</summary>
    public static IReadOnlyList<RenderedMessage> All()
    {
        var shipped = MailSamples.Messages(
            new GiftMailRenderer(TemplateSet.BuiltIn, MailFixture.SenderWithPage), MailSamples.Campaign, MailSamples.Brands, new MailAddress("client8@example.com", "Renée"), MailPurpose.Gift);
        return
        [
            Messages.One(1),
            Messages.One(2, subject: "🎁 " + string.Join(' ', Enumerable.Repeat("Été à l’Île-aux-Grues — naïveté, cœur & œuvre", 4)) + " 🎉"),
            Messages.One(3, toName: "O'Brien, \"Zoé\" <Montréal> (Côté); 株式会社", fromName: "TARGO, Gigafibre & cie", replyTo: null),
            Messages.One(4, text: ".\n..\n. texte\n...\nQUIT\n.\r\n\nFrom ici\n--\n.", html: "<p>\n.\n..</p>\n.<b>fin</b>\nFrom là"),
            Messages.One(5, text: new string('x', 5000) + "\n" + string.Concat(Enumerable.Repeat("é", 2000)) + "\nfin de ligne \t\n=E9=\n \n\ttab", html: $"<p title=\"{new string('y', 3000)}\">{string.Concat(Enumerable.Repeat("🎁", 700))}</p>"),
            Messages.One(6, images: [Messages.Logo(), Messages.Logo("brand-2", "Épicerie du coin — logo très long, vraiment très très long, plus long que toute ligne d’en-tête raisonnable.png"), Messages.Logo("brand-3", "a\"b;c.png")]),
            Messages.One(7, customId: new string('c', 64) + ":12345", headers: [new("List-Unsubscribe", $"<https://cadeau.targo.ca/u?t={new string('t', 400)}>, <mailto:support@targo.ca?subject=unsubscribe%20spring%3A1>"), new("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")]),
            .. shipped,
        ];
    }
}

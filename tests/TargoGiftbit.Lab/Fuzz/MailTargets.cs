using System.Buffers;
using System.Text;
using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Core.Engagement.Web;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Mail.Transports.Mime;
using TargoGiftbit.Core.Mail.Transports.Smtp;
using TargoGiftbit.Core.Mail.Unsubscribe;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Providers.Ifeelgoods;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Lab.Fuzz;

/// <summary>Parsers of what comes by mail and about mail: events, requests, tokens, replies, messages; and of short texts everywhere.</summary>
internal static class MailTargets
{
    private static readonly UnsubscribeToken Tokens = new(new Secret(FuzzTarget.SecretMark + "-of-enough-length"));
    private static readonly GiftId Gift = new(GiftEnvironment.Sandbox, "spring", 7);

    public static IEnumerable<FuzzTarget> All() => [Events(), Requests(), Token(), Replies(), Messages(), Texts()];

    private static FuzzTarget Events() => FuzzTarget.Of("events",
        [
            $$"""[{"event":"click","time":1777903202,"MessageID":1152921504606846977,"Message_GUID":"8b3f0b2c-0000-4000-8000-000000000001","email":"inbox+1@example.org","mj_campaign_id":7,"CustomID":"spring:1","Payload":"0197","url":"http://gtbt.co/{{FuzzTarget.LinkMark}}","ip":"1.2.3.4","geo":"CA","agent":"Mozilla/5.0"}]""",
            """{"event":"bounce","time":"1777903202","MessageID":"19421777835146490","CustomID":"spring:2","hard_bounce":true,"error_related_to":"recipient","error":"user unknown"}""",
            """[{"event":"open","time":1777903202,"CustomID":"a:1","Payload":"","agent":null},{"event":"unsub","email":"x@y.ca"}]""",
        ],
        input =>
        {
            var body = MailjetEventReader.Read(input);
            foreach (var e in body.Events) FuzzTarget.Promise(e.Fingerprint().Length > 0 && !e.ToString().Contains(FuzzTarget.LinkMark, StringComparison.Ordinal), "an event shows no link");
            foreach (var e in body.Unusable) FuzzTarget.Promise(!e.Shape.Contains(FuzzTarget.LinkMark, StringComparison.Ordinal), "a quarantined event holds no link");
        });

    private static FuzzTarget Requests() => FuzzTarget.Of("requests",
        [
            "POST /abc/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic dTpw\r\nContent-Length: 12\r\nConnection: keep-alive\r\n\r\n",
            "GET /u?t=abc%20def&x=1 HTTP/1.1\r\nHost: [::1]:8080\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n",
        ],
        input =>
        {
            if (WebHead.Parse(input) is not { } head) return;
            head.QueryValue("t");
            WebHead.FormValue(Encoding.Latin1.GetString(input), "List-Unsubscribe");
        });

    private static FuzzTarget Token() => FuzzTarget.Of("tokens", [Tokens.Create(Gift, "marie@example.com"), Tokens.Create(new GiftId(GiftEnvironment.Production, "targo-2026-q2-loyalty", 300), "x@y.ca")],
        input =>
        {
            if (!Tokens.TryRead(Encoding.UTF8.GetString(input), out var claim)) return;
            FuzzTarget.Promise(claim.Gift.CampaignId is "spring" or "targo-2026-q2-loyalty", "a token that was tampered with is no token");
        });

    private static FuzzTarget Replies() => FuzzTarget.Of("replies",
        ["220 mail.example.com ESMTP\r\n250-mail.example.com\r\n250-SIZE 10240000\r\n250-AUTH PLAIN LOGIN\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-PIPELINING\r\n250 STARTTLS\r\n", "550 5.1.1 <x@y.ca>: unknown\r\n", "421 4.3.2 closing\r\n250 2.0.0 Ok: queued as 4F1C9\r\n"],
        async (input, _) =>
        {
            var reader = new SmtpReplyReader();
            using var stream = new MemoryStream(input);
            while (true)
            {
                var reply = await reader.ReadAsync(stream, CancellationToken.None);
                FuzzTarget.Promise(reply.Code is >= 200 and < 600, "a reply has a code of SMTP");
                FuzzTarget.Promise(reply.Reason.Length < 4096 && reply.FullCode.Length < 32, "what is kept of a reply is short");
                SmtpCapabilities.Parse(reply.Text);
            }
        },
        // Ends every input; the transport turns it into the outcome of the messages.
        e => e is SmtpConnectionException);

    private static FuzzTarget Messages()
    {
        var date = new DateTimeOffset(2026, 5, 4, 14, 0, 0, TimeSpan.Zero);
        return FuzzTarget.Of("mime", ["Élodie Côté\u0001🎁 Un cadeau pour toi\u0001elodie@exämple.ca\u0001<p>Merci &eacute;</p>\r\n.\r\n\u0001Merci\n.\n\u0001spring:1\u0001X-Note\u0001value"],
            input =>
            {
                var parts = Encoding.UTF8.GetString(input).Split('\u0001');
                string Part(int i) => i < parts.Length ? parts[i] : "x";
                var message = new RenderedMessage
                {
                    From = new MailAddress("noreply@targo.ca", "TARGO"), To = new MailAddress(Part(2), Part(0)), Subject = Part(1), HtmlBody = Part(3), TextBody = Part(4),
                    Language = "fr-CA", CustomId = Part(5), AttemptId = Part(5), Campaign = Part(5), Headers = [new(Part(6), Part(7))],
                };
                var output = new ArrayBufferWriter<byte>();
                MimeWriter.Write(message, date, output);
                var text = Encoding.Latin1.GetString(output.WrittenSpan);
                var head = text[..text.IndexOf("\r\n\r\n", StringComparison.Ordinal)];
                FuzzTarget.Promise(head.Split("\r\n").All(line => line.Length > 0 && (line[0] == ' ' || line.Contains(':', StringComparison.Ordinal))), "nothing of a message becomes a header of its own");
                FuzzTarget.Promise(!text.Replace("\r\n", "", StringComparison.Ordinal).AsSpan().ContainsAny('\r', '\n'), "lines end with CR LF");
            });
    }

    private static FuzzTarget Texts() => FuzzTarget.Of("texts",
        ["2026-01-15 12:00:00", "smtp://user@mail.example.com:587", $"smtps://user:{FuzzTarget.SecretMark}@mail.example.com:465", "https://api.example.com/papi/v1?x=1", "60,00 $", "1 234.56", "marie.tremblay+7@exämple.ca", "essais+17@targo.ca", "targo-2026-q2-loyalty:17", "auth=oauth;flow=book", $"http://gtbt.co/{FuzzTarget.LinkMark}", "fr-CA", "windows-1252"],
        (input, random) =>
        {
            var text = Encoding.UTF8.GetString(input);
            switch (random.Next(10))
            {
                case 0: GiftbitTime.Read(text); break;
                case 1: SmtpSettings.Parse(text, new Secret(FuzzTarget.SecretMark)); break;
                case 2: EndpointRules.Parse("GIFTBIT_ENDPOINT", text); break;
                case 3: MoneyText.TryParse(text, "CAD", out _); break;
                case 4:
                    if (EmailAddress.Check(text) is not EmailFault.None and var fault) EmailAddress.Describe(fault);
                    EmailAddress.Key(text);
                    break;
                case 5: TestInbox.RowOf("essais@targo.ca", text); break;
                case 6: GiftId.TryParseCustomId(text, GiftEnvironment.Sandbox, out _); break;
                // Switches are no secrets, and what is no switch is shown.
                case 7 when !text.Contains("CANARY", StringComparison.Ordinal): IfeelgoodsOptions.Parse(text); break;
                case 8: UrlForms.Hashes(text); break;
                default:
                    FuzzTarget.Promise(Redaction.Clean(text).Length <= 400, "what is shown is short");
                    ImageHeader.Read(input);
                    ContactLanguage.Of(text);
                    // Shows what the operator typed, which is a parameter and no secret.
                    if (text.Length < 40 && !text.Contains("CANARY", StringComparison.Ordinal)) ContactEncoding.Parse(text);
                    break;
            }
            return Task.CompletedTask;
        });
}

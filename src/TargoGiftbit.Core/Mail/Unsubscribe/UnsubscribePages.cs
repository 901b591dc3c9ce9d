using System.Net;

namespace TargoGiftbit.Core.Mail.Unsubscribe;

/// <summary>
/// The pages behind the unsubscribe address, French first and English below (reference/email-compliance.md B2), each one file
/// without script, picture or anything from elsewhere. Showing <see cref="Ask"/> changes nothing: mail scanners follow links,
/// so only the POST of its button, or of a mail reader's own, unsubscribes (C).
/// </summary>
/// <param name="sender">Whose pages they are.</param>
public sealed class UnsubscribePages(MailSenderSettings sender)
{
    /// <summary>Field that a mail reader's one-click POST sends, and the page's button too (RFC 8058).</summary>
    public const string OneClickField = "List-Unsubscribe";

    /// <summary>Its value.</summary>
    public const string OneClickValue = "One-Click";

    /// <summary>Headers every page is to be sent with: it must not be stored, framed, indexed, or give its address away.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Headers { get; } =
    [
        new("Content-Type", "text/html; charset=utf-8"),
        new("Cache-Control", "no-store"),
        new("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"),
        new("Referrer-Policy", "no-referrer"),
        new("X-Content-Type-Options", "nosniff"),
        new("X-Robots-Tag", "noindex"),
    ];

    /// <summary>Asks whether to unsubscribe: the answer to a GET with a good token. The button posts to the page's own address.</summary>
    public string Ask() => Page(
        new Words("Te désabonner?", $"Tu ne recevras plus de courriels de cadeaux de la part de {Name}. Les cadeaux déjà reçus restent valables, et ton abonnement ne change pas."),
        new Words("Unsubscribe?", $"You will get no more gift e-mails from {Name}. Gifts you already have stay good, and your subscription does not change."),
        ("Me désabonner", "Unsubscribe me"));

    /// <summary>Says that it is done: the answer to a POST with a good token, the first time and every time.</summary>
    public string Done() => Page(
        new Words("C’est fait", $"Tu ne recevras plus de courriels de cadeaux de la part de {Name}. Si c’était une erreur, écris à {Support}."),
        new Words("Done", $"You will get no more gift e-mails from {Name}. If that was a mistake, write to {Support}."));

    /// <summary>Says that the address is not one of ours: the answer to a missing or wrong token.</summary>
    public string Invalid() => Page(
        new Words("Ce lien est incomplet", $"On ne reconnaît pas cette adresse. Ouvre de nouveau le lien du courriel, ou écris à {Support}\u00A0: on te désabonnera."),
        new Words("This link is incomplete", $"We do not recognise this address. Open the link in the e-mail again, or write to {Support} and we will unsubscribe you."));

    /// <summary>Says that it could not be noted: the answer when storing fails.</summary>
    public string Failed() => Page(
        new Words("Pas encore fait", $"Ta demande n’a pas pu être enregistrée. Réessaie dans quelques minutes, ou écris à {Support}."),
        new Words("Not done yet", $"Your request could not be recorded. Try again in a few minutes, or write to {Support}."));

    private string Name => Encode(sender.From.Name is { Length: > 0 } name ? name : sender.From.Address);

    private string Support => $"<a href=\"mailto:{Encode(sender.SupportAddress)}\">{Encode(sender.SupportAddress)}</a>";

    private static string Encode(string text) => WebUtility.HtmlEncode(MailValue.Line(text));

    private string Page(Words french, Words english, (string French, string English)? button = null)
    {
        var form = button is { } words
            ? $"""

                    <form method="post">
                      <input type="hidden" name="{OneClickField}" value="{OneClickValue}">
                      <button type="submit">{words.French} <span lang="en-CA">· {words.English}</span></button>
                    </form>
              """
            : "";
        return $$"""
            <!doctype html>
            <html lang="fr-CA" dir="ltr">
            <head>
              <meta charset="utf-8">
              <meta name="viewport" content="width=device-width, initial-scale=1">
              <meta name="robots" content="noindex">
              <meta name="referrer" content="no-referrer">
              <meta name="color-scheme" content="light dark">
              <title>{{french.Title}} · {{Name}}</title>
              <style>
                :root { color-scheme: light dark; --page: #EEF3F0; --card: #FFFFFF; --line: #DCE6E0; --ink: #0B1F14; --muted: #46574E; --link: #00662B; }
                @media (prefers-color-scheme: dark) { :root { --page: #0D1411; --card: #16201B; --line: #26352D; --ink: #F1F7F3; --muted: #B3C2BA; --link: #5BE39A; } }
                body { margin: 0; min-height: 100vh; display: flex; align-items: center; justify-content: center; padding: 24px 16px; box-sizing: border-box; background: var(--page); color: var(--ink); font: 17px/1.6 'Plus Jakarta Sans', 'Segoe UI', Helvetica, Arial, sans-serif; }
                main { width: 100%; max-width: 520px; background: var(--card); border: 1px solid var(--line); border-radius: 20px; padding: 32px; box-sizing: border-box; }
                .brand { margin: 0 0 24px; padding-left: 12px; border-left: 8px solid #00C853; border-radius: 4px; font-size: 21px; line-height: 26px; font-weight: 800; letter-spacing: 2px; }
                h1 { margin: 0 0 8px; font-size: 28px; line-height: 1.25; }
                h2 { margin: 0 0 6px; font-size: 19px; line-height: 1.3; }
                p { margin: 0; }
                a { color: var(--link); }
                form { margin: 24px 0 0; }
                button { width: 100%; min-height: 56px; padding: 12px 20px; border: 0; border-radius: 14px; background: #00C853; color: #06140C; font: inherit; font-weight: 700; cursor: pointer; }
                button span { font-weight: 500; }
                button:focus-visible, a:focus-visible { outline: 3px solid var(--ink); outline-offset: 3px; }
                section { margin-top: 28px; padding-top: 22px; border-top: 1px solid var(--line); color: var(--muted); font-size: 16px; }
                @media (max-width: 420px) { main { padding: 24px 20px; } h1 { font-size: 25px; } }
              </style>
            </head>
            <body>
              <main>
                <p class="brand">{{Name}}</p>
                <h1>{{french.Title}}</h1>
                <p>{{french.Text}}</p>{{form}}
                <section lang="en-CA">
                  <h2>{{english.Title}}</h2>
                  <p>{{english.Text}}</p>
                </section>
              </main>
            </body>
            </html>

            """;
    }

    private sealed record Words(string Title, string Text);
}

using TargoGiftbit.Core.Engagement.Web;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Unsubscribe;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Engagement;

/// <summary>
/// The unsubscribe address (spec D4; reference/email-compliance.md A2, C): a GET shows a page with one button and changes nothing, since
/// scanners follow links; a POST with a good token unsubscribes, the first time and every time, without questions.
/// </summary>
public sealed class OneClickDesk
{
    private const int MaxBodyBytes = 64 * 1024;

    private readonly GiftLedger ledger;
    private readonly UnsubscribeToken tokens;
    private readonly UnsubscribePages pages;
    private readonly string path;

    /// <summary>Opens the desk.</summary>
    /// <param name="ledger">The ledger; belongs to the caller.</param>
    /// <param name="sender">Whose mails they are; names the address and the key.</param>
    /// <exception cref="EngagementException"><c>OneClickNotSet</c>.</exception>
    /// <exception cref="MailTemplateException"><c>SigningKeyShort</c>.</exception>
    public OneClickDesk(GiftLedger ledger, MailSenderSettings sender)
    {
        ArgumentNullException.ThrowIfNull(sender);
        this.ledger = ledger;
        path = (sender.UnsubscribeUrl ?? throw EngagementText.OneClickNotSet(SettingName.UnsubscribeUrl)).AbsolutePath.TrimEnd('/');
        tokens = new UnsubscribeToken(sender.SigningKey ?? throw EngagementText.OneClickNotSet(SettingName.SigningKey));
        pages = new UnsubscribePages(sender);
    }

    internal bool IsPath(string requested) => string.Equals(requested.TrimEnd('/'), path, StringComparison.Ordinal);

    internal async Task<WebAnswer> AnswerAsync(WebHead head, Func<int, Task<(ReadOnlyMemory<byte> Body, WebAnswer? Refusal)>> readBody, Action<Exception>? failed)
    {
        if (head.Method is not ("GET" or "HEAD" or "POST")) return WebAnswer.MethodNotAllowed("GET, HEAD, POST");
        // What stands in the body is not asked for: whoever posts with a good token wants out (RFC 8058). It is read all the same.
        if (head.Method == "POST" && (await readBody(MaxBodyBytes).ConfigureAwait(false)).Refusal is { } refusal) return refusal;
        if (!tokens.TryRead(head.QueryValue(UnsubscribeLink.TokenParameter), out var claim)) return Page(404, pages.Invalid());
        if (head.Method != "POST") return Page(200, pages.Ask());
        try
        {
            return Unsubscribe(claim, IsPerson(head) ? "link" : "one-click") ? Page(200, pages.Done()) : Page(404, pages.Invalid());
        }
        catch (Exception e)
        {
            failed?.Invoke(e);
            return Page(503, pages.Failed());
        }
    }

    // Browsers say that a page was submitted; a mail service's own POST carries nothing of the kind.
    private static bool IsPerson(WebHead head) => head.Header("Sec-Fetch-Mode") is not null || head.Header("Origin") is not null;

    private bool Unsubscribe(UnsubscribeClaim claim, string source) => ledger.Atomically(() =>
    {
        if (ledger.Gifts.Find(claim.Gift) is not { } gift) return false;
        // A sandbox mail went to the test inbox, and no customer must be touched by it (spec A3).
        var address = gift.Environment == GiftEnvironment.Production ? gift.Email : gift.ProviderEmail;
        if (string.IsNullOrEmpty(address)) return true;
        // Whoever was written to under an older address is the same customer: rather one mail too few than one too many.
        var isFormer = gift.Environment == GiftEnvironment.Production && tokens.AddressTag(address) != claim.AddressTag;
        if (ledger.Suppressions.Add(address, source, isFormer ? $"{gift.Identity}, {EngagementText.FormerAddress}" : gift.Identity.ToString()))
            ledger.History.Add(gift.Environment, gift.CampaignId, gift.Row, "Unsubscribed", source);
        return true;
    });

    private static WebAnswer Page(int status, string html) => WebAnswer.Page(status, html, UnsubscribePages.Headers);
}

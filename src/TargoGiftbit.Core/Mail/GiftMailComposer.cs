using System.Collections.Concurrent;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Ordering;

namespace TargoGiftbit.Core.Mail;

/// <summary>
/// Renders the mails of a send run, whichever campaigns its gifts belong to. A campaign's terms, brands and logos are looked up
/// once. Safe to use from several threads at once.
/// </summary>
/// <param name="ledger">The ledger.</param>
/// <param name="renderer">Templates and sender.</param>
/// <param name="logoOf">Finds a brand's logo, or null when it cannot be had: the name then stands alone (spec D1).</param>
/// <param name="testInbox">The test inbox; required for sandbox gifts.</param>
/// <param name="kind">Which mail.</param>
public sealed class GiftMailComposer(
    GiftLedger ledger, GiftMailRenderer renderer, Func<KnownBrand, CancellationToken, Task<BrandLogo?>> logoOf, string? testInbox, MailPurpose kind = MailPurpose.Gift)
{
    private readonly ConcurrentDictionary<(GiftEnvironment, string), Lazy<Task<CampaignMail>>> campaigns = new();

    /// <summary>Renders the message of a gift for an attempt.</summary>
    /// <exception cref="GiftDataException">The gift's message cannot be made.</exception>
    /// <exception cref="MailTemplateException">There are no reminder templates.</exception>
    public async ValueTask<ComposedMail> ComposeAsync(Gift gift, string attemptId, CancellationToken cancellationToken)
    {
        var mail = await campaigns.GetOrAdd((gift.Environment, gift.CampaignId), key => new Lazy<Task<CampaignMail>>(() => SetUpAsync(key.Item1, key.Item2, cancellationToken)))
            .Value.ConfigureAwait(false);
        // The sandbox puts the test inbox in the customer's place before anything leaves the process (spec A3).
        var to = new MailAddress(CampaignOrder.MailAddressOf(gift, testInbox), $"{gift.FirstName} {gift.LastName}".Trim() is { Length: > 0 } name ? name : null);
        return new ComposedMail(mail.Render(gift, to, attemptId, kind), mail.TemplateHash(gift.Language, kind));
    }

    private async Task<CampaignMail> SetUpAsync(GiftEnvironment environment, string campaignId, CancellationToken cancellationToken)
    {
        var campaign = ledger.Campaigns.Get(environment, campaignId);
        var known = ledger.Brands.List(environment, campaign.Provider).ToDictionary(b => b.Code, StringComparer.Ordinal);
        var brands = await Task.WhenAll(campaign.BrandCodes.Select(async code =>
            known.TryGetValue(code, out var brand)
                ? new MailBrand(code, brand.Name, await logoOf(brand, cancellationToken).ConfigureAwait(false))
                : new MailBrand(code, code))).ConfigureAwait(false);
        return renderer.For(campaign, brands);
    }
}

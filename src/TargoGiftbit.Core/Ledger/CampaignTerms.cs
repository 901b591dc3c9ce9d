using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Ledger;

/// <summary>Comparison of a campaign's stored terms with those asked for now.</summary>
internal static class CampaignTerms
{
    /// <exception cref="LedgerException"><c>CampaignTermsDiffer</c>, naming the first field that differs.</exception>
    public static void RequireSame(GiftCampaign known, GiftCampaign asked)
    {
        Same("provider", known.Provider, asked.Provider);
        Same("order mode", known.OrderMode.ToString(), asked.OrderMode.ToString());
        Same("kind of gift", known.Kind.ToString(), asked.Kind.ToString());
        Same("promotion", known.Program ?? "", asked.Program ?? "");
        Same("price", known.Price.ToString(), asked.Price.ToString());
        Same("brands", Set(known.BrandCodes), Set(asked.BrandCodes));
        Same("region", known.Region ?? "", asked.Region ?? "");
        Same("expiry", LedgerValue.Of(known.Expiry), LedgerValue.Of(asked.Expiry));
        Same("message", known.Message, asked.Message);
        Same("subject", known.Subject, asked.Subject);

        void Same(string field, string was, string now)
        {
            if (!string.Equals(was, now, StringComparison.Ordinal))
                throw new LedgerException("CampaignTermsDiffer", LedgerText.TermsDiffer(known.CampaignId, field, was, now));
        }
    }

    // The order of brand codes means nothing to the provider.
    private static string Set(IReadOnlyList<string> codes) => string.Join(", ", codes.Order(StringComparer.Ordinal));
}

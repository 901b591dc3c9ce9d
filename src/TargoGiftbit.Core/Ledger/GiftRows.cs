using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Ledger;

/// <summary>How a gift is read: one row of <c>gifts</c> with the mail of purpose <c>gift</c>.</summary>
internal static class GiftRows
{
    public const string Columns = """
        g.environment, g.campaign_id, g.row_no, g.customer_id, g.first_name, g.last_name, g.email, g.language,
               g.price_cents, g.currency, g.provider, g.provider_gift_id, g.order_id, g.link, g.status, g.provider_status,
               g.brand_selected, g.redeemed_at, g.expiry, g.clicked_at, g.delivered_at, g.delivery_problem, g.is_closed,
               g.consent_basis, g.consent_checked_at,
               m.state, m.sent_at, m.error, m.message_id, m.subject, m.template_hash, g.provider_email,
               g.scanned_at, g.other_clicked_at, g.opened_at, g.open_is_weak,
               (SELECT count(*) FROM gift_codes k WHERE k.environment = g.environment AND k.campaign_id = g.campaign_id AND k.row_no = g.row_no),
               g.refunded_at, g.replaces_row
        """;

    public const string From = """
        FROM gifts g
        LEFT JOIN mails m ON m.environment = g.environment AND m.campaign_id = g.campaign_id AND m.row_no = g.row_no AND m.purpose = 'gift'
        """;

    public const string Select = $"SELECT {Columns} {From}";

    /// <summary>Number of columns.</summary>
    public const int Width = 39;

    public static Gift Map(LedgerRow r) => new()
    {
        Environment = r.Enum<GiftEnvironment>(0),
        CampaignId = r.Repeated(1),
        Row = r.Int(2),
        CustomerId = r.TextOrNull(3),
        FirstName = r.Text(4),
        LastName = r.Text(5),
        Email = r.Text(6),
        Language = r.Enum<GiftLanguage>(7),
        Price = new Money(r.Long(8), r.Repeated(9)),
        Provider = r.Repeated(10),
        ProviderGiftId = r.TextOrNull(11),
        OrderId = r.RepeatedOrNull(12),
        Link = r.TextOrNull(13) is { } link ? new GiftLink(link) : null,
        Status = r.Enum<GiftStatus>(14),
        ProviderStatus = r.RepeatedOrNull(15),
        BrandSelected = r.RepeatedOrNull(16),
        RedeemedAt = r.InstantOrNull(17),
        Expiry = r.Date(18),
        ClickedAt = r.InstantOrNull(19),
        DeliveredAt = r.InstantOrNull(20),
        DeliveryProblem = r.RepeatedOrNull(21),
        IsClosed = r.Flag(22),
        ConsentBasis = r.RepeatedOrNull(23),
        ConsentCheckedAt = r.InstantOrNull(24),
        MailState = r.IsNull(25) ? MailState.NotSent : r.Enum<MailState>(25),
        SentAt = r.InstantOrNull(26),
        MailError = r.RepeatedOrNull(27),
        MessageId = r.TextOrNull(28),
        MailSubject = r.RepeatedOrNull(29),
        TemplateHash = r.RepeatedOrNull(30),
        ProviderEmail = r.TextOrNull(31),
        ScannedAt = r.InstantOrNull(32),
        OtherClickedAt = r.InstantOrNull(33),
        OpenedAt = r.InstantOrNull(34),
        OpenIsWeak = r.Flag(35),
        CodeCount = r.Int(36),
        RefundedAt = r.InstantOrNull(37),
        ReplacesRow = r.IntOrNull(38),
    };
}

using System.Globalization;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail.Transports;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Benchmarks;

/// <summary>A campaign in a ledger whose mails were all sent an hour ago.</summary>
/// <param name="Ids">The gifts.</param>
/// <param name="Attempts">The attempt of each gift's mail.</param>
public sealed record SentCampaign(IReadOnlyList<GiftId> Ids, IReadOnlyList<string> Attempts)
{
    public static readonly DateTimeOffset SentAt = DateTimeOffset.UtcNow.AddHours(-1);

    public static SentCampaign Create(GiftLedger ledger, string id, int gifts)
    {
        var terms = new GiftCampaign
        {
            Environment = GiftEnvironment.Sandbox, CampaignId = id, Price = Money.Cad(6000), BrandCodes = ["timhortonsca"],
            Expiry = new DateOnly(2026, 12, 31), Subject = "Cadeau", Message = "Merci",
        };
        var contacts = Enumerable.Range(1, gifts).Select(n => new GiftContact
        {
            CustomerId = $"C{n}", FirstName = "Zoé", LastName = "Tremblay", Email = $"c{n}@example.com", Language = n % 5 == 0 ? GiftLanguage.En : GiftLanguage.Fr,
        }).ToList();
        if (gifts == 0)
        {
            ledger.Orders.Plan(terms, [], _ => throw new InvalidOperationException(), (order, _) => new PreparedOrder(order, new byte[1], order));
            return new SentCampaign([], []);
        }
        var plan = ledger.Orders.Plan(terms, contacts, g => new OrderRecipient(g.Row, g.CustomerId, g.FirstName, g.LastName, $"inbox+{g.Row}@example.org"),
            (order, _) => new PreparedOrder(order, new byte[1], order));
        foreach (var order in plan.Open) ledger.Orders.RecordAnswer(order, new OrderAnswer { State = OrderState.Created, ProviderOrderId = "uuid-" + id });
        ledger.Gifts.StoreLinks([.. plan.Gifts.Select(g => new FoundLink(g.Identity, new GiftLink(LinkOf(g.Identity)), $"{id}-{g.Row}"))]);
        var ids = plan.Gifts.Select(g => g.Identity).ToList();
        var attempts = new List<string>(gifts);
        foreach (var batch in ids.Chunk(500))
        {
            var claims = ledger.Mails.Claim(batch, MailPurpose.Gift, "mailjet", TimeSpan.FromMinutes(15));
            ledger.Mails.Record([.. claims.Select(c => new HandOverRecord(c, new HandOver(HandOverResult.Accepted, MessageIdOf(c.Id)), Subject(c.Gift!), c.Gift!.Language == GiftLanguage.Fr ? "4f1c9a7be2d01188" : "90aa37cc51e4f2d3"))]);
            attempts.AddRange(claims.Select(c => c.AttemptId));
        }
        return new SentCampaign(ids, attempts);
    }

    private static string Subject(Gift gift) => (gift.Language, gift.Row % 3) switch
    {
        (GiftLanguage.En, _) => "🎁 A gift for you, from TARGO",
        (_, 0) => "Merci d’être avec nous, {firstname}",
        _ => "🎁 Un cadeau pour toi, de la part de TARGO",
    };

    public static string LinkOf(GiftId id) => string.Create(CultureInfo.InvariantCulture, $"http://gtbt.co/{id.CampaignId}{id.Row:00000000}");

    public static string MessageIdOf(GiftId id) => (1152921500000000000L + id.Row).ToString(CultureInfo.InvariantCulture);
}

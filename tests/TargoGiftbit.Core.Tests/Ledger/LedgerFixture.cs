using System.Text;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Providers;

namespace TargoGiftbit.Core.Tests.Ledger;

/// <summary>A ledger in a folder of its own, on a manual clock, with the campaign that most tests want.</summary>
internal sealed class LedgerFixture : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public LedgerFixture() => Ledger = GiftLedger.Open(folder.Path, Clock);

    public ManualClock Clock { get; } = new();

    public GiftLedger Ledger { get; }

    public string Folder => folder.Path;

    public static GiftCampaign Terms(OrderMode mode = OrderMode.Batch, string id = "spring", long cents = 6000) => new()
    {
        Environment = GiftEnvironment.Sandbox,
        CampaignId = id,
        OrderMode = mode,
        Price = Money.Cad(cents),
        BrandCodes = ["timhortonsca", "walmartca"],
        Expiry = new DateOnly(2026, 12, 31),
        Subject = "Cadeau",
        Message = "Merci",
    };

    public static GiftContact Contact(int n) => new() { CustomerId = $"C{n}", FirstName = $"Prénom{n}", LastName = "Tremblay", Email = $"c{n}@example.com" };

    public static List<GiftContact> Contacts(params int[] numbers) => [.. numbers.Select(Contact)];

    public OrderPlan Plan(IReadOnlyList<GiftContact> contacts, GiftCampaign? terms = null) => Ledger.Orders.Plan(terms ?? Terms(), contacts, Recipient, Prepare);

    /// <summary>A campaign of n gifts, ordered and with links.</summary>
    public IReadOnlyList<GiftId> Ready(int n, GiftCampaign? terms = null)
    {
        var plan = Plan(Contacts([.. Enumerable.Range(1, n)]), terms);
        foreach (var order in plan.Open) Ledger.Orders.RecordAnswer(order, new OrderAnswer { State = OrderState.Created, ProviderOrderId = "uuid-" + order.Prepared.OrderId });
        Ledger.Gifts.StoreLinks([.. plan.Gifts.Select(g => new FoundLink(g.Identity, Link(g), $"{g.CampaignId}-uuid-{g.Row}"))]);
        return [.. plan.Gifts.Select(g => g.Identity)];
    }

    public static GiftLink Link(Gift gift) => new($"http://gtbt.co/{gift.CampaignId}{gift.Row:00000000}");

    public static OrderRecipient Recipient(Gift gift) => new(gift.Row, gift.CustomerId, gift.FirstName, gift.LastName, $"inbox+{gift.Row}@example.org");

    public static PreparedOrder Prepare(string orderId, IReadOnlyList<OrderRecipient> recipients)
    {
        var body = Encoding.UTF8.GetBytes($"{orderId}:{string.Join(',', recipients.Select(r => $"{r.Row}={r.Email}"))}");
        return new PreparedOrder(orderId, body, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(body)));
    }

    public void Dispose()
    {
        Ledger.Dispose();
        folder.Dispose();
    }
}

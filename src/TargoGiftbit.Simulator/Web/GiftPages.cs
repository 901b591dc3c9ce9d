using TargoGiftbit.Simulator.Giftbit;
using TargoGiftbit.Simulator.Http;

namespace TargoGiftbit.Simulator.Web;

/// <summary>Orders, gifts, and the page on which a recipient claims one.</summary>
internal sealed class GiftPages(SimulatorHost sim)
{
    public static string Word(SimulatedGift gift) => GiftbitWords.Of(gift.State);

    public Reply Orders()
    {
        var funds = sim.Giftbit.Store.Funds;
        return Page.Show(sim, "/orders", "Orders", Html.Of($"""
            {Page.Figures([.. funds.OrderBy(line => line.Key).SelectMany(line => new (string, object)[]
            {
                ($"{line.Key} available", Page.Money(line.Value.Available)), ($"{line.Key} reserved", Page.Money(line.Value.Reserved)),
            }).Where(figure => figure.Item1.StartsWith("CAD", StringComparison.Ordinal))])}
            <div class="scroll"><table class="stack"><thead><tr><th>Ordered</th><th>Id</th><th>Status</th><th class="n">Gifts</th><th class="n">Redeemed</th><th class="n">Price</th><th class="n">Posts</th><th>Brands</th></tr></thead><tbody>
            {Html.Each(sim.Giftbit.Store.Orders.Reverse(), Row)}
            </tbody></table></div>
            """));
    }

    public Reply Gifts(ServiceRequest request)
    {
        var words = request.Query("q");
        var found = sim.Giftbit.Store.Gifts.Reverse().Where(gift => words is null
            || gift.Order.Id == words
            || gift.Code == words
            || (gift.Contact?.Email ?? "").Contains(words, StringComparison.OrdinalIgnoreCase)).ToArray();
        return Page.Show(sim, "/gifts", "Gifts", Html.Of($"""
            <form class="row" style="margin-bottom:12px"><input name="q" value="{words}" placeholder="order, address, code" size="30"><button>Search</button></form>
            <div class="scroll"><table class="stack"><thead><tr><th>Order</th><th class="n">No</th><th>Recipient</th><th>Link</th><th>Status</th><th>Brand</th><th>Redeemed</th><th></th></tr></thead><tbody>
            {Html.Each(Page.Slice(request, found), Row)}
            </tbody></table></div>{Page.Pager(request, found.Length)}
            """));
    }

    /// <summary>What a short link shows: choose a brand, claim.</summary>
    public Reply Claim(SimulatedGift gift)
    {
        gift.Visits++;
        var order = gift.Order.Request;
        var brands = order.BrandCodes.Count > 0
            ? order.BrandCodes.Select(sim.Giftbit.Catalogue.Find)
            : sim.Giftbit.Catalogue.Search(brand => brand.Region == BrandCatalogue.RegionId(order.Region ?? "") && brand.Allows(order.PriceInCents)).Take(12);
        var content = gift.State switch
        {
            GiftState.SentAndRedeemable => Html.Of($"""
                <p>{order.Message}</p><p class="muted">Choisis ta carte-cadeau / Choose your gift card:</p>
                <form method="post" action="/g/{gift.Code}" class="brands">{Html.Each(brands.Where(brand => brand is not null), brand => Html.Of($"""
                <button name="brand" value="{brand!.Code}"><img alt="" src="{sim.Giftbit.LogoOf(brand)}">{brand.Name}</button>
                """))}</form>
                """),
            GiftState.Redeemed => Html.Of($"<p>Merci! {sim.Giftbit.Catalogue.Find(gift.BrandCode ?? "")?.Name ?? gift.BrandCode} – {gift.RedeemedAt} UTC</p><p class=\"muted\">A simulated card: there is no code.</p>"),
            _ => Html.Of($"<p>Ce cadeau n’est plus disponible. / This gift is no longer available. {Page.Chip(Word(gift))}</p>"),
        };
        return Page.Show(sim, "/gifts", "Cadeau / Gift", Html.Of($"""
            <div class="card claim"><p class="price">{Page.Money(order.PriceInCents)}</p><p class="muted">{gift.Contact?.FirstName} · {order.Id}</p>{content}</div>
            """));
    }

    private static Markup Row(GiftbitOrder order) => Html.Of($"""
        <tr><td class="t">{order.CreatedAt}</td><td class="wide"><a href="/gifts?q={Uri.EscapeDataString(order.Id)}">{order.Id}</a></td><td>{Page.Chip(GiftbitWords.Of(order.Status))}</td>
        <td class="n" data-name="gifts">{order.GiftCount}</td><td class="n" data-name="redeemed">{order.Gifts.Count(gift => gift.State == GiftState.Redeemed)}</td><td class="n">{Page.Money(order.Request.PriceInCents)}</td>
        <td class="n" data-name="posts">{order.Posts}</td><td class="wide muted">{order.Request.Region ?? string.Join(", ", order.Request.BrandCodes)}</td></tr>
        """);

    private static Markup Row(SimulatedGift gift) => Html.Of($"""
        <tr><td>{gift.Order.Id}</td><td class="n" data-name="no">{gift.Number}</td><td class="wide">{gift.Contact?.Name}<br><span class="muted">{gift.Contact?.Email}</span></td>
        <td><a href="/g/{gift.Code}"><code>{gift.Code}</code></a></td><td>{Page.Chip(Word(gift))}</td><td>{gift.BrandCode}</td><td class="t">{gift.RedeemedAt}</td>
        <td>{Html.When(gift.State == GiftState.SentAndRedeemable, () => Html.Of($"<form method=\"post\" action=\"/g/{gift.Code}\"><button>redeem</button></form>"))}</td></tr>
        """);
}

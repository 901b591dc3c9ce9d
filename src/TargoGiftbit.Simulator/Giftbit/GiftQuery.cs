using TargoGiftbit.Simulator.Http;
using TargoGiftbit.Simulator.Timing;

namespace TargoGiftbit.Simulator.Giftbit;

/// <summary>The filters and sorts of <c>GET /gifts</c> (giftbit.md §5.1). Unknown names are ignored.</summary>
internal sealed class GiftQuery(GiftbitStore store, GiftbitSwitches switches)
{
    private (string Key, long Version, SimulatedGift[] Gifts) _last = ("", -1, []);

    /// <summary>All gifts that the query asks for, in its order. The last list is kept: clients page through it.</summary>
    public IReadOnlyList<SimulatedGift> Find(ServiceRequest request)
    {
        var key = string.Join('&', request.QueryString.TrimStart('?').Split('&')
            .Where(part => !part.StartsWith("limit=", StringComparison.Ordinal) && !part.StartsWith("offset=", StringComparison.Ordinal)));
        return store.Read(() =>
        {
            if (_last.Key != key || _last.Version != store.Version)
                _last = (key, store.Version, [.. Sort(request, Candidates(request).Where(Filter(request)))]);
            return _last.Gifts;
        });
    }

    private IEnumerable<SimulatedGift> Candidates(ServiceRequest request)
    {
        if ((request.Query("campaign_uuid") ?? request.Query("campaign_id")) is { } campaign)
            return store.FindOrder(campaign)?.Gifts ?? [];
        return request.Query("uuid") is { } uuid ? store.FindGift(uuid) is { } gift ? [gift] : [] : store.AllGifts;
    }

    private Func<SimulatedGift, bool> Filter(ServiceRequest request)
    {
        var tests = new List<Func<SimulatedGift, bool>>();
        void Test(string name, Func<SimulatedGift, string, bool> test)
        {
            if (request.Query(name) is { } value)
                tests.Add(gift => test(gift, value));
        }

        void Range<T>(string name, Func<string, T?> read, Func<SimulatedGift, T?> get)
            where T : struct, IComparable<T>
        {
            // Bounds are inclusive (§5.1).
            if (request.Query(name + "_greater_than") is { } low && read(low) is { } from)
                tests.Add(gift => get(gift) is { } value && value.CompareTo(from) >= 0);
            if (request.Query(name + "_less_than") is { } high && read(high) is { } to)
                tests.Add(gift => get(gift) is { } value && value.CompareTo(to) <= 0);
        }

        static long? Number(string text) => long.TryParse(text, out var number) ? number : null;

        Test("campaign_uuid", (gift, value) => gift.Order.Uuid == value);
        Test("campaign_id", (gift, value) => gift.Order.Id == value);
        Test("uuid", (gift, value) => gift.Uuid == value);
        Test("status", (gift, value) => GiftbitWords.Of(gift.State) == value);
        Test("delivery_status", (gift, value) => GiftbitWords.DeliveryOf(gift, switches, true) == value);
        Test("recipient_email", (gift, value) => Contains(gift.Contact?.Email, value));
        Test("recipient_name", (gift, value) => Contains(gift.Contact?.Name, value));
        Range("price_in_cents", Number, gift => gift.Order.Request.PriceInCents);
        Range("redelivery_count", Number, gift => gift.RedeliveryCount);
        Range("created_date", PacificTime.Read, gift => Seconds(gift.CreatedAt));
        Range("delivery_date", PacificTime.Read, gift => Seconds(gift.CreatedAt));
        Range("redeemed_date", PacificTime.Read, gift => gift.RedeemedAt is { } at ? Seconds(at) : null);
        return gift => tests.TrueForAll(test => test(gift));
    }

    private static IEnumerable<SimulatedGift> Sort(ServiceRequest request, IEnumerable<SimulatedGift> gifts)
    {
        var ascending = string.Equals(request.Query("order"), "asc", StringComparison.OrdinalIgnoreCase);
        Func<SimulatedGift, string>? text = request.Query("sort") switch
        {
            "campaign_id" => gift => gift.Order.Id,
            "recipient_name" => gift => gift.Contact?.Name ?? "",
            "recipient_email" => gift => gift.Contact?.Email ?? "",
            "delivery_status" or "status" => gift => GiftbitWords.Of(gift.State),
            _ => null,
        };
        if (text is not null)
            return ascending ? gifts.OrderBy(text, StringComparer.Ordinal) : gifts.OrderByDescending(text, StringComparer.Ordinal);
        Func<SimulatedGift, long> number = request.Query("sort") == "price_in_cents"
            ? gift => gift.Order.Request.PriceInCents
            : gift => gift.CreatedAt.UtcTicks;
        return ascending ? gifts.OrderBy(number) : gifts.OrderByDescending(number);
    }

    private static bool Contains(string? text, string part) =>
        text is not null && text.Contains(part, StringComparison.OrdinalIgnoreCase);

    // The wire has whole seconds, so bounds compare whole seconds.
    private static DateTimeOffset Seconds(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}

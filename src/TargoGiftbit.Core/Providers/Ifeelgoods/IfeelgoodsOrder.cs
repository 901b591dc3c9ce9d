using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Providers.Ifeelgoods;

/// <summary>How one gift is ordered.</summary>
internal enum OrderStep
{
    /// <summary>Create and redeem in one call: the code comes with the answer.</summary>
    Redeem,

    /// <summary>Create; the customer takes the reward behind the link.</summary>
    Create,

    /// <summary>Book, then activate.</summary>
    Book,
}

/// <summary>
/// An order laid out to the byte: what is posted, and where. The ledger keeps both, so that a repeat after a crash goes to the same
/// address with the same body whatever the switches say by then (spec B3, H1).
/// </summary>
internal sealed record IfeelgoodsOrder
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required OrderStep Step { get; init; }

    public required string OrderId { get; init; }

    public required string PromotionId { get; init; }

    public required string RewardSku { get; init; }

    public required Money Value { get; init; }

    public required bool IsFreeValue { get; init; }

    public required string Email { get; init; }

    /// <summary>The last day that the mails state.</summary>
    public DateOnly? Expiry { get; init; }

    /// <summary>The body of the call.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The body of the activation, where there is one.</summary>
    public ReadOnlyMemory<byte> Activation { get; init; }

    /// <summary>Where it is posted (reference/ifeelgoods.md §3).</summary>
    public string Path
    {
        get
        {
            var promotion = $"/promotions/{Uri.EscapeDataString(PromotionId)}";
            var reward = $"{promotion}/rewards/{Uri.EscapeDataString(RewardSku)}/redemptions";
            return Step switch
            {
                OrderStep.Redeem => reward + "/actions/redeem",
                OrderStep.Book => reward + "/book",
                _ => promotion + "/redemptions",
            };
        }
    }

    /// <summary>Lays an order out: the same arguments give the same bytes.</summary>
    public static PreparedOrder Prepare(GiftCampaign campaign, string orderId, OrderRecipient recipient, IfeelgoodsOptions options)
    {
        var sku = campaign.BrandCodes.Count == 1 ? campaign.BrandCodes[0] : throw new ArgumentException(IfeelgoodsText.OneReward, nameof(campaign));
        var step = campaign.Kind == GiftKind.Code ? OrderStep.Redeem
            : options.LinkFlow == IfeelgoodsLinkFlow.Create ? OrderStep.Create : OrderStep.Book;
        var isFree = IsFree(sku);
        var body = Write(json =>
        {
            json.WriteStartObject();
            json.WriteString("step", step.ToString());
            json.WriteString("order", orderId);
            json.WriteString("promotion", campaign.Program);
            json.WriteString("reward", sku);
            json.WriteNumber("cents", campaign.Price.Cents);
            json.WriteString("currency", campaign.Price.Currency);
            json.WriteString("email", recipient.Email);
            json.WriteString("expiry", campaign.Expiry.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteStartObject("body");
            Data(json, orderId, recipient, step == OrderStep.Create || (isFree && options.AmountForm == IfeelgoodsAmountForm.RewardValue) ? sku : null, isFree ? campaign.Price : null, options.AmountForm);
            json.WriteEndObject();
            if (step == OrderStep.Book)
            {
                json.WriteStartObject("activation");
                Data(json, null, recipient, sku, isFree ? campaign.Price : null, options.AmountForm);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        });
        return new PreparedOrder(orderId, body, Convert.ToHexStringLower(SHA256.HashData(body)));
    }

    /// <summary>Reads the stored bytes back.</summary>
    /// <exception cref="JsonException">They are no order of Ifeelgoods'.</exception>
    public static IfeelgoodsOrder Read(ReadOnlyMemory<byte> stored)
    {
        using var document = JsonDocument.Parse(stored);
        var root = document.RootElement;
        string Text(string name) => root.TryGetProperty(name, out var value) && value.GetString() is { } text ? text : throw new JsonException();
        ReadOnlyMemory<byte> Raw(string name) => root.TryGetProperty(name, out var value) ? Encoding.UTF8.GetBytes(value.GetRawText()) : default;
        return new IfeelgoodsOrder
        {
            Step = Enum.Parse<OrderStep>(Text("step")),
            OrderId = Text("order"),
            PromotionId = Text("promotion"),
            RewardSku = Text("reward"),
            Value = new Money(root.GetProperty("cents").GetInt64(), Text("currency")),
            IsFreeValue = IsFree(Text("reward")),
            Email = Text("email"),
            Expiry = DateOnly.TryParseExact(Text("expiry"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            Body = Raw("body") is { IsEmpty: false } body ? body : throw new JsonException(),
            Activation = Raw("activation"),
        };
    }

    // §5: the sign by which an order, too, knows that it must name its amount.
    private static bool IsFree(string sku) => sku.EndsWith("-VAR", StringComparison.OrdinalIgnoreCase);

    private static void Data(Utf8JsonWriter json, string? orderId, OrderRecipient recipient, string? sku, Money? value, IfeelgoodsAmountForm form)
    {
        json.WriteStartObject("data");
        if (orderId is not null) json.WriteString("order_id", orderId);
        // Spec A6: e-mail and names, nothing else of the customer.
        json.WriteStartObject("user");
        json.WriteString("email", recipient.Email);
        json.WriteString("first_name", recipient.FirstName);
        json.WriteString("last_name", recipient.LastName);
        json.WriteEndObject();
        if (sku is not null)
        {
            json.WriteStartObject("reward");
            json.WriteString("sku", sku);
            if (value is { } inside && form == IfeelgoodsAmountForm.RewardValue) Amount(json, inside);
            json.WriteEndObject();
        }
        if (value is { } amount && form == IfeelgoodsAmountForm.DataValue) Amount(json, amount);
        if (value is { } bare && form == IfeelgoodsAmountForm.DataAmount) json.WriteString("amount", Units(bare));
        json.WriteEndObject();
    }

    private static void Amount(Utf8JsonWriter json, Money value)
    {
        json.WriteStartObject("value");
        json.WriteString("amount", Units(value));
        json.WriteString("currency", value.Currency);
        json.WriteEndObject();
    }

    // §2: decimals are strings with a dot.
    private static string Units(Money value) => value.Amount.ToString("0.0#", CultureInfo.InvariantCulture);

    private static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Relaxed)) write(json);
        return buffer.WrittenSpan.ToArray();
    }
}

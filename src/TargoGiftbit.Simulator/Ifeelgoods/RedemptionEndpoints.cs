using System.Text;
using System.Text.Json;
using TargoGiftbit.Simulator.Http;

namespace TargoGiftbit.Simulator.Ifeelgoods;

/// <summary>The calls on redemptions (ifeelgoods.md §3).</summary>
internal sealed class RedemptionEndpoints(IfeelgoodsSwitches switches, IfeelgoodsStore store, IfeelgoodsJson writer)
{
    public Reply Answer(ServiceRequest request, string[] parts) => request.Route switch
    {
        "ifeelgoods.redemptions" => List(request, PromotionOf(parts[1])),
        "ifeelgoods.create" => Create(request, parts, book: false, redeem: false),
        "ifeelgoods.book" => Create(request, parts, book: true, redeem: false),
        "ifeelgoods.createandredeem" => Create(request, parts, book: false, redeem: true),
        "ifeelgoods.redemption" => Get(request, RedemptionOf(parts[1])),
        "ifeelgoods.redeem" => Show(200, store.Redeem(RedemptionOf(parts[1]), Read(request, null, needsOrder: false, needsUser: true))),
        "ifeelgoods.activate" => Show(200, store.Activate(RedemptionOf(parts[1]), Read(request, null, needsOrder: false, needsUser: true))),
        "ifeelgoods.cancel" => Show(200, store.Cancel(RedemptionOf(parts[1]))),
        _ => throw IfeelgoodsRefusedException.NotFound("address"),
    };

    private Reply Create(ServiceRequest request, string[] parts, bool book, bool redeem)
    {
        var promotion = PromotionOf(parts[1]);
        var order = Read(request, parts.Length > 3 ? parts[3] : null, needsOrder: true, needsUser: redeem);
        if (order.Reward is { } reward && promotion.Rewards.Count > 0 && !promotion.Rewards.Contains(reward.Sku))
            throw new IfeelgoodsRefusedException(switches.RefusedStatus, "operation_refused", "The promotion does not offer this reward.");
        var (redemption, isNew) = store.Create(promotion, order, book, redeem);
        return Show(isNew ? 201 : 200, redemption);
    }

    private Reply Get(ServiceRequest request, Redemption redemption)
    {
        if ((request.Header("Accept") ?? "").Contains("application/pdf", StringComparison.Ordinal))
        {
            return redemption.State == RedemptionState.Redeemed
                ? new Reply(200, "application/pdf", Pdf(redemption))
                : throw new IfeelgoodsRefusedException(406, "not_acceptable", "There is no card before the redemption is redeemed.");
        }

        return Show(200, redemption);
    }

    private Reply List(ServiceRequest request, Promotion promotion)
    {
        var rows = store.Redemptions.Where(r => r.Promotion == promotion
            && (request.Query("reward_sku") is not { } sku || r.Reward?.Sku == sku)
            && (request.Query("user_email") is not { } email || string.Equals(r.User?.Email, email, StringComparison.OrdinalIgnoreCase))
            && (request.Query("order_id") is not { } order || r.OrderId == order)
            && (request.Query("state") is not { } state || state.Equals(r.State.ToString(), StringComparison.OrdinalIgnoreCase))).ToArray();
        if (rows.Length > switches.SortingLimit)
            throw new IfeelgoodsRefusedException(422, "sorting_limit_exceeded", "Too many rows: use a filter.");
        return writer.List(request, rows, (json, row) => writer.Redemption(json, row, switches.CodesInLists));
    }

    private Reply Show(int status, Redemption redemption) =>
        store.Read(() => IfeelgoodsJson.One(status, json => writer.Redemption(json, redemption, withCodes: true)));

    private RedemptionRequest Read(ServiceRequest request, string? sku, bool needsOrder, bool needsUser)
    {
        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(request.Body);
        }
        catch (JsonException)
        {
            // Told as malformed below.
        }

        using (document)
            return RedemptionRequest.Read(document, store.Rewards, sku, switches, needsOrder, needsUser);
    }

    private Promotion PromotionOf(string id) => store.FindPromotion(id) ?? throw IfeelgoodsRefusedException.NotFound("promotion");

    private Redemption RedemptionOf(string id)
    {
        // The sandbox always has this one (§6).
        if (id == "IFEEL-GOODS")
            return new Redemption(id, store.Promotions[0], "sample", DateTimeOffset.UnixEpoch) { Reward = store.Rewards.All[0], Amount = 60m };
        return store.Find(id) ?? throw IfeelgoodsRefusedException.NotFound("redemption");
    }

    /// <summary>A small but whole PDF with the reward's name.</summary>
    private static ReadOnlyMemory<byte> Pdf(Redemption redemption)
    {
        var text = $"BT /F1 24 Tf 60 700 Td ({redemption.Reward!.Name} - simulated card) Tj ET";
        string[] objects =
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
            $"<< /Length {text.Length} >>\nstream\n{text}\nendstream",
        ];
        var pdf = new StringBuilder("%PDF-1.4\n");
        var offsets = new List<int>();
        for (var at = 0; at < objects.Length; at++)
        {
            offsets.Add(pdf.Length);
            pdf.Append(System.Globalization.CultureInfo.InvariantCulture, $"{at + 1} 0 obj\n{objects[at]}\nendobj\n");
        }

        var table = pdf.Length;
        pdf.Append(System.Globalization.CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            pdf.Append(System.Globalization.CultureInfo.InvariantCulture, $"{offset:0000000000} 00000 n \n");
        pdf.Append(System.Globalization.CultureInfo.InvariantCulture, $"trailer << /Size {objects.Length + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(pdf.ToString());
    }
}

using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;

namespace TargoGiftbit.Core.Providers.Ifeelgoods;

/// <summary>Turns answers into this room's records; what cannot be told apart from nothing is left out.</summary>
internal static class IfeelgoodsReading
{
    public static IfeelgoodsReward? Reward(IfeelgoodsNode node)
    {
        if (Sku(node) is not { } sku) return null;
        var (min, max) = Range(node["dimensions"]["available_denominations_range"].Text ?? node["available_denominations_range"].Text);
        return new IfeelgoodsReward
        {
            RewardSku = sku,
            Name = node["name"].Text ?? sku,
            Denomination = node["denomination"].Text,
            FaceValue = node["face_value"].Number,
            Cost = node["cost"].Number is { } cost ? Amount(cost, node["cost_currency"].Text) : null,
            Status = Redaction.Word(node["status"].Text),
            InStock = node["in_stock"].Truth,
            StockQuantity = node["stock_quantity"].Number is { } stock ? (int)stock : null,
            ExpirationDate = node["expiration_date"].Day,
            // §5: either sign says that the amount is free.
            IsFreeValue = node["free_value"].Truth == true || sku.EndsWith("-VAR", StringComparison.OrdinalIgnoreCase),
            MinValue = min,
            MaxValue = max,
            Country = node["country"].Texts,
            Category = node["categories"].Texts,
            Tag = node["tags"].Texts,
            LogoUrl = Address(node["logo_url"].Text),
            BadgeUrl = Address(node["catalog_badge_url"].Text),
            CardUrl = Address(node["catalog_card_url"].Text),
            Description = node["description"].Text,
            Terms = node["terms_and_conditions"].Text,
            TermsUrl = Address(node["terms_and_conditions_url"].Text),
            HowToUse = node["how_to_use_instructions"].Text,
            Important = node["important_instructions"].Text,
        };
    }

    public static IfeelgoodsClient? Client(IfeelgoodsNode node)
    {
        if (node["id"].Text is not { } id) return null;
        var currency = node["balance_currency"].Text ?? node["currency"].Text;
        return new IfeelgoodsClient
        {
            ClientId = id,
            Name = node["name"].Text ?? id,
            Balance = Value(node["balance"], currency),
            BudgetAlert = [.. node["budget_alerts"].Items.Select(alert => Value(alert, currency)).OfType<Money>().OrderByDescending(alert => alert.Cents)],
            Country = node["operating_countries"].Texts,
        };
    }

    public static IfeelgoodsPromotion? Promotion(IfeelgoodsNode node) => node["id"].Text is not { } id ? null : new IfeelgoodsPromotion(
        id, node["client"]["id"].Text ?? node["client_id"].Text, Redaction.Word(node["status"].Text), Redaction.Word(node["state"].Text),
        [.. node["rewards"].Items.Select(reward => Sku(reward) ?? reward.Text).OfType<string>()]);

    public static IfeelgoodsRedemption? Redemption(IfeelgoodsNode node)
    {
        if (node["id"].Text is not { } id) return null;
        var state = Redaction.Word(node["state"].Text)?.ToLowerInvariant() ?? "";
        var (expires, updated) = (node["expiration_datetime"].Time, node["updated_datetime"].Time);
        var link = Link(node["url"].Text);
        var barcode = node["reward_format"]["barcode_type"].Text?.ToLowerInvariant() switch
        {
            "c128" or "code128" => BarcodeKind.Code128,
            "qrcode" or "qr" => BarcodeKind.Qr,
            _ => BarcodeKind.None,
        };
        return new IfeelgoodsRedemption(id)
        {
            OrderId = node["order_id"].Text,
            State = state,
            Status = IfeelgoodsStatus.Of(state, link is not null, expires, updated),
            PromotionId = node["promotion"]["id"].Text,
            RewardSku = Sku(node["reward"]),
            RewardName = node["reward"]["name"].Text,
            Value = Value(node["value"], null),
            CreatedAt = node["activation_datetime"].Time,
            ExpiresAt = expires,
            RedeemedAt = node["redeemed_datetime"].Time,
            UpdatedAt = updated,
            // §4: the redemption's own word, else the narrow rule.
            IsCancelable = node["cancelable"].Truth ?? (state is "pending" or "failed"),
            IsTest = node["testing"].Truth == true,
            Link = link,
            NotificationChannel = node["notification_channels"].Texts,
            CodeFormat = node["reward_format"]["usages"].Texts,
            BarcodeType = barcode,
            CodesExpireAt = node["reward_codes"]["expiration_datetime"].Time,
            Codes = Codes(node["reward_codes"]["codes"], barcode),
        };
    }

    // §4: an array, though one sample shows a single object.
    private static List<GiftCode> Codes(IfeelgoodsNode codes, BarcodeKind barcode) =>
        [.. (codes.IsObject ? [codes] : codes.Items).Select(code => Code(code, barcode)).OfType<GiftCode>()];

    private static GiftCode? Code(IfeelgoodsNode code, BarcodeKind barcode) => code["value"].Text is not { } value ? null : new GiftCode(
        code["usage"].Text?.ToLowerInvariant() switch
        {
            "primary" => GiftCodeUsage.Primary,
            "security" => GiftCodeUsage.Security,
            "url" => GiftCodeUsage.Url,
            "security_url" => GiftCodeUsage.SecurityUrl,
            "security_url_code" => GiftCodeUsage.SecurityUrlCode,
            "printable_document_url" => GiftCodeUsage.PrintableDocumentUrl,
            "barcode" => GiftCodeUsage.Barcode,
            _ => GiftCodeUsage.Other,
        },
        value, code["name"].Text ?? "", barcode);

    // §4: SPEC prints reward.id where the others print reward.sku.
    private static string? Sku(IfeelgoodsNode reward) => reward["sku"].Text ?? reward["id"].Text;

    private static Money? Value(IfeelgoodsNode node, string? currency) => node.IsObject
        ? (node["amount"].Number ?? node["value"].Number ?? node["threshold"].Number) is { } amount ? Amount(amount, node["currency"].Text ?? currency) : null
        : node.Number is { } number ? Amount(number, currency) : null;

    private static Money Amount(decimal units, string? currency) => new((long)decimal.Round(units * 100m), Redaction.Word(currency)?.ToUpperInvariant() ?? "");

    private static (int? Min, int? Max) Range(string? text)
    {
        if (text?.Split("..") is not [var min, var max]) return (null, null);
        return (Whole(min), Whole(max));

        static int? Whole(string part) =>
            decimal.TryParse(part, System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture, out var number) ? (int)number : null;
    }

    // §5: samples are scheme-relative.
    private static Uri? Address(string? text) =>
        Uri.TryCreate(text?.StartsWith("//", StringComparison.Ordinal) == true ? "https:" + text : text, UriKind.Absolute, out var address) ? address : null;

    private static GiftLink? Link(string? text)
    {
        if (Address(text) is not { } address || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp)) return null;
        return new GiftLink(text!.StartsWith("//", StringComparison.Ordinal) ? "https:" + text : text);
    }
}

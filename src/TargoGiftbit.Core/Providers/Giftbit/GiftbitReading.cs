using System.Globalization;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Providers.Giftbit.Wire;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <summary>Turns what came over the wire into this room's records.</summary>
internal static class GiftbitReading
{
    public static GiftbitBrand? Brand(WireBrand wire) => wire.BrandCode is not { Length: > 0 } code ? null : new GiftbitBrand
    {
        BrandCode = code,
        Name = wire.Name is { Length: > 0 } name ? name : code,
        ImageUrl = wire.ImageUrl,
        Disclaimer = wire.Disclaimer,
        Description = wire.Description,
        RegionIds = wire.Regions ?? [],
        Currency = Redaction.Word(wire.Currency),
        HasVariablePrice = wire.VariablePrice,
        MinPriceInCents = wire.MinPriceInCents,
        MaxPriceInCents = wire.MaxPriceInCents,
        AllowedPricesInCents = [.. (wire.AllowedPricesInCents ?? []).Select(Cents).OfType<long>().Order()],
    };

    public static GiftbitRegion? Region(WireRegion wire) =>
        wire is { Id: { } id, Name: { } name } ? new GiftbitRegion(id, name, wire.ImageUrl) : null;

    public static GiftbitGift? Gift(WireGift wire) => wire.Uuid is not { Length: > 0 } uuid ? null : new GiftbitGift
    {
        Uuid = uuid,
        CampaignUuid = Told(wire.CampaignUuid),
        CampaignId = Told(wire.CampaignId),
        Status = Redaction.Word(wire.Status),
        DeliveryStatus = Redaction.Word(wire.DeliveryStatus),
        PriceInCents = wire.PriceInCents,
        BrandCode = Told(wire.BrandCode),
        RecipientName = Told(wire.RecipientName),
        RecipientEmail = Told(wire.RecipientEmail),
        RedeliveryCount = (int?)wire.RedeliveryCount,
        Created = GiftbitTime.Read(wire.CreatedDate),
        Delivered = GiftbitTime.Read(wire.DeliveryDate),
        Redeemed = GiftbitTime.Read(wire.RedeemedDate),
        ManagementLink = wire.ManagementLink ?? wire.ManagementLinkMisspelt,
        Link = Link(wire.ShortLink),
    };

    public static GiftbitOrder Order(WireCampaign wire) => new()
    {
        Uuid = Told(wire.Uuid),
        Id = Told(wire.Id),
        Status = Redaction.Word(wire.Status),
        DeliveryType = Told(wire.DeliveryType),
        Message = wire.Message,
        Subject = wire.Subject,
        PriceInCents = wire.PriceInCents,
        BrandCodes = wire.BrandCodes ?? [],
        Region = Told(wire.Region),
        Expiry = Told(wire.Expiry),
        Contacts = [.. (wire.Contacts ?? []).Where(c => !string.IsNullOrWhiteSpace(c.Email)).Select(c => new GiftbitContact(c.Email!.Trim(), c.Added ?? c.AddedMisspelt, c.Message))],
        ContactsTaken = wire.ContactsSuccessCount ?? wire.ContactSuccessCount,
        ContactsRefused = wire.ContactsFailureCount ?? wire.ContactFailureCount,
        LinkCount = wire.LinkCount,
        Total = wire.Fees is { TotalInCents: { } cents } fees && fees.CostEntries?.Select(e => e.Currency).FirstOrDefault(c => c is { Length: > 0 }) is { } currency
            ? new Money(cents, Redaction.Word(currency) ?? "") : null,
    };

    public static ProviderFund Fund(string name, WireFund wire)
    {
        var currency = Redaction.Word(name) ?? "";
        return new(currency, new Money(wire.AvailableInCents ?? 0, currency), new Money(wire.PendingInCents ?? 0, currency), new Money(wire.ReservedInCents ?? 0, currency));
    }

    /// <summary>A link, or null when the text is none.</summary>
    public static GiftLink? Link(string? text)
    {
        var url = text?.Trim();
        return Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) ? new GiftLink(url!) : null;
    }

    private static long? Cents(string text) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var cents) ? cents : null;

    private static string? Told(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}

using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Providers.Ifeelgoods;

/// <summary>
/// A redemption: one gift at Ifeelgoods. Its own id is part of the customer's link (reference/ifeelgoods.md §4), so that it is
/// worth money like the codes: it is read through <see cref="RevealId"/> only.
/// </summary>
public sealed record IfeelgoodsRedemption
{
    private readonly string id;

    internal IfeelgoodsRedemption(string id) => this.id = id;

    /// <summary>The order it was made for; null when not told.</summary>
    public string? OrderId { get; init; }

    /// <summary>booked, pending, redeemed, denied, failed, canceled, or a word that came later.</summary>
    public string State { get; init; } = "";

    /// <summary>The state in this product's words; null when the word is unknown.</summary>
    public GiftStatus? Status { get; init; }

    /// <summary>The promotion; null when not told.</summary>
    public string? PromotionId { get; init; }

    /// <summary>The reward; null when not told or not chosen yet.</summary>
    public string? RewardSku { get; init; }

    /// <summary>The reward's name.</summary>
    public string? RewardName { get; init; }

    /// <summary>Its value; null when not told.</summary>
    public Money? Value { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it ends if nobody takes it.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the code was attached: from then on it is billed and final.</summary>
    public DateTimeOffset? RedeemedAt { get; init; }

    /// <summary>Last change.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Whether it can be canceled, as far as is known.</summary>
    public bool IsCancelable { get; init; }

    /// <summary>True for a test.</summary>
    public bool IsTest { get; init; }

    /// <summary>The customer's page, masked; null when not told.</summary>
    public GiftLink? Link { get; init; }

    /// <summary>Ways in which Ifeelgoods itself writes to the user; should be empty, or the customer gets two mails.</summary>
    public IReadOnlyList<string> NotificationChannel { get; init; } = [];

    /// <summary>The usages its codes have, as told.</summary>
    public IReadOnlyList<string> CodeFormat { get; init; } = [];

    /// <summary>How its barcode is drawn.</summary>
    public BarcodeKind BarcodeType { get; init; }

    /// <summary>When the codes end.</summary>
    public DateTimeOffset? CodesExpireAt { get; init; }

    /// <summary>All its codes, masked.</summary>
    public IReadOnlyList<GiftCode> Codes { get; init; } = [];

    /// <summary>The code itself, or null.</summary>
    public GiftCode? Code => Pick(GiftCodeUsage.Primary);

    /// <summary>The PIN, or null.</summary>
    public GiftCode? Pin => Pick(GiftCodeUsage.Security);

    /// <summary>The address behind which the gift lies, protected or not; or null.</summary>
    public GiftCode? Url => Pick(GiftCodeUsage.Url) ?? Pick(GiftCodeUsage.SecurityUrl);

    /// <summary>What the protected address asks for, or null.</summary>
    public GiftCode? UrlCode => Pick(GiftCodeUsage.SecurityUrlCode);

    /// <summary>Address of a card to print, or null.</summary>
    public GiftCode? PrintableUrl => Pick(GiftCodeUsage.PrintableDocumentUrl);

    /// <summary>What the barcode says, or null.</summary>
    public GiftCode? Barcode => Pick(GiftCodeUsage.Barcode);

    /// <summary>The redemption's own id. Whoever knows it can open the customer's page.</summary>
    public string RevealId() => id;

    /// <summary>The first code of a usage, or null.</summary>
    public GiftCode? Pick(GiftCodeUsage usage) => Codes.FirstOrDefault(code => code.Usage == usage);

    /// <summary>Order and state.</summary>
    public override string ToString() => $"{OrderId ?? "•••"} ({State})";
}

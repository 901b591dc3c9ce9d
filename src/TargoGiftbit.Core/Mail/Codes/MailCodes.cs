using System.Globalization;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Templates;
using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Core.Mail.Codes;

/// <summary>
/// What a mail shows of a gift's codes. Holds them in clear and is handed to nobody but the template (spec A7).
/// </summary>
internal sealed class MailCodes
{
    /// <summary>Content id of the barcode.</summary>
    public const string BarcodeId = "barcode@gift";

    private readonly Dictionary<GiftCodeUsage, string> values;
    private readonly BarcodeImage? barcode;

    private MailCodes(Dictionary<GiftCodeUsage, string> values, BarcodeKind kind)
    {
        this.values = values;
        barcode = Of(GiftCodeUsage.Barcode) is { Length: > 0 } text ? BarcodeImage.Draw(kind, text) : null;
    }

    /// <summary>The address behind which the gift lies; empty when it is a plain code.</summary>
    public string Url => Address(Of(GiftCodeUsage.Url) is { Length: > 0 } url ? url : Of(GiftCodeUsage.SecurityUrl));

    /// <summary>The embedded picture, when there is one.</summary>
    public IReadOnlyList<InlineImage> Images => barcode is null ? [] : [new InlineImage(BarcodeId, "image/png", "code.png", barcode.Png)];

    /// <summary>The codes of a gift.</summary>
    public static MailCodes Of(Gift gift) => new(First(gift.Codes, code => code.Reveal()), Kind(gift.Codes));

    /// <summary>The same with every value masked, to look at: its barcode says so, too.</summary>
    public static MailCodes Masked(Gift gift) => gift.Codes.Count == 0
        ? Sample()
        : new MailCodes(First(gift.Codes, code => code.Usage is GiftCodeUsage.Url or GiftCodeUsage.SecurityUrl or GiftCodeUsage.PrintableDocumentUrl ? "https://example.com/masked"
            : code.Usage == GiftCodeUsage.Barcode ? "00000000" : code.Masked), Kind(gift.Codes));

    /// <summary>Made-up codes that are worth nothing.</summary>
    public static MailCodes Sample() => new(
        new Dictionary<GiftCodeUsage, string> { [GiftCodeUsage.Primary] = "EXEMPLE-0000-SAMPLE", [GiftCodeUsage.Security] = "4321", [GiftCodeUsage.Barcode] = "0000000000000000" },
        BarcodeKind.Code128);

    /// <summary>Made-up codes of the kind that is an address.</summary>
    public static MailCodes SampleAddress(GiftLanguage language) => new(
        new Dictionary<GiftCodeUsage, string>
        {
            [GiftCodeUsage.SecurityUrl] = MailSamples.Url(language), [GiftCodeUsage.SecurityUrlCode] = "0000-SAMPLE", [GiftCodeUsage.PrintableDocumentUrl] = "https://example.com/print-sample",
        },
        BarcodeKind.None);

    /// <summary>Puts the values into their slots.</summary>
    public void Fill(MailSlots slots)
    {
        slots[MailSlot.Code] = Of(GiftCodeUsage.Primary) is { Length: > 0 } primary ? primary : Of(GiftCodeUsage.Other);
        slots[MailSlot.Pin] = Of(GiftCodeUsage.Security);
        slots[MailSlot.UrlCode] = Of(GiftCodeUsage.SecurityUrlCode);
        slots[MailSlot.PrintableUrl] = Address(Of(GiftCodeUsage.PrintableDocumentUrl));
        slots[MailSlot.BarcodeText] = Of(GiftCodeUsage.Barcode);
        slots[MailSlot.BarcodeCid] = barcode is null ? "" : BarcodeId;
        slots[MailSlot.BarcodeWidth] = barcode?.Width.ToString(CultureInfo.InvariantCulture) ?? "";
    }

    private string Of(GiftCodeUsage usage) => values.GetValueOrDefault(usage, "");

    private static Dictionary<GiftCodeUsage, string> First(IReadOnlyList<GiftCode> codes, Func<GiftCode, string> value)
    {
        Dictionary<GiftCodeUsage, string> first = [];
        foreach (var code in codes) first.TryAdd(code.Usage, MailValue.Line(value(code)));
        return first;
    }

    private static BarcodeKind Kind(IReadOnlyList<GiftCode> codes) => codes.FirstOrDefault(code => code.Usage == GiftCodeUsage.Barcode)?.Barcode ?? BarcodeKind.None;

    // What goes into href is an address or nothing: a provider's word must not become a script.
    private static string Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? text : "";
}

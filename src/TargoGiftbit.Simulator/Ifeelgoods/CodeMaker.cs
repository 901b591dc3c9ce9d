using System.Globalization;
using TargoGiftbit.Simulator.Faults;

namespace TargoGiftbit.Simulator.Ifeelgoods;

/// <summary>Draws ids and code values; the values say by their look that they are worth nothing (ifeelgoods.md §6).</summary>
internal sealed class CodeMaker(int seed)
{
    private const string Letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private SeededRandom _random = new(seed, "ifeelgoods");

    /// <summary><c>XXXXX-XXXXX</c>.</summary>
    public string NextId() => $"{Draw(5)}-{Draw(5)}";

    public IReadOnlyList<RedemptionCode> Make(Redemption redemption)
    {
        var reward = redemption.Reward!;
        var number = Draw(12);
        var code = $"{reward.Sku.Split('-')[0]}-TEST-{number}";
        var url = $"https://code.example/{Draw(16)}";
        List<RedemptionCode> codes = reward.Format switch
        {
            CodeFormat.Primary => [new("Code", code, "string", "primary")],
            CodeFormat.PrimaryAndSecurity => [new("Code", code, "string", "primary"), new("PIN", Pin(), "string", "security")],
            CodeFormat.Url => [new("Link", url, "url", "url")],
            _ => [new("Secure link", url, "url", "security_url"), new("Challenge", Pin(), "string", "security_url_code")],
        };
        if (reward.Barcode != "none")
            codes.Add(new RedemptionCode("Barcode", $"9{Digits(15)}", "string", "barcode"));
        if (reward.Printable)
            codes.Add(new RedemptionCode("Printable card", $"https://code.example/print/{Draw(16)}.pdf", "url", "printable_document_url"));
        return codes;
    }

    public static IReadOnlyList<string> UsagesOf(Reward reward)
    {
        List<string> usages = reward.Format switch
        {
            CodeFormat.Primary => ["primary"],
            CodeFormat.PrimaryAndSecurity => ["primary", "security"],
            CodeFormat.Url => ["url"],
            _ => ["security_url", "security_url_code"],
        };
        if (reward.Barcode != "none")
            usages.Add("barcode");
        if (reward.Printable)
            usages.Add("printable_document_url");
        return usages;
    }

    private string Pin() => _random.Next(10_000).ToString("0000", CultureInfo.InvariantCulture);

    private string Draw(int length) => string.Create(length, this, static (span, maker) =>
    {
        foreach (ref var letter in span)
            letter = Letters[maker._random.Next(Letters.Length)];
    });

    private string Digits(int length) => string.Create(length, this, static (span, maker) =>
    {
        foreach (ref var digit in span)
            digit = (char)('0' + maker._random.Next(10));
    });
}

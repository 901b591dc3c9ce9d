using System.Globalization;

namespace TargoGiftbit.Simulator.Ifeelgoods;

/// <summary>Rewards of every code format, stock kind and value kind, and enough others that a list needs several pages.</summary>
public sealed class RewardCatalogue
{
    private readonly Dictionary<string, Reward> _bySku = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Reward> _all = [];

    public RewardCatalogue()
    {
        Add(new Reward("TIM-GC-60CAD-CA", "Tim Hortons") { Format = CodeFormat.PrimaryAndSecurity, Barcode = "c128" });
        Add(new Reward("IGA-GC-60CAD-CA", "IGA"));
        Add(new Reward("CTC-GC-60CAD-CA", "Canadian Tire") { Barcode = "qrcode", Printable = true });
        Add(new Reward("APP-ITC-60CAD-CA", "App Store & iTunes") { Format = CodeFormat.Url });
        Add(new Reward("HHW-GC-60CAD-CA", "Home Hardware") { Format = CodeFormat.SecurityUrl });
        Add(new Reward("AMZ-GC-CA-VAR", "Amazon.ca") { Denomination = "VAR", FaceValue = null, FreeValue = (5, 250) });
        Add(new Reward("LOW-GC-60CAD-CA", "Metro") { Stock = 2, Expiration = new DateOnly(2027, 6, 30) });
        Add(new Reward("SOLD-GC-60CAD-CA", "SAQ") { Stock = 0 });
        Add(new Reward("OFF-GC-60CAD-CA", "Walmart") { Status = "paused" });
        Add(new Reward("APP-ITC-10USD-US", "App Store & iTunes US") { Denomination = "10USD", FaceValue = 10m, Currency = "USD", Country = "US" });
        for (var number = 1; number <= 60; number++)
        {
            var sku = string.Create(CultureInfo.InvariantCulture, $"SIM-{number:000}-25CAD-CA");
            Add(new Reward(sku, string.Create(CultureInfo.InvariantCulture, $"Simulated Shop {number:000}")) { Denomination = "25CAD", FaceValue = 25m });
        }
    }

    public IReadOnlyList<Reward> All => _all;

    public Reward? Find(string? sku) => sku is null ? null : _bySku.GetValueOrDefault(sku);

    public void Add(Reward reward)
    {
        _bySku.Add(reward.Sku, reward);
        _all.Add(reward);
    }
}

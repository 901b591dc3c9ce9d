using System.Globalization;
using System.Management.Automation;
using TargoGiftbit.Binding;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Giftbit;

/// <summary>Gets the brands that Giftbit offers.</summary>
/// <remarks>
/// Lists tell no prices; a brand that is named, or <c>-Detailed</c>, does. What was listed is remembered, so that brand codes and
/// names complete with Tab afterwards, and names of regions after one of them was given.
/// </remarks>
/// <example>
/// <code>Get-GiftbitBrand -Region Canada -Currency CAD</code>
/// <para>Lists the Canadian brands.</para>
/// </example>
/// <example>
/// <code>Get-GiftbitBrand timhortonsca, walmartca | Where-Object { $_.Allows(6000) }</code>
/// <para>Shows which of two brands can be had for 60 $.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "GiftbitBrand", DefaultParameterSetName = ListSet)]
[OutputType(typeof(GiftbitBrand))]
public sealed class GetGiftbitBrandCommand : GiftbitCommand
{
    private const string ListSet = "List";
    private const string CodeSet = "Code";

    /// <summary>Codes of the brands.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CodeSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(BrandCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? BrandCode { get; set; }

    /// <summary>Only brands of this region: its name, its number, or the region itself.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>Only brands that can be had for this amount, for example <c>60</c> or <c>6000c</c>.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [MoneyTransformation]
    public int? Price { get; set; }

    /// <summary>Only brands paid in this currency: <c>CAD</c>, <c>USD</c>, <c>AUD</c>.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public string? Currency { get; set; }

    /// <summary>Only brands whose name holds this text.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public string? Search { get; set; }

    /// <summary>Ask for each brand's prices, conditions and regions too: one more call per brand.</summary>
    [Parameter(ParameterSetName = ListSet)]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => RunConnected(ParameterSetName == CodeSet ? NamedAsync : ListAsync);

    private async Task NamedAsync(GiftbitApi api, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        foreach (var code in BrandCode!)
        {
            await TryAsync(pipeline, code, async () =>
                await WriteAsync(pipeline, [await api.GetBrandAsync(code, cancellationToken).ConfigureAwait(false)]).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    private async Task ListAsync(GiftbitApi api, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var filter = new GiftbitBrandFilter
        {
            RegionId = await RegionIdAsync(api, pipeline, cancellationToken).ConfigureAwait(false),
            MinPriceInCents = Price,
            MaxPriceInCents = Price,
            Currency = Currency,
            Search = Search,
        };
        var page = new List<GiftbitBrand>();
        await foreach (var brand in api.ListBrandsAsync(filter, cancellationToken).ConfigureAwait(false))
        {
            page.Add(Detailed ? await api.GetBrandAsync(brand.BrandCode, cancellationToken).ConfigureAwait(false) : brand);
            if (!Detailed && page.Count < 100) continue;
            await WriteAsync(pipeline, page).ConfigureAwait(false);
            page = [];
        }
        await WriteAsync(pipeline, page).ConfigureAwait(false);
    }

    private async Task<string?> RegionIdAsync(GiftbitApi api, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(Region) || int.TryParse(Region, NumberStyles.None, CultureInfo.InvariantCulture, out _)) return Region;
        // Giftbit silently ignores a name where it wants the number (reference/giftbit.md §7).
        var regions = await RegionsAsync(api, pipeline, cancellationToken).ConfigureAwait(false);
        return regions.FirstOrDefault(r => r.Name.Equals(Region, StringComparison.OrdinalIgnoreCase))?.Id
            ?? throw new CommandException("GiftbitUnknownRegion", CommandText.RegionUnknown(Region, string.Join(", ", regions.Select(r => r.Name))));
    }

    private async Task WriteAsync(PipelineWriter pipeline, List<GiftbitBrand> brands)
    {
        if (brands.Count == 0) return;
        await RememberAsync(pipeline, ledger => ledger.Brands.Store(Environment, "giftbit", brands.Select(b => new KnownBrand(b.BrandCode, b.Name, b.ImageUrl)))).ConfigureAwait(false);
        await pipeline.WriteAllAsync(brands).ConfigureAwait(false);
    }
}

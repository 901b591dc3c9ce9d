using System.Management.Automation;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Errors;

namespace TargoGiftbit.Commands.Giftbit;

/// <summary>Gets the regions of Giftbit's catalogue.</summary>
/// <remarks>An order names a region by its name; brands are filtered by its number. <c>Get-GiftbitBrand -Region</c> takes either.
/// What was listed is remembered, so that <c>-Region</c> completes with Tab afterwards.</remarks>
/// <example>
/// <code>Get-GiftbitRegion</code>
/// <para>Lists all regions.</para>
/// </example>
/// <example>
/// <code>Get-GiftbitRegion Can*</code>
/// <para>Finds the region called Canada.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "GiftbitRegion")]
[OutputType(typeof(GiftbitRegion))]
public sealed class GetGiftbitRegionCommand : GiftbitCommand
{
    /// <summary>Names of the regions; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void EndProcessing() => RunConnected(async (api, pipeline, cancellationToken) =>
    {
        var regions = await RegionsAsync(api, pipeline, cancellationToken).ConfigureAwait(false);
        await WriteNamedAsync(pipeline, regions, r => r.Name, Name,
            name => ErrorFactory.Create("GiftbitUnknownRegion", CommandText.RegionUnknown(name, string.Join(", ", regions.Select(r => r.Name))), name)).ConfigureAwait(false);
    });
}

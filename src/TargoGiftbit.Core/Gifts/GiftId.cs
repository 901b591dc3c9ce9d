using System.Globalization;

namespace TargoGiftbit.Core.Gifts;

/// <summary>
/// The identity of a gift: environment, campaign and row. The row belongs to one customer for ever (spec, introduction),
/// and with it everything derived from it.
/// </summary>
/// <param name="Environment">Sandbox or production.</param>
/// <param name="CampaignId">The campaign's id, <c>[A-Za-z0-9_-]{1,64}</c>.</param>
/// <param name="Row">1 or more.</param>
public readonly record struct GiftId(GiftEnvironment Environment, string CampaignId, int Row)
{
    /// <summary>The id that travels with every message: <c>campaign:row</c> (spec D6).</summary>
    public string CustomId => string.Create(CultureInfo.InvariantCulture, $"{CampaignId}:{Row}");

    /// <summary>Reads a CustomID back.</summary>
    /// <param name="customId"><c>campaign:row</c>.</param>
    /// <param name="environment">The environment it belongs to.</param>
    /// <param name="id">The identity.</param>
    /// <returns>False when the text is not such an id.</returns>
    public static bool TryParseCustomId(string? customId, GiftEnvironment environment, out GiftId id)
    {
        id = default;
        if (customId is null) return false;
        var colon = customId.LastIndexOf(':');
        if (colon <= 0 || !int.TryParse(customId.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var row) || row < 1)
            return false;
        id = new GiftId(environment, customId[..colon], row);
        return true;
    }

    /// <summary>For messages to operators: <c>campaign:row</c>, with the environment when it is production.</summary>
    public override string ToString() => Environment == GiftEnvironment.Production ? $"{CustomId} (production)" : CustomId;
}

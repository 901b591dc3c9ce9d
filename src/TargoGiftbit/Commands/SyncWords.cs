using System.Globalization;
using System.Resources;
using TargoGiftbit.Core.Reconciliation;

namespace TargoGiftbit.Commands;

/// <summary>What <c>Sync-GiftCampaign</c> says; the words are in <c>SyncWords.resx</c>.</summary>
internal static class SyncWords
{
    private static readonly ResourceManager Words = new(typeof(SyncWords));

    internal static string Same(object? campaign) => Format(nameof(Same), campaign);

    internal static string Offer(object? count, object? all) => Format(nameof(Offer), count, all);

    /// <summary>What was done about a difference, or what to do.</summary>
    internal static string Advice(SyncFinding finding, bool isRepaired, bool canRepair) =>
        Get(isRepaired ? finding + "Repaired" : canRepair ? "Repairable" : finding + "Open");

    private static string Format(string name, params object?[] values) => string.Format(CultureInfo.InvariantCulture, Get(name), values);

    private static string Get(string name) => Words.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(name);
}

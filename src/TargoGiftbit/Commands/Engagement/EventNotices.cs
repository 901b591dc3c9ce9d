using TargoGiftbit.Core.Engagement;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Engagement;

/// <summary>What the operator hears of events at the end.</summary>
internal static class EventNotices
{
    internal static async Task SumUpAsync(EventTally tally, PipelineWriter pipeline)
    {
        if (tally.UnknownWords.Count > 0) await pipeline.WarningAsync(EngagementCommandText.UnknownWords(string.Join(", ", tally.UnknownWords))).ConfigureAwait(false);
        if (tally.Quarantined > 0) await pipeline.WarningAsync(EngagementCommandText.Quarantined(tally.Quarantined, tally.MainReason)).ConfigureAwait(false);
        await pipeline.VerboseAsync(EngagementCommandText.Stopped(tally.All, tally.Stored, tally.Quarantined)).ConfigureAwait(false);
    }
}

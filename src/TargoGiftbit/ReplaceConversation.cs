using TargoGiftbit.Commands;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers;
using TargoGiftbit.Errors;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit;

/// <summary>A replacement of gifts as it is talked over with the operator: what can be replaced, whether it is meant, what came of it.</summary>
/// <param name="replacement">The work.</param>
/// <param name="pipeline">Where it is talked over.</param>
internal sealed class ReplaceConversation(GiftReplacement replacement, PipelineWriter pipeline)
{
    /// <summary>Looks at the gifts of one campaign, asks once, replaces them one by one and writes the new ones.</summary>
    internal async Task RunAsync(IReadOnlyList<GiftId> ids, ProviderAccount account, string? reason, bool force, CancellationToken cancellationToken)
    {
        var looks = new List<ReplacementLook>();
        foreach (var id in ids)
            await TryAsync(id, async () =>
            {
                var look = await replacement.LookAsync(id, cancellationToken).ConfigureAwait(false);
                if (look is { IsToBeOrdered: false, Replacement: { } known }) await pipeline.VerboseAsync(LifeText.ReplacedBefore(id, known.Identity)).ConfigureAwait(false);
                looks.Add(look);
            }).ConfigureAwait(false);
        if (looks.Count == 0) return;
        await replacement.CheckTermsAsync(looks, cancellationToken).ConfigureAwait(false);
        var fresh = looks.FindAll(l => l.IsToBeOrdered).ConvertAll(l => l.Old);
        if (fresh.Count > 0 && !await MayReplaceAsync(fresh, account.DisplayName, force).ConfigureAwait(false)) return;
        foreach (var look in looks)
            await TryAsync(look.Old.Identity, async () =>
            {
                var run = await replacement.ReplaceAsync(look, reason, cancellationToken).ConfigureAwait(false);
                await OrderConversation.WriteAsync(run, pipeline).ConfigureAwait(false);
            }).ConfigureAwait(false);
    }

    private async Task<bool> MayReplaceAsync(List<Gift> gifts, string account, bool force)
    {
        var (environment, campaign) = (gifts[0].Environment, gifts[0].CampaignId);
        var offer = LifeText.ReplaceOffer(gifts.Count, gifts[0].Price * gifts.Count, gifts.Count(g => g.MailState == MailState.Sent));
        var (yes, whatIf) = await pipeline.ShouldProcessAsync(CommandText.Campaign(campaign, environment), offer).ConfigureAwait(false);
        if (whatIf)
            foreach (var gift in gifts)
                await pipeline.WriteAsync(gift with { IsRehearsal = true, ReplacesRow = gift.Row, Link = null, Status = GiftStatus.New, MailState = MailState.NotSent, SentAt = null }).ConfigureAwait(false);
        return yes && (environment == GiftEnvironment.Sandbox || force
            || await pipeline.ShouldContinueAsync(LifeText.RevokeQuestion(offer, account), LifeText.ReplaceCaption).ConfigureAwait(false));
    }

    private async Task TryAsync(GiftId id, Func<Task> part)
    {
        try
        {
            await part().ConfigureAwait(false);
        }
        catch (GiftException e)
        {
            await pipeline.ErrorAsync(ErrorFactory.Create(e, id)).ConfigureAwait(false);
        }
    }
}

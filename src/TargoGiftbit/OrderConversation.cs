using System.Globalization;
using System.Management.Automation;
using TargoGiftbit.Commands;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Errors;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit;

/// <summary>An order as it is talked over with the operator: what is wrong, what it costs, whether it is meant, what came of it.</summary>
/// <param name="order">The order's work.</param>
/// <param name="pipeline">Where it is talked over.</param>
internal sealed class OrderConversation(CampaignOrder order, PipelineWriter pipeline)
{
    /// <summary>Checks, asks, orders, and writes the gifts. Asked once, when count, cost and funds are known (spec A2).</summary>
    internal async Task RunAsync(GiftCampaign terms, IReadOnlyList<GiftContact> contacts, bool skipInvalid, bool force, CancellationToken cancellationToken)
    {
        var preview = await order.PreviewAsync(terms, contacts, skipInvalid, cancellationToken).ConfigureAwait(false);
        await ReportProblemsAsync(preview).ConfigureAwait(false);
        foreach (var warning in preview.Check.Warnings) await pipeline.WarningAsync($"{warning.Message} {warning.Remedy}").ConfigureAwait(false);
        if (!preview.IsNoOp)
        {
            var (yes, whatIf) = await pipeline.ShouldProcessAsync(CommandText.Campaign(terms.CampaignId, terms.Environment), Offer(preview)).ConfigureAwait(false);
            if (whatIf)
                foreach (var gift in CampaignOrder.Rehearse(preview)) await pipeline.WriteAsync(gift).ConfigureAwait(false);
            if (!yes) return;
            if (terms.Environment == GiftEnvironment.Production && !force
                && !await pipeline.ShouldContinueAsync(CommandText.OrderQuestion(Offer(preview), preview.Account.DisplayName), CommandText.OrderCaption(terms.CampaignId)).ConfigureAwait(false))
                return;
        }
        pipeline.Progress(new ProgressRecord(0, CommandText.OrderCaption(terms.CampaignId), Offer(preview)));
        await WriteAsync(await order.ExecuteAsync(preview, cancellationToken).ConfigureAwait(false), pipeline).ConfigureAwait(false);
    }

    private static string Offer(OrderPreview preview) => CommandText.Offer(
        preview.NewGifts, preview.Terms.Price, preview.Check.Cost, preview.Check.Available?.ToString() ?? CommandText.NoFunds, preview.OpenOrders);

    // One error per bad contact and per bad term; the last one ends the cmdlet, since nothing is ordered.
    private async Task ReportProblemsAsync(OrderPreview preview)
    {
        foreach (var bad in preview.BadContacts)
            await pipeline.ErrorAsync(ErrorFactory.Create(bad.Code, bad.Message, bad.Contact, bad.Remedy)).ConfigureAwait(false);
        if (preview.Refusal is not null) throw preview.Refusal;
        foreach (var (problem, index) in preview.Check.Problems.Select((p, i) => (p, i)))
        {
            var error = new CommandException(problem.Code, CommandText.TermsProblem(problem.Message, preview.Terms.CampaignId), problem.Remedy);
            if (index == preview.Check.Problems.Count - 1) throw error;
            await pipeline.ErrorAsync(ErrorFactory.Create(error, problem.Field)).ConfigureAwait(false);
        }
    }

    /// <summary>Writes what came of an order run: warnings, errors, gifts.</summary>
    internal static async Task WriteAsync(OrderRun run, PipelineWriter pipeline)
    {
        var provider = CultureInfo.InvariantCulture.TextInfo.ToTitleCase(run.Campaign.Provider);
        if (run.Campaign.OrderState is OrderState.FundsRequired or OrderState.FundsPending)
            await pipeline.WarningAsync(CommandText.AwaitingFunds(run.Campaign.CampaignId, run.Campaign.OrderState)).ConfigureAwait(false);
        if (run.ChangedAddresses.Count > 0)
            await pipeline.WarningAsync(CommandText.AddressesKept(string.Join(", ", run.ChangedAddresses))).ConfigureAwait(false);
        foreach (var (gift, reason) in run.RefusedContacts)
            await pipeline.ErrorAsync(ErrorFactory.Create(provider + "ContactRefused", CommandText.ContactRefused(gift, reason, provider), gift)).ConfigureAwait(false);
        foreach (var (failed, error) in run.Failures)
            await pipeline.ErrorAsync(ErrorFactory.Create(error, failed.Prepared.OrderId)).ConfigureAwait(false);
        foreach (var gift in run.Gifts.Where(g => g is { Status: not GiftStatus.Failed } && (g.OrderId is not null || g.Link is not null)))
            await pipeline.WriteAsync(gift).ConfigureAwait(false);
    }
}

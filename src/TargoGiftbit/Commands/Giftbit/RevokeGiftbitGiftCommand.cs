using System.Management.Automation;
using System.Security;
using TargoGiftbit.Binding;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Giftbit;

/// <summary>Takes unclaimed gifts back; their money returns to the balance.</summary>
/// <remarks>
/// <para>Each gift is looked at first: one that was redeemed meanwhile stays the customer's. What Giftbit answers decides how the gift is
/// recorded. A gift that is cancelled already is passed on as it is.</para>
/// <para>Production asks once per campaign, with number and worth, unless <c>-Force</c> is given. The link of a cancelled gift leads
/// nowhere: tell a customer who has it.</para>
/// </remarks>
/// <example>
/// <code>Get-Gift -Customer marie.tremblay@example.com | Revoke-GiftbitGift -WhatIf</code>
/// <para>Shows which gifts of a customer could be taken back.</para>
/// </example>
/// <example>
/// <code>Revoke-GiftbitGift targo-2026-q2-loyalty -Row 17 -Reason 'asked not to get it'</code>
/// <para>Cancels one gift.</para>
/// </example>
[Cmdlet(VerbsSecurity.Revoke, "GiftbitGift", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = GiftSet)]
[OutputType(typeof(Gift))]
public sealed class RevokeGiftbitGiftCommand : GiftPipelineCommand
{
    /// <summary>Why, for the gift's history.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <summary>Say yes to the production question beforehand.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Giftbit's API token as a SecureString, or a credential that has it as password; otherwise the settings have it.</summary>
    [Parameter]
    [SecretTransformation]
    public SecureString? Token { get; set; }

    /// <inheritdoc/>
    private protected override bool InStep => true;

    /// <inheritdoc/>
    private protected override SettingParameters Given(SettingParameters parameters) =>
        base.Given(parameters).With(SettingName.GiftbitToken, SecretTransformationAttribute.Reveal(Token));

    private protected override async Task WorkAsync(IAsyncEnumerable<object> records, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var selection = await SelectAsync(records, pipeline).ConfigureAwait(false);
        foreach (var gift in selection.Rehearsals)
        {
            await pipeline.RehearseAsync(gift.ToString(), LifeText.RevokeOffer(1, gift.Price, 0)).ConfigureAwait(false);
            await pipeline.WriteAsync(gift).ConfigureAwait(false);
        }
        foreach (var campaign in selection.ByCampaign())
        {
            RequireProduction(campaign.Key.Environment, campaign.Key.CampaignId);
            await RevokeAsync(campaign.Key.Environment, campaign.Key.CampaignId, [.. campaign], pipeline, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RevokeAsync(GiftEnvironment environment, string campaign, List<GiftId> ids, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        using var provider = GiftbitConnection.Open(Settings, environment, pipeline);
        var account = await provider.CheckAsync(cancellationToken).ConfigureAwait(false);
        var revocation = new GiftRevocation(provider, Ledger, Clock);
        var open = new List<Gift>();
        foreach (var id in ids)
            await TryAsync(pipeline, id, async () =>
            {
                var gift = await revocation.LookAsync(id, cancellationToken).ConfigureAwait(false);
                if (gift.Status == GiftStatus.Refunded) await pipeline.WriteAsync(gift).ConfigureAwait(false);
                else open.Add(gift);
            }).ConfigureAwait(false);
        if (open.Count == 0)
        {
            await pipeline.VerboseAsync(LifeText.RevokeNothing(campaign)).ConfigureAwait(false);
            return;
        }
        if (!await MayRevokeAsync(environment, campaign, open, account.DisplayName, pipeline).ConfigureAwait(false)) return;
        foreach (var gift in open)
            await TryAsync(pipeline, gift.Identity, async () =>
                await pipeline.WriteAsync(await revocation.RevokeAsync(gift.Identity, Reason, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false)).ConfigureAwait(false);
    }

    private async Task<bool> MayRevokeAsync(GiftEnvironment environment, string campaign, List<Gift> open, string account, PipelineWriter pipeline)
    {
        var offer = LifeText.RevokeOffer(open.Count, open[0].Price * open.Count, open.Count(g => g.MailState == MailState.Sent));
        var (yes, whatIf) = await pipeline.ShouldProcessAsync(CommandText.Campaign(campaign, environment), offer).ConfigureAwait(false);
        if (whatIf)
            foreach (var gift in open) await pipeline.WriteAsync(gift with { IsRehearsal = true }).ConfigureAwait(false);
        return yes && (environment == GiftEnvironment.Sandbox || Force
            || await pipeline.ShouldContinueAsync(LifeText.RevokeQuestion(offer, account), LifeText.RevokeCaption).ConfigureAwait(false));
    }
}

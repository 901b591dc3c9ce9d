using System.Management.Automation;
using TargoGiftbit.Binding;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Errors;

namespace TargoGiftbit.Commands.Contacts;

/// <summary>Pairs a file of gifts with a file of customers and enters the gifts in the ledger.</summary>
/// <remarks>
/// <para>The gift file is one of this module's (<c>Get-GiftbitShortlink -Path</c>) or an export from Giftbit's web site. Gifts and customers are
/// paired by customer id, else by e-mail address, never silently by position. Each row that cannot be paired is one error, and nothing is
/// entered if there is any, unless <c>-SkipInvalid</c> leaves them out.</para>
/// </remarks>
/// <example>
/// <code>Join-GiftContact -GiftPath ./giftbit-gifts-spring.csv -ContactPath ./samples/clients.csv -CampaignId spring -WhatIf</code>
/// <para>Shows how many gifts would be entered, and every row that cannot be paired.</para>
/// </example>
/// <example>
/// <code>Join-GiftContact -GiftPath ./giftbit-gifts-spring.csv -ContactPath ./samples/clients.csv -CampaignId spring -SkipInvalid | Send-GiftEmail</code>
/// <para>Enters the gifts that can be paired and mails them.</para>
/// </example>
[Cmdlet(VerbsCommon.Join, "GiftContact", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(Gift))]
public sealed class JoinGiftContactCommand : GiftCommand
{
    /// <summary>The file of gifts, with their links.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string GiftPath { get; set; } = "";

    /// <summary>The file of customers.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string ContactPath { get; set; } = "";

    /// <summary>Id of the campaign, as Giftbit knows it.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(CampaignCompleter))]
    [ValidatePattern("^[A-Za-z0-9_-]{1,50}$")]
    public string CampaignId { get; set; } = "";

    /// <summary>Face value in cents, where the gift file does not say it.</summary>
    [Parameter]
    [ValidateRange(1, 100_000_000)]
    public int? PriceInCents { get; set; }

    /// <summary>Last day on which a gift can be redeemed, where the gift file does not say it.</summary>
    [Parameter]
    [DateTransformation]
    public object? Expiry { get; set; }

    /// <summary>Brands to name in the mail.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BrandCompleter))]
    public string[] BrandCode { get; set; } = [];

    /// <summary>Pair the first gift with the first customer and so on. Demands equal counts; use it only when nothing else ties them.</summary>
    [Parameter]
    public SwitchParameter ByPosition { get; set; }

    /// <summary>Leave rows that cannot be paired out, with an error for each, in place of entering nothing.</summary>
    [Parameter]
    public SwitchParameter SkipInvalid { get; set; }

    /// <summary>Enter the gifts as production gifts: real money and real customers.</summary>
    [Parameter]
    public SwitchParameter Production { get; set; }

    /// <inheritdoc/>
    private protected override bool LedgerMustExist => false;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async (pipeline, cancellationToken) =>
    {
        var environment = Production ? GiftEnvironment.Production : GiftEnvironment.Sandbox;
        var join = new GiftJoin(Ledger);
        var wish = new JoinWish(environment, CampaignId, PriceInCents is { } cents ? Money.Cad(cents) : null, Expiry as DateOnly?, BrandCode);
        var preview = await join.PreviewAsync(wish, FilePath(GiftPath), FilePath(ContactPath),
            new PairingOptions { ByPosition = ByPosition, Environment = environment, CampaignId = CampaignId }, cancellationToken).ConfigureAwait(false);
        foreach (var problem in preview.Problems)
            await pipeline.ErrorAsync(ErrorFactory.Create(problem.Code, problem.Message, problem, problem.Remedy)).ConfigureAwait(false);
        if (preview.Problems.Count > 0 && !SkipInvalid) throw new OrderException("JoinRefused", MailCareText.JoinRefused(preview.Problems.Count, CampaignId));

        var (yes, whatIf) = await pipeline.ShouldProcessAsync(CommandText.Campaign(CampaignId, environment), MailCareText.JoinOffer(preview.Pairs.Count)).ConfigureAwait(false);
        if (whatIf)
            foreach (var gift in GiftJoin.Rehearse(preview)) await pipeline.WriteAsync(gift).ConfigureAwait(false);
        if (!yes) return;
        foreach (var gift in join.Enter(preview)) await pipeline.WriteAsync(gift).ConfigureAwait(false);
    });
}

using System.Collections.Concurrent;
using System.Management.Automation;
using System.Runtime.CompilerServices;
using TargoGiftbit.Binding;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers.Ifeelgoods;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Ifeelgoods;

/// <summary>Orders one redemption at Ifeelgoods for each contact.</summary>
/// <remarks>
/// <para>Everything is checked first: promotion, reward, stock, value, balance and every contact. Each gift is an order of its own with an id
/// of campaign, row and index, so that running the command again, or a lost answer, never makes or bills a second one. A budget alert that
/// the order would cross is a warning.</para>
/// <para>The gifts then take the usual way: <c>Get-GiftbitShortlink -Wait</c> collects links and codes that take their time, <c>Send-GiftEmail</c>
/// sends them, <c>Update-GiftStatus</c> follows them.</para>
/// <para><c>-Kind Code</c> creates and redeems in one call: the mail shows the code, and the gift is billed and final at once, whether or not the
/// customer uses it. This is the documented way. <c>-Kind Link</c> mails Ifeelgoods' own page and is billed when the customer takes the
/// reward there. Uncertain: that the page of a redemption that was only created works for customers; try it in the sandbox and ask the account
/// manager.</para>
/// <para>Sandbox unless <c>-Production</c> is given, which asks once, with number, cost and balance, unless <c>-Force</c> is given too.</para>
/// </remarks>
/// <example>
/// <code>Import-GiftContact ./samples/clients.csv | New-IfeelgoodsOrder -Id summer-rehearsal -PromotionId PRM-TARGO -RewardSku TIM-GC-60CAD-CA -Expiry (Get-Date).AddMonths(6) -SkipInvalid -WhatIf</code>
/// <para>Shows what would be ordered, its cost and the balance.</para>
/// </example>
/// <example>
/// <code>Import-GiftContact ./samples/clients.csv | New-IfeelgoodsOrder -Id summer-sandbox -PromotionId PRM-TARGO -RewardSku AMZ-GC-CA-VAR -Price 60 -Expiry (Get-Date).AddMonths(6) -Kind Link -SkipInvalid | Send-GiftEmail</code>
/// <para>Orders 60 $ of a reward of free value for each contact in the sandbox, and mails the links.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "IfeelgoodsOrder", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = FaceSet)]
[OutputType(typeof(Gift))]
public sealed class NewIfeelgoodsOrderCommand : StreamingCommand
{
    private const string FaceSet = "FaceValue";
    private const string CentsSet = "PriceInCents";
    private const string AmountSet = "Price";
    private readonly StrongBox<GiftKind> kind = new(GiftKind.Code);

    /// <summary>The customers, as <c>Import-GiftContact</c> reads them.</summary>
    [Parameter(ValueFromPipeline = true)]
    public GiftContact[] Contact { get; set; } = [];

    /// <summary>Id of the campaign: letters, digits, <c>-</c> and <c>_</c>. With row and index it is what keeps a repeated order from being a second one.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("CampaignId")]
    [ArgumentCompleter(typeof(CampaignCompleter))]
    [ValidateNotNullOrEmpty]
    public string Id { get; set; } = "";

    /// <summary>Id of the promotion to order in; the account manager at Ifeelgoods gives it.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string PromotionId { get; set; } = "";

    /// <summary>SKU of the reward; <c>Get-IfeelgoodsReward</c> lists them.</summary>
    [Parameter(Mandatory = true)]
    [ArgumentCompleter(typeof(RewardCompleter))]
    [ValidateNotNullOrEmpty]
    public string RewardSku { get; set; } = "";

    /// <summary>Value of each gift in cents; the reward's face value when left out. A free value must be in whole units.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CentsSet)]
    public int PriceInCents { get; set; }

    /// <summary>Value of each gift as an amount, for example <c>60</c> or <c>6000c</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AmountSet)]
    [MoneyTransformation]
    public int Price { get; set; }

    /// <summary>Currency of the value.</summary>
    [Parameter]
    [ValidatePattern("^[A-Za-z]{3}$")]
    public string Currency { get; set; } = "CAD";

    /// <summary>Last day on which a gift can be used, as the mails state it. Gifts that end earlier are a warning.</summary>
    [Parameter(Mandatory = true)]
    [DateTransformation]
    public DateOnly Expiry { get; set; }

    /// <summary><c>Code</c>: the customer gets the code itself, billed at once. <c>Link</c>: the customer gets Ifeelgoods' page (uncertain, see the notes).</summary>
    [Parameter]
    public GiftKind Kind { get => kind.Value; set => kind.Value = value; }

    /// <summary>
    /// Order gifts anew that Ifeelgoods could not make or denied, each under the next index. What may still be made under the old order is
    /// cancelled first, and a gift that was made after all is kept. They are not ordered again otherwise.
    /// </summary>
    [Parameter]
    public SwitchParameter ReplaceFailed { get; set; }

    /// <summary>Leave bad contacts out, with an error for each, in place of ordering nothing.</summary>
    [Parameter]
    public SwitchParameter SkipInvalid { get; set; }

    /// <summary>Order with real money for real customers.</summary>
    [Parameter]
    public SwitchParameter Production { get; set; }

    /// <summary>Say yes to the production question beforehand.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Ifeelgoods' key as user name and its secret as password; otherwise the settings have them.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>
    /// Switches for what Ifeelgoods' documents leave open, as <c>name=value</c>, in place of IFEELGOODS_OPTIONS. All are uncertain:
    /// <c>link-flow=book-then-activate</c> makes links by booking and activating (the address of the activation, <c>activate-path=…</c>, and the
    /// moment of billing are not documented); <c>amount-form=data-value</c>, <c>reward-value</c> or <c>data-amount</c> says where the amount of a
    /// -VAR reward stands (not documented: the first order therefore goes alone, and the rest stops if its value comes back wrong);
    /// <c>auth=oauth</c> with <c>grant-type=…</c>; <c>page-parameter=…</c> and <c>page-size-parameter=…</c>.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Option { get; set; }

    /// <summary>The address that stands in for every customer's in the sandbox; otherwise the settings have it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TestInbox { get; set; }

    /// <inheritdoc/>
    private protected override bool InStep => true;

    /// <inheritdoc/>
    private protected override bool LedgerMustExist => false;

    private GiftEnvironment Environment => Production ? GiftEnvironment.Production : GiftEnvironment.Sandbox;

    /// <inheritdoc/>
    private protected override SettingParameters Given(SettingParameters parameters) =>
        IfeelgoodsCommand.Settle(base.Given(parameters), Credential, Option).With(SettingName.TestInbox, TestInbox);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var contact in Contact) Feed(contact);
    }

    private protected override async Task WorkAsync(IAsyncEnumerable<object> records, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        // What is wrong with the set-up is said before the contacts are read.
        var inbox = Production ? null : Settings.RequireTestInbox();
        var notices = new ConcurrentQueue<string>();
        using var provider = ProviderConnection.Ifeelgoods(Settings, Environment, pipeline, notices.Enqueue);
        var contacts = new List<GiftContact>();
        await foreach (GiftContact contact in records.ConfigureAwait(false)) contacts.Add(contact);
        var terms = await TermsAsync(provider.Api, cancellationToken).ConfigureAwait(false);
        if (ReplaceFailed) await ReleaseAsync(provider, pipeline, cancellationToken).ConfigureAwait(false);
        try
        {
            await new OrderConversation(new CampaignOrder(provider, Ledger, inbox, Clock), pipeline)
                .RunAsync(terms, contacts, SkipInvalid, Force, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            foreach (var notice in notices) await pipeline.WarningAsync(notice).ConfigureAwait(false);
        }
    }

    // One gift that cannot be replaced does not hold up the others.
    private async Task ReleaseAsync(IfeelgoodsProvider provider, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (Ledger.Campaigns.Find(Environment, Id) is not { Program: { } promotion } campaign || campaign.Provider != provider.Name) return;
        var failed = Ledger.Orders.FailedOf(Environment, Id);
        if (failed.Count == 0) return;
        var (yes, _) = await pipeline.ShouldProcessAsync(CommandText.Campaign(Id, Environment), IfeelgoodsCommandText.Released(failed.Count, Id)).ConfigureAwait(false);
        if (!yes) return;
        await provider.CheckAsync(cancellationToken).ConfigureAwait(false);
        var replacement = new FailedReplacement(provider, Ledger);
        foreach (var gift in failed)
            await TryAsync(pipeline, gift, () => replacement.FreeAsync(gift, promotion, campaign.Kind, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<GiftCampaign> TermsAsync(IfeelgoodsApi api, CancellationToken cancellationToken) => new()
    {
        Environment = Environment,
        CampaignId = Id,
        Provider = IfeelgoodsProvider.ProviderName,
        OrderMode = OrderMode.PerRecipient,
        Kind = Kind,
        Program = PromotionId.Trim(),
        Price = new Money(await CentsAsync(api, cancellationToken).ConfigureAwait(false), Currency.ToUpperInvariant()),
        BrandCodes = [RewardSku.Trim()],
        Expiry = Expiry,
    };

    private async Task<long> CentsAsync(IfeelgoodsApi api, CancellationToken cancellationToken)
    {
        if (ParameterSetName == CentsSet) return PriceInCents;
        if (ParameterSetName == AmountSet) return Price;
        var reward = await api.FindRewardAsync(RewardSku.Trim(), null, cancellationToken).ConfigureAwait(false)
            ?? throw new CommandException("IfeelgoodsRewardNotFound", IfeelgoodsCommandText.RewardUnknown(RewardSku));
        return reward is { IsFreeValue: false, FaceValue: { } value } ? (long)decimal.Round(value * 100m) : throw new CommandException("IfeelgoodsValueMissing", IfeelgoodsCommandText.PriceNeeded(RewardSku));
    }
}

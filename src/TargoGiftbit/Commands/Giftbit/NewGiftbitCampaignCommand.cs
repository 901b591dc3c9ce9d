using System.Management.Automation;
using System.Runtime.CompilerServices;
using System.Security;
using TargoGiftbit.Binding;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Formatting;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Giftbit;

/// <summary>Orders one gift for each contact, or replaces gifts that were lost.</summary>
/// <remarks>
/// <para>Everything is checked first: id, price against each brand, expiry, funds, and every contact. One bad contact is one error, and
/// nothing is ordered if there is any, unless <c>-SkipInvalid</c> leaves them out.</para>
/// <para>Running the same command again is safe: customers who have a gift keep it, new ones get theirs, and an order whose answer was
/// lost is found again. With <c>-WhatIf</c> nothing is ordered; rehearsal gifts flow on, and later cmdlets treat them as
/// <c>-WhatIf</c> too.</para>
/// <para><c>-Replace</c>, or gifts that come down the pipeline when no campaign is named, cancels each gift first and orders another one for the
/// same customer on the campaign's terms, only once Giftbit has the first as cancelled. A redeemed gift stays the customer's. Cut anywhere and run
/// again, it goes on where it stopped. <c>Get-GiftbitShortlink</c> and <c>Send-GiftEmail</c> then work as for any gift.</para>
/// <para>Sandbox unless <c>-Production</c> is given, which asks once, with number, cost and funds, unless <c>-Force</c> is given too.</para>
/// </remarks>
/// <example>
/// <code>Import-GiftContact ./samples/clients.csv | New-GiftbitCampaign -Id spring-rehearsal -Price 60 -Expiry (Get-Date).AddMonths(6) -BrandCode timhortonsca, walmartca -Subject 'Cadeau TARGO' -Message 'Merci.' -SkipInvalid -WhatIf</code>
/// <para>Shows what would be ordered, its cost and the funds.</para>
/// </example>
/// <example>
/// <code>Import-GiftContact ./samples/clients.csv | New-GiftbitCampaign -Id spring-sandbox -PriceInCents 6000 -Expiry (Get-Date).AddMonths(6) -BrandCode timhortonsca, walmartca -Subject 'Cadeau TARGO' -Message 'Merci.' -SkipInvalid | Get-GiftbitShortlink -Wait</code>
/// <para>Orders in the sandbox and waits for the links.</para>
/// </example>
/// <example>
/// <code>Get-Gift -Customer marie.tremblay@example.com | New-GiftbitCampaign -Reason 'mail lost' -WhatIf</code>
/// <para>Shows which gifts of a customer would be cancelled and ordered anew.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "GiftbitCampaign", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = CentsSet)]
[OutputType(typeof(Gift))]
public sealed class NewGiftbitCampaignCommand : StreamingCommand
{
    private const string CentsSet = "PriceInCents";
    private const string AmountSet = "Price";
    private const string ReplaceSet = "Replace";
    private const string ReplaceRowSet = "ReplaceRow";
    private readonly StrongBox<OrderMode> orderMode = new();

    private readonly List<PipedGift> replaced = [];

    /// <summary>
    /// The customers, as <c>Import-GiftContact</c> reads them, or objects whose properties are named like the columns of a contact list.
    /// </summary>
    [Parameter(ParameterSetName = CentsSet, ValueFromPipeline = true)]
    [Parameter(ParameterSetName = AmountSet, ValueFromPipeline = true)]
    [ContactTransformation]
    public GiftContact[] Contact { get; set; } = [];

    /// <summary>Id of the campaign: letters, digits, <c>-</c> and <c>_</c>. It is also what keeps a repeated order from being a second one.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = CentsSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = AmountSet)]
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = ReplaceRowSet)]
    [Alias("CampaignId")]
    [ArgumentCompleter(typeof(CampaignCompleter))]
    [ValidateNotNullOrEmpty]
    public string Id { get; set; } = "";

    /// <summary>Face value of each gift in cents.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CentsSet)]
    public int PriceInCents { get; set; }

    /// <summary>Face value of each gift as an amount, for example <c>60</c>, <c>60.00</c> or <c>6000c</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AmountSet)]
    [MoneyTransformation]
    public int Price { get; set; }

    /// <summary>Currency of the face value.</summary>
    [Parameter(ParameterSetName = CentsSet)]
    [Parameter(ParameterSetName = AmountSet)]
    [ValidatePattern("^[A-Za-z]{3}$")]
    public string Currency { get; set; } = "CAD";

    /// <summary>Last day on which a gift can be redeemed (Pacific time): in the future and at most a year away.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CentsSet)]
    [Parameter(Mandatory = true, ParameterSetName = AmountSet)]
    [DateTransformation]
    public DateOnly Expiry { get; set; }

    /// <summary>Brands that the customer may choose from; <c>Get-GiftbitBrand</c> lists them.</summary>
    [Parameter(ParameterSetName = CentsSet)]
    [Parameter(ParameterSetName = AmountSet)]
    [ArgumentCompleter(typeof(BrandCompleter))]
    public string[] BrandCode { get; set; } = [];

    /// <summary>Region whose whole catalogue the customer may choose from, by its name, in place of brands.</summary>
    [Parameter(ParameterSetName = CentsSet)]
    [Parameter(ParameterSetName = AmountSet)]
    [ArgumentCompleter(typeof(RegionCompleter))]
    public string? Region { get; set; }

    /// <summary>Subject given to Giftbit with the order.</summary>
    [Parameter(ParameterSetName = CentsSet)]
    [Parameter(ParameterSetName = AmountSet)]
    public string Subject { get; set; } = "";

    /// <summary>Message on the gift page.</summary>
    [Parameter(ParameterSetName = CentsSet)]
    [Parameter(ParameterSetName = AmountSet)]
    public string Message { get; set; } = "";

    /// <summary>
    /// One order for all (<c>Batch</c>), or one order per recipient, which ties each link to its customer even where Giftbit returns
    /// links without recipients. A campaign keeps the mode of its first order. Left out, a new campaign is ordered as
    /// <c>Test-GiftbitContract</c> last recommended; where that was never run, in one order.
    /// </summary>
    [Parameter(ParameterSetName = CentsSet)]
    [Parameter(ParameterSetName = AmountSet)]
    public OrderMode OrderMode { get => orderMode.Value; set => orderMode.Value = value; }

    /// <summary>Leave bad contacts out, with an error for each, in place of ordering nothing.</summary>
    [Parameter(ParameterSetName = CentsSet)]
    [Parameter(ParameterSetName = AmountSet)]
    public SwitchParameter SkipInvalid { get; set; }

    /// <summary>Gifts to cancel and to order anew, as <c>Get-Gift</c> writes them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ReplaceSet, ValueFromPipeline = true)]
    [GiftOnly]
    public Gift[] Replace { get; set; } = [];

    /// <summary>Rows of the campaign <c>-Id</c> whose gifts to cancel and to order anew.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ReplaceRowSet)]
    [ValidateRange(1, int.MaxValue)]
    [ArgumentCompleter(typeof(RowCompleter))]
    public int[] ReplaceRow { get; set; } = [];

    /// <summary>Why a gift is replaced, for its history.</summary>
    [Parameter(ParameterSetName = ReplaceSet)]
    [Parameter(ParameterSetName = ReplaceRowSet)]
    [ValidateNotNullOrEmpty]
    public string? Reason { get; set; }

    /// <summary>Order with real money for real customers.</summary>
    [Parameter]
    public SwitchParameter Production { get; set; }

    /// <summary>Say yes to the production question beforehand.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Giftbit's API token as a SecureString, or a credential that has it as password; otherwise the settings have it.</summary>
    [Parameter]
    [SecretTransformation]
    public SecureString? Token { get; set; }

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
    private protected override SettingParameters Given(SettingParameters parameters) => base.Given(parameters)
        .With(SettingName.GiftbitToken, SecretTransformationAttribute.Reveal(Token))
        .With(SettingName.TestInbox, TestInbox);

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (var contact in Contact) Feed(contact);
        foreach (var gift in Replace) replaced.Add(new PipedGift(gift.Environment, gift.CampaignId, gift.Row, gift.IsRehearsal ? gift : null));
        foreach (var row in ReplaceRow) replaced.Add(new PipedGift(Environment, Id, row, null));
    }

    private protected override async Task WorkAsync(IAsyncEnumerable<object> records, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        if (ParameterSetName is ReplaceSet or ReplaceRowSet)
        {
            // No contact is fed, so the work begins when all gifts are in.
            await ReplaceAsync(pipeline, cancellationToken).ConfigureAwait(false);
            return;
        }
        // What is wrong with the set-up is said before the contacts are read.
        var inbox = Production ? null : Settings.RequireTestInbox();
        using var provider = GiftbitConnection.Open(Settings, Environment, pipeline);
        var contacts = new List<GiftContact>();
        await foreach (GiftContact contact in records.ConfigureAwait(false)) contacts.Add(contact);

        var conversation = new OrderConversation(new CampaignOrder(provider, Ledger, inbox, Clock), pipeline);
        await conversation.RunAsync(Terms(await ModeAsync(pipeline).ConfigureAwait(false)), contacts, SkipInvalid, Force, cancellationToken).ConfigureAwait(false);
    }

    private async Task ReplaceAsync(PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        var selection = new GiftSelection(Ledger);
        foreach (var gift in replaced)
            await TryAsync(pipeline, gift.Row is { } row ? new GiftId(gift.Environment, gift.CampaignId, row) : null, () =>
            {
                selection.Add(gift);
                return Task.CompletedTask;
            }).ConfigureAwait(false);
        foreach (var gift in selection.Rehearsals)
        {
            await pipeline.RehearseAsync(gift.ToString(), LifeText.ReplaceOffer(1, gift.Price, 0)).ConfigureAwait(false);
            await pipeline.WriteAsync(gift).ConfigureAwait(false);
        }
        foreach (var campaign in selection.ByCampaign())
        {
            if (campaign.Key.Environment == GiftEnvironment.Production && !Production)
                throw new CommandException("ProductionNotAllowed", CommandText.ProductionNotAllowed(campaign.Key.CampaignId), CommandText.UseProduction);
            var inbox = campaign.Key.Environment == GiftEnvironment.Production ? null : Settings.RequireTestInbox();
            using var provider = GiftbitConnection.Open(Settings, campaign.Key.Environment, pipeline);
            var replacement = new GiftReplacement(provider, Ledger, inbox, Clock);
            var account = await provider.CheckAsync(cancellationToken).ConfigureAwait(false);
            await new ReplaceConversation(replacement, pipeline).RunAsync([.. campaign], account, Reason, Force, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<OrderMode> ModeAsync(PipelineWriter pipeline)
    {
        if (MyInvocation.BoundParameters.ContainsKey(nameof(OrderMode))) return OrderMode;
        if (Ledger.Campaigns.Find(Environment, Id) is { } known) return known.OrderMode;
        if (GiftbitContract.Find(Settings.DataFolder) is not { Recommended: OrderMode.PerRecipient } contract) return OrderMode;
        await pipeline.WarningAsync(LifeText.ContractMode(GiftView.Date(PacificTime.DateAt(contract.CheckedAt)), contract.Reason)).ConfigureAwait(false);
        return contract.Recommended;
    }

    private GiftCampaign Terms(OrderMode mode) => new()
    {
        Environment = Environment,
        CampaignId = Id,
        OrderMode = mode,
        Price = new Money(ParameterSetName == AmountSet ? Price : PriceInCents, Currency.ToUpperInvariant()),
        BrandCodes = BrandCode,
        Region = string.IsNullOrWhiteSpace(Region) ? null : Region.Trim(),
        Expiry = Expiry,
        Subject = Subject,
        Message = Message,
    };
}

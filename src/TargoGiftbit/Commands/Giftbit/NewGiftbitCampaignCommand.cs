using System.Management.Automation;
using System.Security;
using TargoGiftbit.Binding;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Giftbit;

/// <summary>Orders one gift for each contact.</summary>
/// <remarks>
/// <para>Everything is checked first: id, price against each brand, expiry, funds, and every contact. One bad contact is one error, and
/// nothing is ordered if there is any, unless <c>-SkipInvalid</c> leaves them out.</para>
/// <para>Running the same command again is safe: customers who have a gift keep it, new ones get theirs, and an order whose answer was
/// lost is found again. With <c>-WhatIf</c> nothing is ordered; rehearsal gifts flow on, and later cmdlets treat them as
/// <c>-WhatIf</c> too.</para>
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
[Cmdlet(VerbsCommon.New, "GiftbitCampaign", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium, DefaultParameterSetName = CentsSet)]
[OutputType(typeof(Gift))]
public sealed class NewGiftbitCampaignCommand : StreamingCommand<GiftContact>
{
    private const string CentsSet = "PriceInCents";
    private const string AmountSet = "Price";

    /// <summary>
    /// The customers, as <c>Import-GiftContact</c> reads them, or objects whose properties are named like the columns of a contact list.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [ContactTransformation]
    public GiftContact[] Contact { get; set; } = [];

    /// <summary>Id of the campaign: letters, digits, <c>-</c> and <c>_</c>. It is also what keeps a repeated order from being a second one.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("CampaignId")]
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
    [Parameter]
    [ValidatePattern("^[A-Za-z]{3}$")]
    public string Currency { get; set; } = "CAD";

    /// <summary>Last day on which a gift can be redeemed (Pacific time): in the future and at most a year away.</summary>
    [Parameter(Mandatory = true)]
    [DateTransformation]
    public DateOnly Expiry { get; set; }

    /// <summary>Brands that the customer may choose from; <c>Get-GiftbitBrand</c> lists them.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(BrandCompleter))]
    public string[] BrandCode { get; set; } = [];

    /// <summary>Region whose whole catalogue the customer may choose from, by its name, in place of brands.</summary>
    [Parameter]
    public string? Region { get; set; }

    /// <summary>Subject given to Giftbit with the order.</summary>
    [Parameter]
    public string Subject { get; set; } = "";

    /// <summary>Message on the gift page.</summary>
    [Parameter]
    public string Message { get; set; } = "";

    /// <summary>
    /// One order for all (<c>Batch</c>), or one order per recipient, which ties each link to its customer even where Giftbit returns
    /// links without recipients. A campaign keeps the mode of its first order.
    /// </summary>
    [Parameter]
    public OrderMode OrderMode { get; set; }

    /// <summary>Leave bad contacts out, with an error for each, in place of ordering nothing.</summary>
    [Parameter]
    public SwitchParameter SkipInvalid { get; set; }

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
    }

    private protected override async Task WorkAsync(IAsyncEnumerable<GiftContact> records, PipelineWriter pipeline, CancellationToken cancellationToken)
    {
        // What is wrong with the set-up is said before the contacts are read.
        var inbox = Production ? null : Settings.RequireTestInbox();
        using var provider = GiftbitConnection.Open(Settings, Environment, pipeline);
        var contacts = new List<GiftContact>();
        await foreach (var contact in records.ConfigureAwait(false)) contacts.Add(contact);

        var conversation = new OrderConversation(new CampaignOrder(provider, Ledger, inbox, Clock), pipeline);
        await conversation.RunAsync(Terms(), contacts, SkipInvalid, Force, cancellationToken).ConfigureAwait(false);
    }

    private GiftCampaign Terms() => new()
    {
        Environment = Environment,
        CampaignId = Id,
        OrderMode = OrderMode,
        Price = new Money(ParameterSetName == AmountSet ? Price : PriceInCents, Currency.ToUpperInvariant()),
        BrandCodes = BrandCode,
        Region = string.IsNullOrWhiteSpace(Region) ? null : Region.Trim(),
        Expiry = Expiry,
        Subject = Subject,
        Message = Message,
    };
}

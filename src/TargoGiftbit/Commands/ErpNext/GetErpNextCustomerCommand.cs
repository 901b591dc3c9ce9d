using System.Management.Automation;
using TargoGiftbit.Core.Customers.ErpNext;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Commands.ErpNext;

/// <summary>Gets customers of ERPNext as contacts who are to get a gift.</summary>
/// <remarks>
/// <para>The address is that of the customer's primary contact; if it has none the customer's own; else that of a linked contact. A
/// language that begins with <c>en</c> means English, anything else French. The basis of consent (active customer) and when it was
/// checked travel with each contact into the ledger.</para>
/// <para>A customer without an address, one who wants no mail, and one whose address an earlier customer has, are passed on with their
/// <c>Problem</c>: <c>New-GiftbitCampaign</c> says so and orders nothing, unless told <c>-SkipInvalid</c>.</para>
/// </remarks>
/// <example>
/// <code>Get-ErpNextCustomer -Territory Montérégie | Where-Object Problem</code>
/// <para>Shows the customers of a region who cannot be written to, and why.</para>
/// </example>
/// <example>
/// <code>Get-ErpNextCustomer -Territory Montérégie -Where '["customer_type","=","Individual"]' | Group-Object Language -NoElement</code>
/// <para>Counts the private customers of a region by language.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "ErpNextCustomer")]
[OutputType(typeof(GiftContact))]
public sealed class GetErpNextCustomerCommand : ErpNextCommand
{
    /// <summary>Only customers of these territories, named exactly; territories below them are not included.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string[] Territory { get; set; } = [];

    /// <summary>Only customers of these groups, named exactly.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] CustomerGroup { get; set; } = [];

    /// <summary>Further conditions in ERPNext's own form, as JSON: <c>["field","=","value"]</c>, a list of such, or <c>{"field":"value"}</c>.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Where { get; set; }

    /// <summary>Get disabled customers too; they come with a problem.</summary>
    [Parameter]
    public SwitchParameter IncludeDisabled { get; set; }

    /// <summary>Let customers pass whose address an earlier customer has too: a household then gets a gift for each of its accounts.</summary>
    [Parameter]
    public SwitchParameter AllowSharedEmail { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (pipeline, cancellationToken) =>
    {
        using var api = ErpNextAccess.Open(Settings, pipeline);
        var query = new ErpNextCustomerQuery
        {
            Territories = Territory,
            CustomerGroups = CustomerGroup,
            Where = Where,
            IncludeDisabled = IncludeDisabled,
            AllowSharedEmail = AllowSharedEmail,
        };
        int read = 0, flagged = 0;
        await foreach (var page in new ErpNextCustomers(api, Clock).ReadAsync(query, cancellationToken).ConfigureAwait(false))
        {
            read += page.Count;
            flagged += page.Count(contact => contact.Problem is not null);
            await pipeline.WriteAllAsync(page).ConfigureAwait(false);
        }
        await pipeline.VerboseAsync(ErpNextCommandText.CustomersRead(read, api.Connection.Site.IdnHost, flagged)).ConfigureAwait(false);
    });
}

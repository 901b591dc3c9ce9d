using System.Management.Automation;
using TargoGiftbit.Core.Customers.ErpNext;

namespace TargoGiftbit.Commands.ErpNext;

/// <summary>Tests whether ERPNext accepts the API key.</summary>
/// <remarks>
/// Returns <c>$true</c> or <c>$false</c>; with <c>-Detailed</c> an object that says whose key it is, what that user may read, and what
/// the site calls the fields for the click. A key that is not configured, or a site that cannot be reached, is an error and not an answer.
/// </remarks>
/// <example>
/// <code>Test-ErpNextKey</code>
/// <para>Tests the key of the settings ERPNEXT_URL and ERPNEXT_TOKEN.</para>
/// </example>
/// <example>
/// <code>Test-ErpNextKey -Detailed</code>
/// <para>Shows whether everything is there to read customers and to write clicks back.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "ErpNextKey")]
[OutputType(typeof(bool), typeof(ErpNextKeyDetail))]
public sealed class TestErpNextKeyCommand : ErpNextCommand
{
    /// <summary>Return whose key it is, what it may read and which fields there are, in place of a Boolean.</summary>
    [Parameter]
    public SwitchParameter Detailed { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing() => Run(async (pipeline, cancellationToken) =>
    {
        using var api = ErpNextAccess.Open(Settings, pipeline);
        var site = api.Connection.Site;
        try
        {
            var user = await api.WhoAmIAsync(cancellationToken).ConfigureAwait(false);
            object answer = Detailed ? await DetailAsync(api, user, cancellationToken).ConfigureAwait(false) : true;
            await pipeline.WriteAsync(answer).ConfigureAwait(false);
        }
        catch (ErpNextException e) when (e.Code is "ErpNextKeyRefused" or "ErpNextForbidden")
        {
            await pipeline.VerboseAsync(e.Message).ConfigureAwait(false);
            object answer = Detailed ? new ErpNextKeyDetail(false, site, null, false, false, null, null) : false;
            await pipeline.WriteAsync(answer).ConfigureAwait(false);
        }
    });

    private static async Task<ErpNextKeyDetail> DetailAsync(ErpNextApi api, string user, CancellationToken cancellationToken)
    {
        var rights = await ErpNextRights.ReadAsync(api, new ErpNextFields(), cancellationToken).ConfigureAwait(false);
        return new ErpNextKeyDetail(true, api.Connection.Site, user, rights.CanReadCustomers, rights.CanReadContacts, rights.ClickedField, rights.ClickedAtField);
    }
}

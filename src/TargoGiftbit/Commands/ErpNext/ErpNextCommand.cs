using System.Management.Automation;
using System.Security;
using TargoGiftbit.Binding;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Commands.ErpNext;

/// <summary>A cmdlet that asks ERPNext for something.</summary>
public abstract class ErpNextCommand : GiftCommand
{
    /// <summary>Root of the ERPNext site, in place of the setting ERPNEXT_URL.</summary>
    [Parameter]
    public Uri? Site { get; set; }

    /// <summary>API key and secret as <c>key:secret</c>, as a SecureString, or a credential that has it as password; otherwise the setting ERPNEXT_TOKEN has it.</summary>
    [Parameter]
    [SecretTransformation]
    public SecureString? Token { get; set; }

    /// <inheritdoc/>
    private protected override bool LedgerMustExist => false;

    /// <inheritdoc/>
    private protected override SettingParameters Given(SettingParameters parameters) => base.Given(parameters)
        .With(SettingName.ErpNextUrl, Site?.OriginalString)
        .With(SettingName.ErpNextToken, SecretTransformationAttribute.Reveal(Token));
}

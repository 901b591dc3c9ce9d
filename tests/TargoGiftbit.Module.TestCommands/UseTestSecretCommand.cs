using System.Management.Automation;
using System.Security;
using TargoGiftbit.Binding;

namespace TargoGiftbit.Module.TestCommands;

/// <summary>Takes a secret as cmdlets do, and says how long it is.</summary>
[Cmdlet(VerbsOther.Use, "TestSecret")]
[OutputType(typeof(int))]
public sealed class UseTestSecretCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)][SecretTransformation] public SecureString Token { get; set; } = new();

    protected override void ProcessRecord() => WriteObject(SecretTransformationAttribute.Reveal(Token)!.Reveal().Length);
}

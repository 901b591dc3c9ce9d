using System.Management.Automation;
using System.Net;
using System.Security;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Binding;

/// <summary>
/// Takes a secret as <see cref="SecureString"/> or as the password of a <see cref="PSCredential"/>. Plain text is refused: it would
/// stand in the session's history.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    /// <summary>Turns what was given into a <see cref="SecureString"/>.</summary>
    /// <exception cref="ArgumentTransformationMetadataException">It is neither. The message does not repeat it.</exception>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) switch
        {
            SecureString { Length: > 0 } secret => secret,
            PSCredential { Password.Length: > 0 } credential => credential.Password,
            _ => throw new ArgumentTransformationMetadataException(BindingText.NotASecret),
        };

    /// <summary>The value, in the type that never shows it.</summary>
    internal static Secret? Reveal(SecureString? text) => text is { Length: > 0 } ? new Secret(new NetworkCredential("", text).Password) : null;
}

namespace TargoGiftbit.Core.Gifts;

/// <summary>
/// A token, password or key. <see cref="ToString"/> is masked and there is no property to serialise:
/// the value is read through <see cref="Reveal"/>, a call that a reviewer can grep (spec A1).
/// </summary>
public sealed class Secret
{
    private readonly string value;

    /// <summary>Wraps a secret value.</summary>
    /// <param name="value">The value; not null or empty.</param>
    public Secret(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        this.value = value;
    }

    /// <summary>The value itself. Call it only where it goes on the wire.</summary>
    public string Reveal() => value;

    /// <summary>Always the same mask, whatever the value.</summary>
    public override string ToString() => "••••••";
}

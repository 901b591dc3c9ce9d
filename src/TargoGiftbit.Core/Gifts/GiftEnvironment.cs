namespace TargoGiftbit.Core.Gifts;

/// <summary>Where a gift lives. Part of its identity: a sandbox gift can never reach a real customer (spec A2, A3).</summary>
public enum GiftEnvironment
{
    /// <summary>The provider's test system; every address is replaced by the test inbox.</summary>
    Sandbox,

    /// <summary>Real money and real customers.</summary>
    Production,
}

namespace TargoGiftbit.Core.Settings;

/// <summary>Where the value of a setting came from; the first of these that has one wins (spec A1, A9).</summary>
public enum SettingOrigin
{
    /// <summary>A parameter of the command.</summary>
    Parameter,

    /// <summary>The process environment.</summary>
    Environment,

    /// <summary>The <c>.env</c> file in the data folder.</summary>
    DotEnv,

    /// <summary>What the product does when nobody says otherwise.</summary>
    Default,
}

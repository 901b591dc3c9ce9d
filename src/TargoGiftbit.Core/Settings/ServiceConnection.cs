using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Settings;

/// <summary>How to reach a gift provider: which environment, where, with which token.</summary>
/// <param name="Environment">Sandbox or production.</param>
/// <param name="Endpoint">API root without a trailing slash; https, or http on loopback.</param>
/// <param name="Token">Bearer token.</param>
public sealed record ServiceConnection(GiftEnvironment Environment, Uri Endpoint, Secret Token);

/// <summary>One line of the configuration as an operator may see it.</summary>
/// <param name="Name">The setting.</param>
/// <param name="Value">Its value; masked when it is a secret; null when it is not set.</param>
/// <param name="Origin">Where the value came from; null when it is not set.</param>
/// <param name="IsSecret">True when the value is masked.</param>
public sealed record SettingReport(string Name, string? Value, SettingOrigin? Origin, bool IsSecret);

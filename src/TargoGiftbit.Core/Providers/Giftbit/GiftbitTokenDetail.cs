using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <summary>What <c>Test-GiftbitToken -Detailed</c> tells. The token itself is no part of it.</summary>
/// <param name="IsValid">Whether Giftbit accepts the token.</param>
/// <param name="Environment">The environment that was asked.</param>
/// <param name="UserName">Account name; null when the token was refused.</param>
/// <param name="DisplayName">Display name; null when the token was refused.</param>
/// <param name="Funds">Balance per currency.</param>
public sealed record GiftbitTokenDetail(bool IsValid, GiftEnvironment Environment, string? UserName, string? DisplayName, IReadOnlyList<ProviderFund> Funds);

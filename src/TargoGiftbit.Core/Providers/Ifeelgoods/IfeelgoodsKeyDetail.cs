using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Providers.Ifeelgoods;

/// <summary>What <c>Test-IfeelgoodsKey -Detailed</c> tells. The key itself is no part of it.</summary>
/// <param name="IsValid">Whether Ifeelgoods accepts the key pair.</param>
/// <param name="Environment">The environment that was asked.</param>
/// <param name="UserName">Account name; null when the pair was refused.</param>
/// <param name="DisplayName">Display name; null when the pair was refused.</param>
/// <param name="Funds">Balance of each account that the pair sees.</param>
public sealed record IfeelgoodsKeyDetail(bool IsValid, GiftEnvironment Environment, string? UserName, string? DisplayName, IReadOnlyList<ProviderFund> Funds);

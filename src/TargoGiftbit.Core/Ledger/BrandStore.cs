using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Ledger;

/// <summary>Brand names and logo addresses as last seen in the catalogue.</summary>
public sealed class BrandStore
{
    /// <summary>The provider under which the regions of Giftbit's catalogue are kept, as brands are: number, name and picture.</summary>
    public const string GiftbitRegions = "giftbit regions";

    private readonly LedgerConnection connection;
    private readonly TimeProvider clock;

    internal BrandStore(LedgerConnection connection, TimeProvider clock) => (this.connection, this.clock) = (connection, clock);

    /// <summary>Remembers brands.</summary>
    public void Store(GiftEnvironment environment, string provider, IEnumerable<KnownBrand> brands) => connection.Write(c =>
    {
        foreach (var brand in brands)
        {
            c.Execute(
                """
                INSERT INTO brands (provider, environment, code, name, image_url, fetched_at) VALUES ($provider, $env, $code, $name, $image, $now)
                ON CONFLICT (provider, environment, code) DO UPDATE SET name = excluded.name, image_url = excluded.image_url, fetched_at = excluded.fetched_at
                """,
                ("provider", provider), ("env", environment.ToString()), ("code", brand.Code), ("name", brand.Name), ("image", brand.ImageUrl),
                ("now", clock.GetUtcNow().ToUnixTimeMilliseconds()));
        }
    });

    /// <summary>Remembers how a reward is used; the provider tells it for single rewards only.</summary>
    public void StoreInstructions(GiftEnvironment environment, string provider, RewardInstructions instructions) => connection.Write(c => c.Execute(
        """
        INSERT INTO reward_instructions (provider, environment, code, how_to_use, important, fetched_at) VALUES ($provider, $env, $code, $how, $important, $at)
        ON CONFLICT (provider, environment, code) DO UPDATE SET how_to_use = excluded.how_to_use, important = excluded.important, fetched_at = excluded.fetched_at
        """,
        ("provider", provider), ("env", environment.ToString()), ("code", instructions.Code), ("how", instructions.HowToUse), ("important", instructions.Important),
        ("at", instructions.FetchedAt.ToUnixTimeMilliseconds())));

    /// <summary>Instructions that are not older than so long, by code.</summary>
    public IReadOnlyDictionary<string, RewardInstructions> Instructions(GiftEnvironment environment, string provider, TimeSpan notOlderThan) => connection.Read(c => c.Query(
        "SELECT code, how_to_use, important, fetched_at FROM reward_instructions WHERE environment = $env AND provider = $provider AND fetched_at >= $from",
        r => new RewardInstructions(r.Text(0), r.TextOrNull(1), r.TextOrNull(2), r.Instant(3)),
        ("env", environment.ToString()), ("provider", provider), ("from", (clock.GetUtcNow() - notOlderThan).ToUnixTimeMilliseconds())))
        .ToDictionary(i => i.Code, StringComparer.OrdinalIgnoreCase);

    /// <summary>All brands known of a provider, by code.</summary>
    public IReadOnlyList<KnownBrand> List(GiftEnvironment environment, string provider) => connection.Read(c => c.Query(
        "SELECT code, name, image_url FROM brands WHERE environment = $env AND provider = $provider ORDER BY code",
        r => new KnownBrand(r.Text(0), r.Text(1), r.TextOrNull(2)), ("env", environment.ToString()), ("provider", provider)));
}

/// <summary>How a reward is used.</summary>
/// <param name="Code">Its SKU.</param>
/// <param name="HowToUse">How to use it; may hold HTML.</param>
/// <param name="Important">What to mind; may hold HTML.</param>
/// <param name="FetchedAt">When it was told.</param>
public sealed record RewardInstructions(string Code, string? HowToUse, string? Important, DateTimeOffset FetchedAt);

/// <summary>A brand as the catalogue shows it.</summary>
/// <param name="Code">Brand code or SKU.</param>
/// <param name="Name">Name shown to customers.</param>
/// <param name="ImageUrl">Address of its logo, or null.</param>
public sealed record KnownBrand(string Code, string Name, string? ImageUrl);

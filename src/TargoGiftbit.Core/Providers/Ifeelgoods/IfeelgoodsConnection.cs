using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Providers.Ifeelgoods;

/// <summary>How to reach Ifeelgoods: which environment, where, with which key pair.</summary>
/// <param name="Environment">Sandbox or production.</param>
/// <param name="Endpoint">API root without a trailing slash; https, or http on loopback.</param>
/// <param name="Key">The key.</param>
/// <param name="KeySecret">Its secret.</param>
public sealed record IfeelgoodsConnection(GiftEnvironment Environment, Uri Endpoint, Secret Key, Secret KeySecret)
{
    /// <summary>Reads the connection from the settings.</summary>
    /// <param name="settings">The settings of the run.</param>
    /// <param name="environment">Sandbox, or production when it was asked for.</param>
    /// <exception cref="GiftSettingsException"><c>SettingMissing</c>, or one of the codes for endpoints.</exception>
    public static IfeelgoodsConnection From(GiftSettings settings, GiftEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new IfeelgoodsConnection(
            environment, settings.IfeelgoodsEndpoint(environment),
            settings.RequireSecret(SettingName.IfeelgoodsKey), settings.RequireSecret(SettingName.IfeelgoodsSecret));
    }

    /// <summary>
    /// Where tokens are had (reference/ifeelgoods.md §1): the OAuth host beside Ifeelgoods' own API host, else below the same host,
    /// for a gateway or the simulator.
    /// </summary>
    public Uri OAuthRoot
    {
        get
        {
            var host = Endpoint.IdnHost;
            return host.StartsWith("api", StringComparison.Ordinal) && host.EndsWith(".ifeelgoods.com", StringComparison.Ordinal)
                ? new Uri($"https://oauth{host[3..]}/")
                : new Uri(Endpoint.GetLeftPart(UriPartial.Authority) + "/");
        }
    }
}

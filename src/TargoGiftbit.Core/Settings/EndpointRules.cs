using System.Net;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Settings;

/// <summary>Which addresses a service may have (spec A2–A4).</summary>
public static class EndpointRules
{
    /// <summary>True for this machine alone: <c>localhost</c>, 127.0.0.0/8, ::1.</summary>
    public static bool IsLoopback(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return string.Equals(address.IdnHost, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.IdnHost, out var ip) && IPAddress.IsLoopback(ip));
    }

    /// <summary>Reads the root of an API: absolute, https (http on loopback only), without user, query or fragment.</summary>
    /// <param name="name">The setting it comes from, for messages.</param>
    /// <param name="text">The address.</param>
    /// <returns>The address without a trailing slash.</returns>
    /// <exception cref="GiftSettingsException"><c>EndpointInvalid</c>, <c>EndpointNotSecure</c>.</exception>
    public static Uri Parse(string name, string text)
    {
        // The text is not repeated in the message: a user and password may stand in it.
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || !HasHost(address)
            || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
            throw SettingsText.EndpointInvalid(name);
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0) throw SettingsText.EndpointHasExtras(name);
        if (address.Scheme == Uri.UriSchemeHttp && !IsLoopback(address)) throw SettingsText.EndpointNotSecure(name, address);
        return new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/'));
    }

    /// <summary>Whether an address names a host; one that only looks like a name is found out when it is put into the form that DNS takes.</summary>
    /// <param name="address">An absolute address.</param>
    internal static bool HasHost(Uri address)
    {
        try
        {
            return address.IdnHost.Length > 0;
        }
        catch (UriFormatException)
        {
            return false;
        }
    }

    /// <summary>
    /// Refuses the production host in the sandbox and the sandbox's in production: a campaign stored as one would be ordered in the
    /// other. Hosts that are not the provider's own (a gateway, the simulator) are let through.
    /// </summary>
    /// <param name="name">The setting the address comes from.</param>
    /// <param name="address">The address.</param>
    /// <param name="environment">The environment that was asked for.</param>
    /// <param name="providerDomain">The provider's domain, for example <c>giftbit.com</c>.</param>
    /// <param name="sandboxHosts">The hosts of its sandbox.</param>
    /// <exception cref="GiftSettingsException"><c>EndpointIsProduction</c>, <c>EndpointIsSandbox</c>.</exception>
    public static void RefuseOtherEnvironment(
        string name, Uri address, GiftEnvironment environment, string providerDomain, IReadOnlyCollection<string> sandboxHosts)
    {
        ArgumentNullException.ThrowIfNull(address);
        var host = address.IdnHost.TrimEnd('.').ToLowerInvariant();
        var isProviders = host == providerDomain || host.EndsWith("." + providerDomain, StringComparison.Ordinal);
        if (!isProviders) return;
        var isSandbox = sandboxHosts.Contains(host);
        if (environment == GiftEnvironment.Sandbox && !isSandbox) throw SettingsText.EndpointIsProduction(name, host);
        if (environment == GiftEnvironment.Production && isSandbox) throw SettingsText.EndpointIsSandbox(name, host);
    }
}

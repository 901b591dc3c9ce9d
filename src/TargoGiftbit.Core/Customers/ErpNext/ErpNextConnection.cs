using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Customers.ErpNext;

/// <summary>How to reach an ERPNext site.</summary>
/// <param name="Site">Root of the site without a trailing slash; https, or http on loopback.</param>
/// <param name="Token">API key and secret of a user: <c>key:secret</c>.</param>
public sealed record ErpNextConnection(Uri Site, Secret Token)
{
    /// <summary>Whether the site is on this machine: a simulator or a trial, not the office's own.</summary>
    public bool IsLocal => EndpointRules.IsLoopback(Site);

    /// <summary>Reads the connection from the settings.</summary>
    /// <param name="settings">The settings of the run.</param>
    /// <exception cref="GiftSettingsException"><c>SettingMissing</c>, <c>EndpointInvalid</c>, <c>EndpointNotSecure</c>.</exception>
    /// <exception cref="ErpNextException"><c>ErpNextTokenInvalid</c>.</exception>
    public static ErpNextConnection From(GiftSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.RequireText(SettingName.ErpNextUrl);
        var token = settings.RequireSecret(SettingName.ErpNextToken);
        var pair = token.Reveal();
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        if (colon < 1 || colon == pair.Length - 1 || pair.IndexOf(':', colon + 1) >= 0 || pair.Any(c => c is <= ' ' or > '~'))
            throw new ErpNextException("ErpNextTokenInvalid", ErpNextText.TokenMalformed, ErpNextText.TokenRemedy);
        return new ErpNextConnection(settings.Endpoint(SettingName.ErpNextUrl)!, token);
    }

    /// <summary>The secret half of the token, so that a site which echoes it cannot bring it into a text.</summary>
    internal Secret SecretHalf => new(Token.Reveal()[(Token.Reveal().IndexOf(':', StringComparison.Ordinal) + 1)..]);
}

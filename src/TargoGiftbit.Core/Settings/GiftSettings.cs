using System.Collections;
using System.Text.RegularExpressions;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Settings;

/// <summary>
/// All settings of a run: parameter, else environment, else the <c>.env</c> file in the data folder, else the default (spec A1, A9).
/// Secrets come out as <see cref="Secret"/> only.
/// </summary>
public sealed partial class GiftSettings
{
    private static readonly string[] GiftbitSandboxHosts = ["api-testbed.giftbit.com", "testbedapp.giftbit.com"];
    private static readonly string[] IfeelgoodsSandboxHosts = ["api-sandbox.ifeelgoods.com"];

    private readonly Dictionary<string, (string Text, SettingOrigin Origin)> values;

    private GiftSettings(Dictionary<string, (string, SettingOrigin)> values, string dataFolder)
    {
        this.values = values;
        DataFolder = dataFolder;
    }

    /// <summary>Full path of the data folder (<c>GIFT_HOME</c>); it need not exist.</summary>
    public string DataFolder { get; }

    /// <summary>Resolves all settings.</summary>
    /// <param name="parameters">What the command was given; null when nothing.</param>
    /// <param name="environment">The environment; null means this process's own.</param>
    /// <exception cref="GiftSettingsException">
    /// <c>EnvFileExposed</c>, <c>EnvFileUnreadable</c>, <c>EnvFileInvalid</c>, <c>DataFolderUnknown</c>, <c>DataFolderInvalid</c>, <c>SettingInvalid</c>.
    /// </exception>
    public static GiftSettings Load(SettingParameters? parameters = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        environment ??= ProcessEnvironment();
        var given = parameters?.Values ?? new Dictionary<string, string>();
        var home = Pick(SettingName.Home, (given, SettingOrigin.Parameter), (environment, SettingOrigin.Environment));
        var folder = FolderOf(home?.Text);
        var file = EnvFileReader.Read(Path.Combine(folder, ".env"));
        // The file lies in the folder: it cannot say where the folder is.
        if (file.ContainsKey(SettingName.Home)) throw SettingsText.HomeInEnvFile(folder);

        var values = new Dictionary<string, (string, SettingOrigin)>(StringComparer.Ordinal)
        {
            [SettingName.Home] = (folder, home?.Origin ?? SettingOrigin.Default),
        };
        foreach (var definition in SettingCatalog.All)
        {
            if (definition.Name == SettingName.Home) continue;
            var found = Pick(definition.Name, (given, SettingOrigin.Parameter), (environment, SettingOrigin.Environment), (file, SettingOrigin.DotEnv));
            if (found is { } value) values[definition.Name] = value;
            else if (definition.Default is { } text) values[definition.Name] = (text, SettingOrigin.Default);
        }
        return new GiftSettings(values, folder);
    }

    /// <summary>The environment of this process; names are compared as the system does.</summary>
    public static IReadOnlyDictionary<string, string> ProcessEnvironment()
    {
        var copy = new Dictionary<string, string>(OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal);
        foreach (DictionaryEntry entry in Environment.GetEnvironmentVariables()) copy[(string)entry.Key] = entry.Value as string ?? "";
        return copy;
    }

    /// <summary>The value of a plain setting, or null when it is not set.</summary>
    /// <param name="name">One of <see cref="SettingName"/>.</param>
    /// <exception cref="ArgumentException">No such setting, or a secret one.</exception>
    public string? Text(string name) =>
        SettingCatalog.Get(name).IsSecret
            ? throw new ArgumentException($"{name} is a secret: read it with Secret().", nameof(name))
            : values.TryGetValue(name, out var value) ? value.Text : null;

    /// <summary>The value of a secret setting, or null when it is not set.</summary>
    /// <param name="name">One of <see cref="SettingName"/>.</param>
    /// <exception cref="ArgumentException">No such setting, or a plain one.</exception>
    public Secret? Secret(string name) =>
        !SettingCatalog.Get(name).IsSecret
            ? throw new ArgumentException($"{name} is not a secret: read it with Text().", nameof(name))
            : values.TryGetValue(name, out var value) ? new Secret(value.Text) : null;

    /// <summary>Where the value of a setting came from; null when it is not set.</summary>
    public SettingOrigin? OriginOf(string name) => values.TryGetValue(SettingCatalog.Get(name).Name, out var value) ? value.Origin : null;

    /// <summary>A plain setting that must be there.</summary>
    /// <exception cref="GiftSettingsException"><c>SettingMissing</c>.</exception>
    public string RequireText(string name) => Text(name) ?? throw SettingsText.Missing(name, DataFolder);

    /// <summary>A secret that must be there.</summary>
    /// <exception cref="GiftSettingsException"><c>SettingMissing</c>.</exception>
    public Secret RequireSecret(string name) => Secret(name) ?? throw SettingsText.Missing(name, DataFolder);

    /// <summary>The API root in a setting, checked; null when it is not set.</summary>
    /// <exception cref="GiftSettingsException"><c>EndpointInvalid</c>, <c>EndpointNotSecure</c>.</exception>
    public Uri? Endpoint(string name) => Text(name) is { } text ? EndpointRules.Parse(name, text) : null;

    /// <summary>A yes or no in a setting; null when it is not set.</summary>
    /// <exception cref="GiftSettingsException"><c>SettingInvalid</c>: it is neither.</exception>
    public bool? Flag(string name) => Text(name)?.ToLowerInvariant() switch
    {
        null => null,
        "true" or "1" or "yes" or "on" or "oui" => true,
        "false" or "0" or "no" or "off" or "non" => false,
        _ => throw SettingsText.NotFlag(name),
    };

    /// <summary>The page in a setting that customers are led to, https; null when it is not set.</summary>
    /// <exception cref="GiftSettingsException"><c>SettingInvalid</c>.</exception>
    public Uri? Page(string name) => Text(name) is not { } text ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var page) && page.Scheme == Uri.UriSchemeHttps && page.UserInfo.Length == 0 ? page
        : throw SettingsText.NotPage(name);

    /// <summary>The address that gets everything in the sandbox (spec A3).</summary>
    /// <exception cref="GiftSettingsException"><c>TestInboxMissing</c>, <c>TestInboxInvalid</c>.</exception>
    public string RequireTestInbox()
    {
        var inbox = Text(SettingName.TestInbox) ?? throw SettingsText.TestInboxMissing(DataFolder);
        var at = inbox.LastIndexOf('@');
        return at > 0 && at < inbox.Length - 1 && inbox.IndexOfAny([' ', ',', ';', '<', '>', '"']) < 0 && inbox.IndexOf('@', StringComparison.Ordinal) == at
            ? inbox
            : throw SettingsText.TestInboxInvalid();
    }

    /// <summary>How to reach Giftbit: the host of the environment or <c>GIFTBIT_ENDPOINT</c>, and the token of that environment.</summary>
    /// <param name="environment">Sandbox, or production when it was asked for.</param>
    /// <exception cref="GiftSettingsException">
    /// <c>GiftbitTokenMissing</c>, <c>GiftbitTokenMalformed</c>, <c>EndpointInvalid</c>, <c>EndpointNotSecure</c>, <c>EndpointIsProduction</c>, <c>EndpointIsSandbox</c>.
    /// </exception>
    public ServiceConnection Giftbit(GiftEnvironment environment)
    {
        // Two hosts and two tokens of separate accounts: reference/giftbit.md §1.
        var fallback = environment == GiftEnvironment.Production ? "https://api.giftbit.com/papi/v1" : "https://api-testbed.giftbit.com/papi/v1";
        var endpoint = Endpoint(SettingName.GiftbitEndpoint) ?? new Uri(fallback);
        EndpointRules.RefuseOtherEnvironment(SettingName.GiftbitEndpoint, endpoint, environment, "giftbit.com", GiftbitSandboxHosts);
        return new ServiceConnection(environment, endpoint, GiftbitToken(environment));
    }

    /// <summary>Root of Ifeelgoods' API: the host of the environment or <c>IFEELGOODS_ENDPOINT</c>.</summary>
    /// <param name="environment">Sandbox, or production when it was asked for.</param>
    /// <exception cref="GiftSettingsException"><c>EndpointInvalid</c>, <c>EndpointNotSecure</c>, <c>EndpointIsProduction</c>, <c>EndpointIsSandbox</c>.</exception>
    public Uri IfeelgoodsEndpoint(GiftEnvironment environment)
    {
        // reference/ifeelgoods.md §1.
        var fallback = environment == GiftEnvironment.Production
            ? "https://api.ifeelgoods.com/fulfillment/v2" : "https://api-sandbox.ifeelgoods.com/fulfillment/v2";
        var endpoint = Endpoint(SettingName.IfeelgoodsEndpoint) ?? new Uri(fallback);
        EndpointRules.RefuseOtherEnvironment(SettingName.IfeelgoodsEndpoint, endpoint, environment, "ifeelgoods.com", IfeelgoodsSandboxHosts);
        return endpoint;
    }

    /// <summary>All settings as an operator may see them: secrets masked, each with where it came from.</summary>
    public IReadOnlyList<SettingReport> Describe() =>
    [
        .. SettingCatalog.All.Select(d => values.TryGetValue(d.Name, out var value)
            ? new SettingReport(d.Name, d.IsSecret ? new Secret(value.Text).ToString() : UserInfo.Replace(value.Text, "//$1••••••@"), value.Origin, d.IsSecret)
            : new SettingReport(d.Name, null, null, d.IsSecret)),
    ];

    // A password written into an address is refused later by whoever uses it; here it must not be shown meanwhile.
    [GeneratedRegex("//([^/@:]*:)[^/]*@")]
    private static partial Regex UserInfo { get; }

    private Secret GiftbitToken(GiftEnvironment environment)
    {
        var own = environment == GiftEnvironment.Production ? SettingName.GiftbitTokenProduction : SettingName.GiftbitTokenSandbox;
        // A token typed on the command line is meant for this very call; otherwise the environment's own token wins (spec A9).
        var name = OriginOf(own) != SettingOrigin.Parameter && OriginOf(SettingName.GiftbitToken) == SettingOrigin.Parameter ? SettingName.GiftbitToken : own;
        var token = Secret(name) ?? Secret(SettingName.GiftbitToken) ?? throw SettingsText.GiftbitTokenMissing(own, environment, DataFolder);
        if (token.Reveal().Any(c => c is <= ' ' or > '~')) throw SettingsText.GiftbitTokenMalformed(own);
        return token;
    }

    private static (string Text, SettingOrigin Origin)? Pick(
        string name, params ReadOnlySpan<(IReadOnlyDictionary<string, string> Values, SettingOrigin Origin)> sources)
    {
        foreach (var (source, origin) in sources)
        {
            if (!source.TryGetValue(name, out var text) || string.IsNullOrWhiteSpace(text)) continue;
            // Line ends at the edges come with `export X=$(cat file)`; inside, they could forge a header.
            text = text.Trim();
            return text.Any(char.IsControl) ? throw SettingsText.ControlCharacter(name, origin) : (text, origin);
        }
        return null;
    }

    private static string FolderOf(string? home)
    {
        if (home is null)
        {
            var local = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            // Empty for a service account without a home: a relative folder would then land anywhere.
            return local.Length > 0 ? Path.Combine(local, "TargoGiftbit") : throw SettingsText.DataFolderUnknown();
        }
        try
        {
            return Path.GetFullPath(home);
        }
        catch (ArgumentException e)
        {
            throw SettingsText.DataFolderInvalid(e);
        }
    }
}

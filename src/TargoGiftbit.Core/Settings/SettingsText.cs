using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Settings;

/// <summary>Everything that the settings say to an operator, in one place.</summary>
internal static class SettingsText
{
    public const string EnvNotUtf8 = "is not UTF-8 text";
    public const string EnvControlCharacter = "holds a control character";
    public const string EnvNoEquals = "has no '='";
    public const string EnvBadName = "has no valid name before the '=' (letters, digits and _, not starting with a digit)";
    public const string EnvOpenQuote = "opens a quote and does not close it";
    public const string EnvAfterQuote = "goes on after the closing quote";

    public static string EnvRepeated(string name) => $"sets {name} a second time";

    public static GiftSettingsException EnvLine(string path, int line, string what) =>
        new("EnvFileInvalid", $"Line {line} of '{path}' {what}.",
            "Write NAME=value, or NAME='value' when it has spaces or a #. The line is not shown here, since it may hold a secret.");

    public static GiftSettingsException EnvFileTooLarge(string path, int limit) =>
        new("EnvFileInvalid", $"'{path}' is larger than {limit / 1024} KB.", "A settings file has a few lines. Check that it is the right file.");

    public static GiftSettingsException EnvFileUnreadable(string path, Exception cause) =>
        new("EnvFileUnreadable", $"'{path}' cannot be read.", "Make sure that it belongs to the user who runs the command.", cause);

    public static GiftSettingsException EnvFileExposed(string path) => OperatingSystem.IsWindows()
        ? new("EnvFileExposed", $"Other users can read '{path}', which holds secrets. It was not read.",
            $"Run: icacls \"{path}\" /inheritance:r /grant:r \"${{env:USERNAME}}:F\"  and, if it was open for long, ask for new tokens.")
        : new("EnvFileExposed", $"The group or others have rights on '{path}', which holds secrets. It was not read.",
            $"Run: chmod 600 '{path.Replace("'", "'\\''", StringComparison.Ordinal)}'  and, if it was open for long, ask for new tokens.");

    public static GiftSettingsException HomeInEnvFile(string folder) =>
        new("EnvFileInvalid", $"The .env file in '{folder}' sets {SettingName.Home}, the folder it lies in.",
            $"Remove the line; set {SettingName.Home} in the environment.");

    public static GiftSettingsException DataFolderUnknown() =>
        new("DataFolderUnknown", "This user has no folder for application data, so there is no place for the ledger.",
            $"Set {SettingName.Home} to a folder of this user.");

    public static GiftSettingsException DataFolderInvalid(Exception cause) =>
        new("DataFolderInvalid", $"{SettingName.Home} is not a valid path.", "Give the path of a folder.", cause);

    public static GiftSettingsException ControlCharacter(string name, SettingOrigin origin) =>
        new("SettingInvalid", $"{name} ({Where(origin)}) holds a line break or another control character.", "Write it on one line.");

    public static GiftSettingsException NotFlag(string name) => new("SettingInvalid", $"{name} is neither yes nor no.", "Write true or false.");

    public static GiftSettingsException NotPage(string name) =>
        new("SettingInvalid", $"{name} is not the https address of a page.", "Give it whole, for example https://www.example.com/privacy.");

    public static GiftSettingsException Missing(string name, string folder) =>
        new("SettingMissing", $"{name} is not set.", $"Set it in the environment or in '{Path.Combine(folder, ".env")}'.");

    public static GiftSettingsException TestInboxMissing(string folder) =>
        new("TestInboxMissing", "No test inbox is configured. In the sandbox every message and every order uses it in place of the customers' addresses; nothing was sent.",
            $"Give -TestInbox, or set {SettingName.TestInbox} in the environment or in '{Path.Combine(folder, ".env")}'.");

    public static GiftSettingsException TestInboxInvalid() =>
        new("TestInboxInvalid", $"The test inbox ({SettingName.TestInbox}) is not one e-mail address. Nothing was sent.", "Give a plain address such as tests@example.com.");

    public static GiftSettingsException GiftbitTokenMissing(string own, GiftEnvironment environment, string folder) =>
        new("GiftbitTokenMissing", $"There is no Giftbit token for the {Name(environment)}.",
            $"Set {own} or {SettingName.GiftbitToken} in the environment or in '{Path.Combine(folder, ".env")}', or give -Token.");

    public static GiftSettingsException GiftbitTokenMalformed(string own) =>
        new("GiftbitTokenMalformed", $"The Giftbit token ({own} or {SettingName.GiftbitToken}) holds a space or a character that no token has.",
            "Give the token alone, without the word Bearer and without quotes.");

    public static GiftSettingsException EndpointInvalid(string name) =>
        new("EndpointInvalid", $"{name} is not an absolute https address.", "Give the root of the API, for example https://api.example.com/v1.");

    public static GiftSettingsException EndpointHasExtras(string name) =>
        new("EndpointInvalid", $"{name} has a user, a query or a fragment in it.", "Give the root of the API alone; credentials have settings of their own.");

    public static GiftSettingsException EndpointNotSecure(string name, Uri address) =>
        new("EndpointNotSecure", $"{name} is a plain http address on '{address.IdnHost}'. Tokens and links would travel in clear.",
            "Use https. Plain http is accepted for this machine only (localhost, 127.0.0.1, ::1).");

    public static GiftSettingsException EndpointIsProduction(string name, string host) =>
        new("EndpointIsProduction", $"{name} names '{host}', which spends real money, but this is a sandbox run.",
            $"Give -Production if you mean it, or remove {name}.");

    public static GiftSettingsException EndpointIsSandbox(string name, string host) =>
        new("EndpointIsSandbox", $"{name} names '{host}', the sandbox, but this is a production run: customers would get worthless links.",
            $"Remove {name}, or leave out -Production.");

    private static string Name(GiftEnvironment environment) => environment == GiftEnvironment.Production ? "production environment" : "sandbox";

    private static string Where(SettingOrigin origin) => origin switch
    {
        SettingOrigin.Parameter => "given as a parameter",
        SettingOrigin.Environment => "from the environment",
        SettingOrigin.DotEnv => "from the .env file",
        _ => "by default",
    };
}

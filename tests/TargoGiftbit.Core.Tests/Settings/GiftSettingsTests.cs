using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Tests.Settings;

public sealed class GiftSettingsTests : IDisposable
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string home = Directory.CreateTempSubdirectory("gift-settings-").FullName;
    private readonly Dictionary<string, string> environment = [];
    private readonly SettingParameters parameters = new();

    public GiftSettingsTests() => environment["GIFT_HOME"] = home;

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Fact]
    public void A_parameter_wins_over_the_environment_which_wins_over_the_file_which_wins_over_the_default()
    {
        Assert.Equal(("support@targo.ca", SettingOrigin.Default), Found(SettingName.ReplyTo));
        WriteEnv("GIFT_REPLY_TO=file@example.com");
        Assert.Equal(("file@example.com", SettingOrigin.DotEnv), Found(SettingName.ReplyTo));
        environment["GIFT_REPLY_TO"] = "env@example.com";
        Assert.Equal(("env@example.com", SettingOrigin.Environment), Found(SettingName.ReplyTo));
        parameters.With(SettingName.ReplyTo, "given@example.com");
        Assert.Equal(("given@example.com", SettingOrigin.Parameter), Found(SettingName.ReplyTo));
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void A_blank_value_counts_as_not_set(string blank)
    {
        WriteEnv("GIFT_REPLY_TO=file@example.com");
        environment["GIFT_REPLY_TO"] = blank;
        parameters.With(SettingName.ReplyTo, blank);
        Assert.Equal(("file@example.com", SettingOrigin.DotEnv), Found(SettingName.ReplyTo));
    }

    [Fact]
    public void The_token_of_the_environment_wins_over_the_common_one_in_its_environment_only()
    {
        environment["GIFTBIT_TOKEN"] = "common";
        WriteEnv("GIFTBIT_TOKEN_SANDBOX=own");
        var settings = Load();
        Assert.Equal("own", settings.Giftbit(GiftEnvironment.Sandbox).Token.Reveal());
        Assert.Equal("common", settings.Giftbit(GiftEnvironment.Production).Token.Reveal());
    }

    [Fact]
    public void A_token_given_with_the_call_wins_over_all()
    {
        environment["GIFTBIT_TOKEN_SANDBOX"] = "own";
        parameters.With(SettingName.GiftbitToken, new Secret("given"));
        Assert.Equal("given", Load().Giftbit(GiftEnvironment.Sandbox).Token.Reveal());
    }

    [Fact]
    public void A_missing_token_says_where_to_put_it()
    {
        var error = Assert.Throws<GiftSettingsException>(() => Load().Giftbit(GiftEnvironment.Production));
        Assert.Equal("GiftbitTokenMissing", error.Code);
        Assert.Contains("GIFTBIT_TOKEN_PRODUCTION", error.Remedy!, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(home, ".env"), error.Remedy!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bearer canary")]
    [InlineData("canary€")]
    public void A_token_that_is_none_is_refused_and_not_shown(string token)
    {
        environment["GIFTBIT_TOKEN"] = token;
        var error = Assert.Throws<GiftSettingsException>(() => Load().Giftbit(GiftEnvironment.Sandbox));
        Assert.Equal("GiftbitTokenMalformed", error.Code);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_break_at_the_edge_of_a_token_is_dropped_and_one_inside_is_refused()
    {
        environment["GIFTBIT_TOKEN"] = "abc\n";
        Assert.Equal("abc", Load().Giftbit(GiftEnvironment.Sandbox).Token.Reveal());
        environment["GIFTBIT_TOKEN"] = "canary\r\nX-Evil: 1";
        var error = Assert.Throws<GiftSettingsException>(Load);
        Assert.Equal("SettingInvalid", error.Code);
        Assert.Contains("GIFTBIT_TOKEN (from the environment)", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_test_inbox_is_an_error_that_names_the_setting()
    {
        var error = Assert.Throws<GiftSettingsException>(() => Load().RequireTestInbox());
        Assert.Equal("TestInboxMissing", error.Code);
        Assert.Contains("GIFT_TEST_INBOX", error.Remedy!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tests@example.com", true)]
    [InlineData("tests", false)]
    [InlineData("a@example.com,b@example.com", false)]
    [InlineData("Tests <tests@example.com>", false)]
    [InlineData("@example.com", false)]
    [InlineData("tests@", false)]
    public void The_test_inbox_is_one_plain_address(string inbox, bool accepted)
    {
        environment["GIFT_TEST_INBOX"] = inbox;
        if (accepted) Assert.Equal(inbox, Load().RequireTestInbox());
        else Assert.Equal("TestInboxInvalid", Assert.Throws<GiftSettingsException>(() => Load().RequireTestInbox()).Code);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherExecute)]
    public void An_env_file_open_to_others_is_refused_with_the_chmod_to_run(UnixFileMode others)
    {
        if (OperatingSystem.IsWindows()) return;
        WriteEnv("GIFTBIT_TOKEN=canary");
        File.SetUnixFileMode(Path.Combine(home, ".env"), Mine | others);
        var error = Assert.Throws<GiftSettingsException>(Load);
        Assert.Equal("EnvFileExposed", error.Code);
        Assert.Contains($"chmod 600 '{home}/.env'", error.Remedy!, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_mode_that_counts_is_that_of_the_file_behind_a_symbolic_link()
    {
        if (OperatingSystem.IsWindows()) return;
        var target = Path.Combine(home, "shared.env");
        File.WriteAllText(target, "GIFTBIT_TOKEN=x");
        File.SetUnixFileMode(target, Mine | UnixFileMode.OtherRead);
        File.CreateSymbolicLink(Path.Combine(home, ".env"), target);
        Assert.Equal("EnvFileExposed", Assert.Throws<GiftSettingsException>(Load).Code);
    }

    [Fact]
    public void The_description_masks_every_secret_and_tells_each_origin()
    {
        environment["GIFTBIT_TOKEN"] = "canary-1";
        environment["GIFT_SMTP"] = "smtp://me:canary-2@mail.example.com:587";
        environment["GIFT_TEST_INBOX"] = "tests@example.com";
        var lines = Load().Describe();

        Assert.Equal(SettingCatalog.All.Count, lines.Count);
        Assert.DoesNotContain(lines, l => l.ToString().Contains("canary", StringComparison.Ordinal));
        Assert.Equal("smtp://me:••••••@mail.example.com:587", lines.Single(l => l.Name == "GIFT_SMTP").Value);
        Assert.Equal(SettingOrigin.Environment, lines.Single(l => l.Name == "GIFTBIT_TOKEN").Origin);
        Assert.Equal("tests@example.com", lines.Single(l => l.Name == "GIFT_TEST_INBOX").Value);
        Assert.Null(lines.Single(l => l.Name == "ERPNEXT_TOKEN").Origin);
    }

    [Fact]
    public void A_secret_cannot_be_read_as_text()
    {
        environment["GIFTBIT_TOKEN"] = "x";
        Assert.Throws<ArgumentException>(() => Load().Text(SettingName.GiftbitToken));
        Assert.Throws<ArgumentException>(() => parameters.With(SettingName.GiftbitToken, "x"));
    }

    [Fact]
    public void The_data_folder_is_told_in_full_and_cannot_be_set_from_within()
    {
        environment["GIFT_HOME"] = Path.GetRelativePath(Directory.GetCurrentDirectory(), home);
        Assert.Equal(home, Load().DataFolder);
        WriteEnv("GIFT_HOME=/elsewhere");
        Assert.Equal("EnvFileInvalid", Assert.Throws<GiftSettingsException>(Load).Code);
    }

    [Fact]
    public void Without_a_setting_the_data_folder_is_in_the_users_application_data()
    {
        environment.Remove("GIFT_HOME");
        parameters.With(SettingName.Home, home);
        Assert.Equal((home, SettingOrigin.Parameter), Found(SettingName.Home));
        Assert.EndsWith("TargoGiftbit", GiftSettings.Load(null, new Dictionary<string, string>()).DataFolder, StringComparison.Ordinal);
    }

    private GiftSettings Load() => GiftSettings.Load(parameters, environment);

    private (string? Value, SettingOrigin? Origin) Found(string name)
    {
        var settings = Load();
        return (settings.Text(name), settings.OriginOf(name));
    }

    private void WriteEnv(string content)
    {
        var path = Path.Combine(home, ".env");
        File.WriteAllText(path, content);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, Mine);
    }
}

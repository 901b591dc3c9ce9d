using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Tests.Settings;

public sealed class EndpointRulesTests
{
    [Theory]
    [InlineData("https://api.example.com/v1/", "https://api.example.com/v1")]
    [InlineData("https://api.example.com", "https://api.example.com/")]
    [InlineData("http://127.0.0.1:8080/papi/v1", "http://127.0.0.1:8080/papi/v1")]
    [InlineData("http://127.9.9.9/x", "http://127.9.9.9/x")]
    [InlineData("http://[::1]:80/x", "http://[::1]/x")]
    [InlineData("http://LocalHost:5000/x", "http://localhost:5000/x")]
    public void A_fitting_root_is_taken_without_its_last_slash(string text, string expected) =>
        Assert.Equal(expected, EndpointRules.Parse("X", text).AbsoluteUri);

    [Theory]
    [InlineData("http://api.example.com/v1")]
    [InlineData("http://10.0.0.1/v1")]
    [InlineData("http://localhost.example.com/v1")]
    [InlineData("http://127.0.0.1.example.com/v1")]
    [InlineData("http://0.0.0.0/v1")]
    public void Plain_http_is_for_this_machine_only(string text) =>
        Assert.Equal("EndpointNotSecure", Assert.Throws<GiftSettingsException>(() => EndpointRules.Parse("X", text)).Code);

    [Theory]
    [InlineData("api.example.com/v1")]
    [InlineData("ftp://api.example.com")]
    [InlineData("/v1")]
    [InlineData("https://")]
    [InlineData("https://\u200b/canary")]
    [InlineData("https://me:canary@api.example.com")]
    [InlineData("https://api.example.com?token=canary")]
    [InlineData("https://api.example.com#canary")]
    public void Anything_else_is_refused_without_repeating_it(string text)
    {
        var error = Assert.Throws<GiftSettingsException>(() => EndpointRules.Parse("GIFTBIT_ENDPOINT", text));
        Assert.Equal("EndpointInvalid", error.Code);
        Assert.Contains("GIFTBIT_ENDPOINT", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://api.giftbit.com/papi/v1")]
    [InlineData("https://API.Giftbit.com./papi/v1")]
    [InlineData("https://app.giftbit.com")]
    [InlineData("https://giftbit.com")]
    public void A_production_host_is_refused_in_the_sandbox(string endpoint) =>
        Assert.Equal("EndpointIsProduction", Assert.Throws<GiftSettingsException>(() => Settings(endpoint).Giftbit(GiftEnvironment.Sandbox)).Code);

    [Theory]
    [InlineData("https://api-testbed.giftbit.com/papi/v1")]
    [InlineData("https://testbedapp.giftbit.com/papi/v1")]
    public void The_sandbox_host_is_refused_in_production(string endpoint) =>
        Assert.Equal("EndpointIsSandbox", Assert.Throws<GiftSettingsException>(() => Settings(endpoint).Giftbit(GiftEnvironment.Production)).Code);

    [Theory]
    [InlineData("https://notgiftbit.com/papi/v1")]
    [InlineData("https://giftbit.com.example.com/papi/v1")]
    [InlineData("http://127.0.0.1:9/papi/v1")]
    public void A_host_that_is_not_the_providers_serves_either_environment(string endpoint)
    {
        Assert.Equal(endpoint, Settings(endpoint).Giftbit(GiftEnvironment.Sandbox).Endpoint.AbsoluteUri);
        Assert.Equal(endpoint, Settings(endpoint).Giftbit(GiftEnvironment.Production).Endpoint.AbsoluteUri);
    }

    [Fact]
    public void Without_an_endpoint_each_environment_has_its_own_host()
    {
        Assert.Equal("https://api-testbed.giftbit.com/papi/v1", Settings(null).Giftbit(GiftEnvironment.Sandbox).Endpoint.AbsoluteUri);
        Assert.Equal("https://api.giftbit.com/papi/v1", Settings(null).Giftbit(GiftEnvironment.Production).Endpoint.AbsoluteUri);
        Assert.Equal("api-sandbox.ifeelgoods.com", Settings(null).IfeelgoodsEndpoint(GiftEnvironment.Sandbox).Host);
        Assert.Equal("api.ifeelgoods.com", Settings(null).IfeelgoodsEndpoint(GiftEnvironment.Production).Host);
    }

    private static GiftSettings Settings(string? endpoint) => GiftSettings.Load(
        new SettingParameters().With(SettingName.GiftbitToken, new Secret("t")).With(SettingName.GiftbitEndpoint, endpoint),
        new Dictionary<string, string> { ["GIFT_HOME"] = Path.Combine(Path.GetTempPath(), "no-such-folder-of-settings") });
}

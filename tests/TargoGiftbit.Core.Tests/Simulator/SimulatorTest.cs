using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using TargoGiftbit.Simulator;

namespace TargoGiftbit.Core.Tests.Simulator;

/// <summary>A simulator with a clock that only the test moves, and plain HTTP clients for it.</summary>
public abstract class SimulatorTest : IAsyncLifetime
{
    protected SimulatorHost Sim { get; private set; } = null!;

    protected HttpClient Giftbit { get; private set; } = null!;

    protected HttpClient Mailjet { get; private set; } = null!;

    protected virtual SimulatorOptions Options => new()
    {
        Start = new DateTimeOffset(2026, 7, 1, 19, 0, 0, TimeSpan.Zero),
        ClockScale = 0,
        HangTime = TimeSpan.FromSeconds(5),
    };

    public async Task InitializeAsync()
    {
        Sim = await SimulatorHost.StartAsync(Options);
        Giftbit = new HttpClient { BaseAddress = new Uri(Sim.Addresses.Giftbit.AbsoluteUri + "/") };
        Giftbit.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Sim.Options.GiftbitToken);
        Mailjet = new HttpClient { BaseAddress = Sim.Addresses.Mailjet };
        var pair = $"{Sim.Options.MailjetPublicKey}:{Sim.Options.MailjetPrivateKey}";
        Mailjet.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
    }

    public async Task DisposeAsync()
    {
        Giftbit.Dispose();
        Mailjet.Dispose();
        await Sim.DisposeAsync();
    }

    protected static async Task<JsonElement> GetAsync(HttpClient client, string path) =>
        (await ReadAsync(await client.GetAsync(new Uri(path, UriKind.Relative)))).Body;

    protected static async Task<(int Status, JsonElement Body)> PostAsync(HttpClient client, string path, object body)
    {
        using var content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        return await ReadAsync(await client.PostAsync(new Uri(path, UriKind.Relative), content));
    }

    protected static async Task<(int Status, JsonElement Body)> ReadAsync(HttpResponseMessage response)
    {
        using (response)
        {
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync());
            return ((int)response.StatusCode, document.RootElement.Clone());
        }
    }

    protected static Dictionary<string, object> Order(string id, int contacts = 3) => new()
    {
        ["id"] = id,
        ["price_in_cents"] = 6000,
        ["brand_codes"] = new[] { "timhortonsca", "walmartca" },
        ["message"] = "Merci",
        ["expiry"] = "2026-12-31",
        ["delivery_type"] = "SHORTLINK",
        ["contacts"] = Enumerable.Range(1, contacts).Select(Contact).ToArray(),
    };

    protected static Dictionary<string, string> Contact(int row) => new()
    {
        ["id"] = $"C{row}",
        ["firstname"] = $"Zoé{row}",
        ["lastname"] = "Tremblay",
        ["email"] = $"essais+{row}@targo.ca",
    };

    protected static Dictionary<string, object> Mail(string customId, string to = "marie@example.ca") => new()
    {
        ["From"] = new { Email = "noreply@targo.ca", Name = "TARGO" },
        ["To"] = new[] { new { Email = to, Name = "Marie" } },
        ["Subject"] = "🎁 Un cadeau",
        ["TextPart"] = "Voici",
        ["HTMLPart"] = "<p>Voici <a href=\"http://gtbt.co/AAAAAAAAAAA\">ton cadeau</a></p>",
        ["CustomID"] = customId,
        ["EventPayload"] = "attempt-1",
        ["CustomCampaign"] = "ete",
    };

    protected Task<(int Status, JsonElement Body)> SendAsync(params object[] messages) =>
        PostAsync(Mailjet, "v3.1/send", new { Messages = messages });
}

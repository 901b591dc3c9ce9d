using TargoGiftbit.Core.Customers.ErpNext;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Mail.Transports.Mailjet;
using TargoGiftbit.Core.Providers.Giftbit;
using TargoGiftbit.Core.Providers.Ifeelgoods;
using TargoGiftbit.Core.Retention;
using TargoGiftbit.Core.Settings;
using TargoGiftbit.Lab.Campaigns;
using TargoGiftbit.Simulator;

namespace TargoGiftbit.Lab.Fuzz;

/// <summary>What the services answer to a small campaign, and that campaign as a file.</summary>
internal sealed record ServiceSeeds(byte[][] Giftbit, byte[][] Mailjet, byte[][] Ifeelgoods, byte[][] ErpNext, string Campaign)
{
    private static readonly CancellationToken None = CancellationToken.None;

    public static async Task<ServiceSeeds> CollectAsync(string folder)
    {
        var options = new SimulatorOptions { ClockScale = 0, Start = new DateTimeOffset(2026, 5, 4, 14, 0, 0, TimeSpan.Zero), Seed = 1 };
        options.ErpNext.Customers = 3;
        await using var simulator = await SimulatorHost.StartAsync(options);
        var settings = new Dictionary<string, string>(simulator.Environment) { ["GIFT_HOME"] = folder };
        await using var campaign = new LabCampaign(settings, "spring", simulator.Clock, LabPatience.Normal);
        await campaign.OrderAsync(LabCampaign.Contacts(2));
        simulator.Clock.Advance(TimeSpan.FromSeconds(10));
        await campaign.CollectAsync(TimeSpan.Zero);
        await campaign.SendAsync();
        simulator.Clock.Advance(TimeSpan.FromMinutes(1));
        var link = "http://gtbt.co/" + FuzzTarget.LinkMark;
        var file = Path.Combine(folder, "spring.json");
        await CampaignFile.WriteAsync(campaign.Ledger, LabCampaign.Where, campaign.Id, file, None);
        // Two gifts cannot have one link.
        var text = await File.ReadAllTextAsync(file);
        foreach (var gift in campaign.Gifts) text = text.Replace(gift.Link!.Reveal(), $"{link}{gift.Row}", StringComparison.Ordinal);
        return new ServiceSeeds(await GiftbitAsync(simulator), await MailjetAsync(simulator), await IfeelgoodsAsync(simulator), await ErpNextAsync(simulator), text);
    }

    private static async Task<byte[][]> GiftbitAsync(SimulatorHost simulator)
    {
        var recorder = new RecordingHandler();
        var connection = new ServiceConnection(LabCampaign.Where, simulator.Addresses.Giftbit, new Secret(simulator.Options.GiftbitToken));
        using var provider = GiftbitProvider.Connect(connection, simulator.Clock, new HttpOptions { Service = "Giftbit", MaxRetries = 0 }, recorder);
        await ServiceTargets.AskGiftbitAsync(provider, simulator.Giftbit.Store.Orders[0].Uuid, simulator.Giftbit.Store.Gifts[0].Uuid);
        return [.. recorder.Seeds, .. new[] { "{\"error\":{\"code\":\"ERROR_UNAUTHORIZED\",\"name\":\"Unauthorized\",\"message\":\"Token " + FuzzTarget.SecretMark + " is bad, see http://gtbt.co/" + FuzzTarget.LinkMark + "\"},\"status\":401}" }.Select(System.Text.Encoding.UTF8.GetBytes)];
    }

    private static async Task<byte[][]> MailjetAsync(SimulatorHost simulator)
    {
        using var recorder = new RecordingHandler();
        var settings = new MailjetSettings(simulator.Addresses.Mailjet, new Secret(simulator.Options.MailjetPublicKey), new Secret(simulator.Options.MailjetPrivateKey));
        // Both clients dispose their handler; a recorder each, then.
        var sent = new RecordingHandler();
        using var sender = new HttpSender(new HttpOptions { Service = "Mailjet", MaxRetries = 0 }, recorder);
        await new MailjetMessages(new MailjetRest(settings, sender)).FindAsync("spring:1", simulator.Clock.Now.AddDays(-1), simulator.Clock.Now.AddDays(1), None);
        await using var transport = new MailjetTransport(settings, HttpConnections.CreateClient(sent));
        await transport.HandOverAsync(ServiceTargets.Batch, None);
        return
        [
            .. recorder.Seeds, .. sent.Seeds,
            .. new[]
            {
                "{\"Messages\":[{\"Status\":\"success\",\"CustomID\":\"spring:1\",\"To\":[{\"Email\":\"a@b.ca\",\"MessageUUID\":\"x\",\"MessageID\":1152921504606846977}]},{\"Status\":\"error\",\"CustomID\":\"spring:2\",\"Errors\":[{\"ErrorIdentifier\":\"id\",\"ErrorCode\":\"mj-0013\",\"StatusCode\":400,\"ErrorMessage\":\"http://gtbt.co/" + FuzzTarget.LinkMark + " is no address\",\"ErrorRelatedTo\":[\"To[0].Email\"]}]}]}",
                "{\"ErrorIdentifier\":\"id\",\"ErrorCode\":\"mj-0002\",\"StatusCode\":400,\"ErrorMessage\":\"Malformed JSON near " + FuzzTarget.SecretMark + "\"}",
            }.Select(System.Text.Encoding.UTF8.GetBytes),
        ];
    }

    private static async Task<byte[][]> IfeelgoodsAsync(SimulatorHost simulator)
    {
        var recorder = new RecordingHandler();
        var connection = new IfeelgoodsConnection(LabCampaign.Where, simulator.Addresses.Ifeelgoods, new Secret(simulator.Options.IfeelgoodsKey), new Secret(simulator.Options.IfeelgoodsSecret));
        using var provider = IfeelgoodsProvider.Connect(connection, simulator.Clock, null, new HttpOptions { Service = "Ifeelgoods", MaxRetries = 0 }, recorder);
        var order = await provider.PlaceAsync(ServiceTargets.IfeelgoodsOrder(provider), None);
        await ServiceTargets.AskIfeelgoodsAsync(provider, order.ProviderOrderId ?? "1");
        return recorder.Seeds;
    }

    private static async Task<byte[][]> ErpNextAsync(SimulatorHost simulator)
    {
        var recorder = new RecordingHandler();
        using var api = new ErpNextApi(new ErpNextConnection(simulator.Addresses.ErpNext, new Secret($"{simulator.Options.ErpNextKey}:{simulator.Options.ErpNextSecret}")), new HttpSender(new HttpOptions { Service = "ERPNext", MaxRetries = 0 }, recorder));
        await ServiceTargets.AskErpNextAsync(api, simulator.Clock);
        return [.. recorder.Seeds, .. new[] { "{\"exc_type\":\"PermissionError\",\"exception\":\"frappe.exceptions.PermissionError: " + FuzzTarget.SecretMark + "\",\"_server_messages\":\"[\\\"{\\\\\\\"message\\\\\\\": \\\\\\\"No permission\\\\\\\"}\\\"]\"}" }.Select(System.Text.Encoding.UTF8.GetBytes)];
    }
}

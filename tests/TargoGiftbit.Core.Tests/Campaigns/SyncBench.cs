using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Http;
using TargoGiftbit.Core.Ledger;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Transports.Mailjet;
using TargoGiftbit.Core.Ordering;
using TargoGiftbit.Core.Reconciliation;

namespace TargoGiftbit.Core.Tests.Campaigns;

/// <summary>A campaign, older and other ledgers of it, and what brings them up to date.</summary>
internal static class SyncBench
{
    // The file itself, as an operator puts an old backup back.
    internal static GiftLedger Copy(CampaignWorld world)
    {
        var folder = Directory.CreateDirectory(Path.Combine(world.Folder, "copy")).FullName;
        using (var file = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={world.Ledger.Path};Pooling=False"))
        {
            file.Open();
            using var command = file.CreateCommand();
            command.CommandText = "VACUUM INTO $path";
            command.Parameters.AddWithValue("$path", Path.Combine(folder, GiftLedger.FileName));
            command.ExecuteNonQuery();
        }
        return GiftLedger.Open(folder, world.Simulator.Clock);
    }

    internal static GiftLedger Rehearsal(CampaignWorld world)
    {
        var ledger = GiftLedger.Open(Path.Combine(world.Folder, "rehearsal"), world.Simulator.Clock);
        var terms = world.Terms() with { Environment = GiftEnvironment.Sandbox };
        ledger.Orders.EnterJoined(terms, [.. CampaignWorld.Contacts(3).Select((c, i) => new JoinedGift(c, new GiftLink($"http://gtbt.co/REHEARSAL{i}A"), $"rehearsal{i}", i + 1))]);
        return ledger;
    }

    internal static CampaignSync Sync(CampaignWorld world, GiftLedger ledger) => new(world.Provider, world.Messages.FindAsync, ledger, CampaignWorld.Inbox, world.Simulator.Clock);

    internal static async Task<(IReadOnlyList<SyncDifference> Differences, OrderException? Problem)> SyncAsync(CampaignWorld world, GiftLedger ledger)
    {
        var sync = Sync(world, ledger);
        var comparison = await sync.CompareAsync(world.Environment, "spring", CancellationToken.None);
        var repair = await sync.RepairAsync(comparison, CancellationToken.None);
        Assert.All(repair.Repaired, r => Assert.Equal(r.Difference.CanRepair, r.Done));
        return (comparison.Differences, repair.Problem);
    }

    internal static async Task SendAllAsync(CampaignWorld world, GiftLedger ledger, IEnumerable<GiftId>? ids = null, MailingOptions? options = null, GiftEnvironment? environment = null)
    {
        await using var transport = new MailjetTransport(world.Mailjet, HttpConnections.CreateClient());
        var composer = new GiftMailComposer(ledger, world.Renderer, (_, _) => Task.FromResult<BrandLogo?>(null), CampaignWorld.Inbox);
        ids ??= ledger.Gifts.OfCampaign(environment ?? world.Environment, "spring").Select(g => g.Identity);
        await new GiftMailing(ledger, transport, composer.ComposeAsync, world.Simulator.Clock).RunAsync(ids.ToAsyncEnumerable(), options ?? new MailingOptions(), _ => default, CancellationToken.None);
    }

    internal static IReadOnlyList<Gift> GiftsOf(GiftLedger ledger, CampaignWorld world) => ledger.Gifts.OfCampaign(world.Environment, "spring");

    internal static async Task<CampaignWorld> ReadyAsync(GiftEnvironment environment = GiftEnvironment.Sandbox, OrderMode mode = OrderMode.Batch, int contacts = 3)
    {
        var world = await CampaignWorld.StartAsync(environment: environment);
        await world.OrderAsync(world.Terms(mode), CampaignWorld.Contacts(contacts));
        await world.CollectAsync();
        return world;
    }
}

using TargoGiftbit.Simulator.Engagement;

namespace TargoGiftbit.Simulator.Demo;

/// <summary>The recipients: once the mails have stopped coming in, they open, click and redeem within some simulated minutes.</summary>
internal sealed class DemoCustomers(SimulatorHost sim)
{
    /// <summary>Simulated time in which they do all of it.</summary>
    public static readonly TimeSpan Over = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    public async Task<PlayResult?> RunAsync(CancellationToken done)
    {
        try
        {
            var before = 0;
            while (true)
            {
                await Task.Delay(Look, done);
                var now = sim.Inbox.Count;
                if (now > 0 && now == before) break;
                before = now;
            }
            return sim.Recipients.Play(new PlayPlan { Seed = 7, Over = Over });
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}

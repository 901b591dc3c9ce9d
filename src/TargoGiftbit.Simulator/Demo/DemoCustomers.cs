using TargoGiftbit.Simulator.Engagement;

namespace TargoGiftbit.Simulator.Demo;

/// <summary>The recipients: once the mails have stopped coming in, they open, click and redeem over some simulated hours.</summary>
internal sealed class DemoCustomers(SimulatorHost sim)
{
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
            return sim.Recipients.Play(new PlayPlan { Seed = 7, Over = TimeSpan.FromHours(1) });
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}

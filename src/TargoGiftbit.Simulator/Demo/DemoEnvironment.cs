using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace TargoGiftbit.Simulator.Demo;

/// <summary>The settings of the demo, and nothing of the operator's own: real keys in the environment must never be picked up.</summary>
internal static class DemoEnvironment
{
    private static readonly string[] Prefixes = ["GIFT_", "GIFTBIT_", "MJ_", "MAILJET_", "IFEELGOODS_", "ERPNEXT_"];

    private static readonly string Password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
    private static readonly string PathSegment = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>The port on which the demo takes events.</summary>
    public static int EventPort { get; } = FreePort();

    public static Dictionary<string, string> Settings(SimulatorHost sim, string home) => new(sim.Environment, StringComparer.Ordinal)
    {
        ["GIFT_HOME"] = home, ["GIFT_WEBHOOK_USER"] = "mailjet", ["GIFT_WEBHOOK_PASSWORD"] = Password, ["GIFT_WEBHOOK_PATH"] = PathSegment,
    };

    /// <summary>Where the simulated Mailjet is to post its events.</summary>
    public static string EventUrl => FormattableString.Invariant($"http://mailjet:{Password}@127.0.0.1:{EventPort}/mailjet/{PathSegment}");

    /// <summary>Takes the product's settings out of a process's environment and puts the demo's in.</summary>
    public static void Apply(IDictionary<string, string?> environment, SimulatorHost sim, string home)
    {
        foreach (var name in environment.Keys.Where(k => Prefixes.Any(p => k.StartsWith(p, StringComparison.OrdinalIgnoreCase))).ToList()) environment.Remove(name);
        foreach (var (name, value) in Settings(sim, home)) environment[name] = value;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

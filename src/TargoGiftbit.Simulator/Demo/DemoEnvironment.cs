namespace TargoGiftbit.Simulator.Demo;

/// <summary>The settings of the demo, and nothing of the operator's own: real keys in the environment must never be picked up.</summary>
internal static class DemoEnvironment
{
    private static readonly string[] Prefixes = ["GIFT_", "GIFTBIT_", "MJ_", "MAILJET_", "IFEELGOODS_", "ERPNEXT_"];

    public static Dictionary<string, string> Settings(SimulatorHost sim, string home) => new(sim.Environment, StringComparer.Ordinal) { ["GIFT_HOME"] = home };

    /// <summary>Takes the product's settings out of a process's environment and puts the demo's in.</summary>
    public static void Apply(IDictionary<string, string?> environment, SimulatorHost sim, string home)
    {
        foreach (var name in environment.Keys.Where(k => Prefixes.Any(p => k.StartsWith(p, StringComparison.OrdinalIgnoreCase))).ToList()) environment.Remove(name);
        foreach (var (name, value) in Settings(sim, home)) environment[name] = value;
    }
}

namespace TargoGiftbit.Simulator.Commands;

internal static class Usage
{
    /// <summary>Exit code of a wrong command line (sysexits.h EX_USAGE).</summary>
    public const int ExitCode = 64;

    public static int Print()
    {
        Console.Error.WriteLine(
            """
            usage: TargoGiftbit.Simulator serve [--port-base N] [--clock-scale N] [--start 2026-01-31] [--seed N]
                                                [--switch NAME=VALUE]... [--fault ROUTE=FAULT]...
                   TargoGiftbit.Simulator demo  [--out DIR] [--core]
            """);
        Console.Error.WriteLine("switches:");
        foreach (var (name, value) in new SwitchBoard(new SimulatorOptions()).List())
            Console.Error.WriteLine($"  {name}={value}");
        return ExitCode;
    }
}

namespace TargoGiftbit.Module.TestCommands;

/// <summary>What the work really did, one line each, for the test to read afterwards.</summary>
internal sealed class WorkLog(string path)
{
    private readonly Lock gate = new();

    internal void Add(string line)
    {
        lock (gate) File.AppendAllText(path, line + "\n");
    }
}

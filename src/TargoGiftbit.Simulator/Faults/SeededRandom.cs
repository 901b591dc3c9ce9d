namespace TargoGiftbit.Simulator.Faults;

/// <summary>Repeatable random numbers (SplitMix64): the same on every machine and runtime for a seed and a text.</summary>
public struct SeededRandom
{
    private ulong _state;

    public SeededRandom(long seed, string salt = "", long number = 0)
    {
        _state = unchecked((ulong)seed * 0x9E3779B97F4A7C15UL) ^ unchecked((ulong)number * 0xD1B54A32D192ED03UL);
        foreach (var letter in salt)
            _state = unchecked((_state ^ letter) * 0x100000001B3UL);
        NextLong();
    }

    public ulong NextLong()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    public double NextDouble() => (NextLong() >> 11) / (double)(1UL << 53);

    public int Next(int below) => (int)(NextLong() % (ulong)below);
}

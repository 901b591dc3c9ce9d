namespace TargoGiftbit.Simulator.Giftbit;

/// <summary>Money of the account in one currency, in cents.</summary>
public sealed record FundsLine(long Available, long Pending, long Reserved);

/// <summary>The account's money by currency (giftbit.md §7).</summary>
public sealed class FundsBook
{
    private readonly SortedDictionary<string, FundsLine> _lines = new(StringComparer.Ordinal);

    public FundsBook(long cad, long usd)
    {
        _lines["CAD"] = new FundsLine(cad, 0, 0);
        _lines["PRO"] = new FundsLine(0, 0, 0);
        _lines["USD"] = new FundsLine(usd, 0, 0);
    }

    public IReadOnlyDictionary<string, FundsLine> Lines => _lines;

    public FundsLine this[string currency] => _lines.GetValueOrDefault(currency) ?? new FundsLine(0, 0, 0);

    internal void Add(string currency, long cents) =>
        _lines[currency] = this[currency] with { Available = this[currency].Available + cents };

    internal bool Reserve(string currency, long cents)
    {
        var line = this[currency];
        if (line.Available < cents)
            return false;
        _lines[currency] = line with { Available = line.Available - cents, Reserved = line.Reserved + cents };
        return true;
    }

    /// <summary>Ends a reservation; <paramref name="back"/> of it returns to the balance.</summary>
    internal void Release(string currency, long cents, long back)
    {
        var line = this[currency];
        _lines[currency] = line with { Available = line.Available + back, Reserved = line.Reserved - cents };
    }
}

namespace TargoGiftbit.Core.Reports.Html;

/// <summary>Wilson's score interval: how sure a share is that was seen on so few (E. B. Wilson, 1927).</summary>
internal static class Wilson
{
    private const double Z = 1.959964;

    /// <summary>The range in which the true share lies with 95 % certainty.</summary>
    public static (double Low, double High) Range(int part, int whole)
    {
        if (whole <= 0) return (0, 1);
        var p = (double)part / whole;
        var centre = p + Z * Z / (2 * whole);
        var spread = Z * Math.Sqrt(p * (1 - p) / whole + Z * Z / (4.0 * whole * whole));
        var scale = 1 + Z * Z / whole;
        return (Math.Max(0, (centre - spread) / scale), Math.Min(1, (centre + spread) / scale));
    }
}

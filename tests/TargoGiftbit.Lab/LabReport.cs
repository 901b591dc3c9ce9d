using System.Diagnostics;
using System.Globalization;

namespace TargoGiftbit.Lab;

/// <summary>Counts what passed and prints what did not, with the command that repeats it.</summary>
internal sealed class LabReport
{
    private int passed;
    private int failed;
    private int skipped;
    private string repeat = "";

    /// <summary>Enters a room; one that breaks down counts as a failure and does not keep the next from being entered.</summary>
    public async Task RunAsync(string room, LabArguments given, IEnumerable<string> defaults, Func<LabArguments, LabReport, Task> run)
    {
        var arguments = given.Over(defaults);
        // Drawn anew each time, so that each run looks elsewhere; printed, so that it can be run again.
        if (!arguments.Has("seed")) arguments.Set("seed", Random.Shared.Next());
        repeat = $"dotnet run --project tests/TargoGiftbit.Lab -- {room} {arguments}";
        Say($"{room} {arguments}");
        var started = Stopwatch.GetTimestamp();
        try
        {
            await run(arguments, this);
        }
        catch (Exception e)
        {
            Fail($"{room} broke down", e.ToString());
        }
        Say($"{room} took {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
    }

    public static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    public void Pass(FormattableString what)
    {
        passed++;
        Say($"  passed: {what.ToString(CultureInfo.InvariantCulture)}");
    }

    public void Skip(string what, string why)
    {
        skipped++;
        Say($"  skipped: {what}, because {why}");
    }

    public void Fail(string what, string why)
    {
        failed++;
        Say($"  FAILED: {what}: {why}\n  repeat with: {repeat}");
    }

    /// <summary>Passes when nothing is wrong; otherwise fails with all that is.</summary>
    public void Judge(FormattableString what, IReadOnlyList<string> wrong)
    {
        if (wrong.Count == 0) Pass(what);
        else Fail(what.ToString(CultureInfo.InvariantCulture), string.Join("; ", wrong.Take(12)) + (wrong.Count > 12 ? $"; and {wrong.Count - 12} more" : ""));
    }

    /// <summary>The closing line, which continuous integration adds to its own counts.</summary>
    /// <returns>The exit code.</returns>
    public static int Close(params LabReport[] reports)
    {
        Say($"Lab: {reports.Sum(r => r.passed)} passed, {reports.Sum(r => r.failed)} failed, {reports.Sum(r => r.skipped)} skipped");
        return reports.All(r => r.failed == 0) ? 0 : 1;
    }
}

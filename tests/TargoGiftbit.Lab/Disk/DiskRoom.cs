using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace TargoGiftbit.Lab.Disk;

/// <summary>
/// A disk that fills up at any step of a campaign, and a folder that cannot be written: a clear error, and a ledger with which the campaign
/// is completed once there is room (spec G1). The disk is a small file system of its own, which only this process sees.
/// </summary>
internal static class DiskRoom
{
    public const string InsideName = "disk-inside";

    public static async Task RunAsync(LabArguments arguments, LabReport report)
    {
        var folder = Directory.CreateTempSubdirectory("targo-lab-").FullName;
        try
        {
            if (await MountingAsync(folder) is not { } unshare)
            {
                report.Skip("full disk and read-only folder", "no small file system can be mounted here (unshare and mount need Linux, and root or user namespaces)");
                return;
            }
            var (program, first) = LabProcess.Self();
            using var inside = LabProcess.Start("unshare", [unshare, "sh", "-c", Mount(folder) + " && exec \"$@\"", "sh", program, .. first, InsideName, "--folder", folder, .. arguments.ToString().Split(' ')], new Dictionary<string, string>());
            var ended = await inside.EndsWithinAsync(TimeSpan.FromMinutes(15));
            var told = inside.Output.Split('\n').Where(l => l.StartsWith("= ", StringComparison.Ordinal)).Select(l => l[2..].Trim()).ToList();
            List<string> wrong = [.. inside.Output.Split('\n').Where(l => l.StartsWith("! ", StringComparison.Ordinal)).Select(l => l[2..].Trim())];
            if (!ended) wrong.Add("it did not end");
            else if (inside.ExitCode != 0) wrong.Add(inside.Errors);
            report.Judge($"disk: {string.Join("; ", told)}", wrong);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    public static async Task<int> RunInsideAsync(LabArguments arguments)
    {
        await new DiskRun(arguments.Text("folder")!, arguments.Number("rounds", 12), arguments.Number("gifts", 120), new Random(arguments.Number("seed", 0))).RunAsync();
        return 0;
    }

    private static string Mount(string folder) => string.Create(CultureInfo.InvariantCulture, $"mount -t tmpfs -o size={DiskRun.Kilobytes}k,mode=700 tmpfs '{folder}'");

    // As root in a mount namespace of one's own; as anyone else in a user namespace besides.
    private static async Task<string?> MountingAsync(string folder)
    {
        foreach (var option in new[] { "-m", "-Urm" })
        {
            try
            {
                using var trial = Process.Start(new ProcessStartInfo("unshare", [option, "sh", "-c", Mount(folder)]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
                await trial.WaitForExitAsync();
                if (trial.ExitCode == 0) return option;
            }
            catch (Win32Exception)
            {
                return null;
            }
        }
        return null;
    }
}

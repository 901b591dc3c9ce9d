using System.ComponentModel;
using System.Diagnostics;

namespace TargoGiftbit.Core.Tests.Peers;

/// <summary>Programs of others against which the mail code is proved. Each says why it cannot be used here, or nothing.</summary>
internal static class Peer
{
    /// <summary>Folder in which npm installed mailparser, as continuous integration sets it.</summary>
    public const string NodeFolder = "TARGO_NODE_PEERS";

    public static string Python { get; } = File.Exists("/usr/bin/python3") ? "/usr/bin/python3" : "python3";

    public static string Scripts { get; } = Path.Combine(AppContext.BaseDirectory, "Peers");

    private static readonly Lazy<string?> PythonMissing = new(() => Answers(Python, "-c", "import email") ? null : "Python 3 is not installed.");
    private static readonly Lazy<string?> AiosmtpdMissing = new(() => PythonMissing.Value ?? (Answers(Python, "-c", "import aiosmtpd.smtp") ? null : $"aiosmtpd is not installed for {Python} (Debian: python3-aiosmtpd)."));
    private static readonly Lazy<string?> MailparserMissing = new(() =>
        Environment.GetEnvironmentVariable(NodeFolder) is not { Length: > 0 } folder || !Directory.Exists(Path.Combine(folder, "node_modules", "mailparser"))
            ? $"{NodeFolder} names no folder into which npm installed mailparser."
            : Answers("node", "--version") ? null : "Node.js is not installed.");
    private static readonly Lazy<string?> PostfixMissing = new(() =>
        !OperatingSystem.IsLinux() || !File.Exists("/usr/sbin/postfix") || !File.Exists("/usr/lib/postfix/sbin/master") ? "Debian's Postfix is not installed."
        : Environment.IsPrivilegedProcess ? null : "A Postfix of its own can only be started by root.");

    /// <summary>Why a peer is not there, or null.</summary>
    public static string? Missing(string name) => name switch
    {
        "python" => PythonMissing.Value,
        "aiosmtpd" => AiosmtpdMissing.Value,
        "mailparser" => MailparserMissing.Value,
        "postfix" => PostfixMissing.Value,
        _ => throw new ArgumentException(name, nameof(name)),
    };

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(Start(program, arguments))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    public static ProcessStartInfo Start(string program, params string[] arguments) =>
        new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };

    private static bool Answers(string program, params string[] arguments)
    {
        try
        {
            // Test discovery is synchronous: a skip reason is a property of an attribute.
            return RunAsync(program, arguments).GetAwaiter().GetResult().ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}

/// <summary>A test that needs peers, and is skipped with the reason where one of them is absent.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeerFactAttribute : FactAttribute
{
    public PeerFactAttribute(params string[] peers) => Skip = peers.Select(Peer.Missing).FirstOrDefault(reason => reason is not null);
}

/// <summary>The same for a theory.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class PeerTheoryAttribute : TheoryAttribute
{
    public PeerTheoryAttribute(params string[] peers) => Skip = peers.Select(Peer.Missing).FirstOrDefault(reason => reason is not null);
}

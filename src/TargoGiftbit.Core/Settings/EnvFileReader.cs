using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace TargoGiftbit.Core.Settings;

/// <summary>Opens the <c>.env</c> file of the data folder, after making sure that nobody else can read it (spec A1).</summary>
internal static class EnvFileReader
{
    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Reads the file; an absent one has no settings.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="GiftSettingsException"><c>EnvFileExposed</c>, <c>EnvFileUnreadable</c>, <c>EnvFileInvalid</c>.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        if (!File.Exists(path)) return new Dictionary<string, string>();
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            RefuseExposed(stream, path);
            // One byte over the limit is enough to see that the limit is passed.
            var buffer = new byte[EnvFile.MaxBytes + 1];
            var length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            return EnvFile.Parse(buffer.AsSpan(0, length), path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SettingsText.EnvFileUnreadable(path, e);
        }
    }

    private static void RefuseExposed(FileStream stream, string path)
    {
        if (OperatingSystem.IsWindows()) RefuseSharedAcl(path);
        // Asked of the open file, not of the path: what was checked is what is read.
        else if ((File.GetUnixFileMode(stream.SafeFileHandle) & Others) != 0) throw SettingsText.EnvFileExposed(path);
    }

    [SupportedOSPlatform("windows")]
    private static void RefuseSharedAcl(string path)
    {
        WellKnownSidType[] groups = [WellKnownSidType.WorldSid, WellKnownSidType.AuthenticatedUserSid, WellKnownSidType.BuiltinUsersSid];
        var rules = new FileInfo(path).GetAccessControl().GetAccessRules(includeExplicit: true, includeInherited: true, typeof(SecurityIdentifier));
        foreach (FileSystemAccessRule rule in rules)
        {
            if (rule.AccessControlType == AccessControlType.Allow
                && (rule.FileSystemRights & FileSystemRights.ReadData) != 0
                && rule.IdentityReference is SecurityIdentifier sid
                && groups.Any(sid.IsWellKnown))
                throw SettingsText.EnvFileExposed(path);
        }
    }
}

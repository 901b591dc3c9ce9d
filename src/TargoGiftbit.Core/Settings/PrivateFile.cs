using System.Security.AccessControl;
using System.Security.Principal;
using System.Text;

namespace TargoGiftbit.Core.Settings;

/// <summary>
/// Writes a file that only the current user may read, from its first byte on, also when it replaces an older file that others
/// could read (spec A8): the bytes go to a new file of mode 600 beside it, which takes its place on <see cref="Commit"/>.
/// Disposed without a commit, the new file is deleted and the older one stays as it was.
/// </summary>
/// <example>
/// <code>
/// await using var file = PrivateFile.Create(path);
/// await file.Stream.WriteAsync(bytes, cancellationToken);
/// await file.CommitAsync(cancellationToken);
/// </code>
/// </example>
public sealed class PrivateFile : IDisposable, IAsyncDisposable
{
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode FolderMode700 = FileMode600 | UnixFileMode.UserExecute;

    private readonly string temporaryPath;
    private readonly FileStream stream;
    private bool finished;

    private PrivateFile(string path, string temporaryPath, FileStream stream)
    {
        Path = path;
        this.temporaryPath = temporaryPath;
        this.stream = stream;
    }

    /// <summary>Full path that the file has after the commit.</summary>
    public string Path { get; }

    /// <summary>Where the content goes. Seekable, buffered, not readable under <see cref="Path"/> before the commit.</summary>
    public Stream Stream => stream;

    /// <summary>Starts a private file; missing folders above it are made with <see cref="CreateFolder"/>.</summary>
    /// <param name="path">The file to make or replace. A symbolic link there is replaced, not followed.</param>
    /// <exception cref="IOException">The folder cannot be made, or the path is a folder.</exception>
    /// <exception cref="UnauthorizedAccessException">The user may not write there.</exception>
    public static PrivateFile Create(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var full = System.IO.Path.GetFullPath(path);
        // The rename would say so too, but only after all the work is done.
        if (Directory.Exists(full)) throw new IOException($"'{full}' is a folder; a file name is needed.");
        var folder = System.IO.Path.GetDirectoryName(full)
            ?? throw new IOException($"'{full}' has no folder; a file name is needed.");
        CreateFolder(folder);
        // Beside its target, since a rename is atomic within one file system only.
        var temporary = System.IO.Path.Combine(folder, $".{System.IO.Path.GetFileName(full)}.{System.IO.Path.GetRandomFileName()}");
        return new PrivateFile(full, temporary, Open(temporary, FileMode.CreateNew));
    }

    /// <summary>Writes a whole text in UTF-8 without BOM.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="content">The text.</param>
    /// <param name="cancellationToken">Gives up and leaves an older file as it was.</param>
    public static Task WriteAllTextAsync(string path, string content, CancellationToken cancellationToken) =>
        WriteAllBytesAsync(path, Encoding.UTF8.GetBytes(content), cancellationToken);

    /// <summary>Writes whole bytes.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="cancellationToken">Gives up and leaves an older file as it was.</param>
    public static async Task WriteAllBytesAsync(string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var file = Create(path);
        await using (file.ConfigureAwait(false))
        {
            await file.Stream.WriteAsync(content, cancellationToken).ConfigureAwait(false);
            await file.CommitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// Makes sure that a file exists in place and only the current user may read it, for a file that another component opens and
    /// writes by itself, such as a database. What it holds stays.
    /// </summary>
    /// <param name="path">The file.</param>
    public static void EnsureExists(string path)
    {
        var full = System.IO.Path.GetFullPath(path);
        CreateFolder(System.IO.Path.GetDirectoryName(full)!);
        Open(full, FileMode.OpenOrCreate).Dispose();
        if (OperatingSystem.IsWindows()) new FileInfo(full).SetAccessControl(FileAccessForMe());
        else File.SetUnixFileMode(full, FileMode600);
    }

    /// <summary>Makes a folder, and any missing one above it, for the current user alone (mode 700). One that exists stays as it is.</summary>
    /// <param name="path">The folder.</param>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path)) return;
        // The system gives the mode to the last folder only.
        if (System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path)) is { } parent) CreateFolder(parent);
        if (OperatingSystem.IsWindows()) new DirectoryInfo(path).Create(FolderAccessForMe());
        else Directory.CreateDirectory(path, FolderMode700);
    }

    /// <summary>Puts the file in place under its name, durably. Call it once, when all is written.</summary>
    public void Commit()
    {
        ObjectDisposedException.ThrowIf(finished, this);
        stream.Flush(flushToDisk: true);
        stream.Dispose();
        File.Move(temporaryPath, Path, overwrite: true);
        finished = true;
    }

    /// <summary>Puts the file in place under its name, durably. Call it once, when all is written.</summary>
    /// <param name="cancellationToken">Gives up before the file takes its place.</param>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(finished, this);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        Commit();
    }

    /// <summary>Deletes what was written, unless it was committed.</summary>
    public void Dispose()
    {
        if (finished) return;
        finished = true;
        // On a full disk it is the closing that fails, and what had been written must not stay behind.
        try { stream.Dispose(); }
        finally { File.Delete(temporaryPath); }
    }

    /// <summary>Deletes what was written, unless it was committed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (finished) return;
        finished = true;
        try { await stream.DisposeAsync().ConfigureAwait(false); }
        finally { File.Delete(temporaryPath); }
    }

    private static FileStream Open(string path, FileMode mode)
    {
        const int buffer = 64 * 1024;
        if (OperatingSystem.IsWindows())
            return new FileInfo(path).Create(mode, FileSystemRights.FullControl, FileShare.None, buffer, FileOptions.None, FileAccessForMe());
        return new FileStream(path, new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = buffer,
            UnixCreateMode = FileMode600,
        });
    }

    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    private static FileSecurity FileAccessForMe()
    {
        var security = new FileSecurity();
        // Nothing is inherited from the folder: that is where others get their rights from.
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(Me(), FileSystemRights.FullControl, AccessControlType.Allow));
        return security;
    }

    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    private static DirectorySecurity FolderAccessForMe()
    {
        var security = new DirectorySecurity();
        security.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        security.AddAccessRule(new FileSystemAccessRule(Me(), FileSystemRights.FullControl,
            InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit, PropagationFlags.None, AccessControlType.Allow));
        return security;
    }

    [System.Runtime.Versioning.SupportedOSPlatform("windows")]
    private static SecurityIdentifier Me()
    {
        using var identity = WindowsIdentity.GetCurrent();
        return identity.User ?? throw new UnauthorizedAccessException("The current Windows user has no security identifier.");
    }
}

using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Core.Tests.Settings;

public sealed class PrivateFileTests : IDisposable
{
    private const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string folder = Directory.CreateTempSubdirectory("private-file-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_byte_lies_in_a_file_for_the_current_user_alone_before_and_after_the_commit()
    {
        var path = Path.Combine(folder, "links.csv");
        using var file = PrivateFile.Create(path);
        file.Stream.Write("secret"u8);
        file.Stream.Flush();

        var temporary = Assert.Single(Directory.GetFiles(folder));
        Assert.NotEqual(path, temporary);
        AssertMode(Mine, temporary);

        file.Commit();
        Assert.Equal(path, Assert.Single(Directory.GetFiles(folder)));
        AssertMode(Mine, path);
        Assert.Equal("secret", File.ReadAllText(path));
    }

    [Fact]
    public async Task A_file_that_others_could_read_is_replaced_by_one_they_cannot()
    {
        var path = Path.Combine(folder, "old.csv");
        await File.WriteAllTextAsync(path, "older and much longer content");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, Mine | UnixFileMode.GroupRead | UnixFileMode.OtherRead);

        await PrivateFile.WriteAllTextAsync(path, "new é", CancellationToken.None);

        AssertMode(Mine, path);
        Assert.Equal("new é"u8.ToArray(), await File.ReadAllBytesAsync(path));
    }

    [Fact]
    public async Task Without_a_commit_the_older_file_stays_and_nothing_else_is_left()
    {
        var path = Path.Combine(folder, "old.csv");
        await File.WriteAllTextAsync(path, "old");

        await using (var file = PrivateFile.Create(path)) await file.Stream.WriteAsync("half"u8.ToArray());

        Assert.Equal("old", await File.ReadAllTextAsync(path));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task A_cancelled_write_leaves_the_older_file()
    {
        var path = Path.Combine(folder, "old.csv");
        await File.WriteAllTextAsync(path, "old");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => PrivateFile.WriteAllTextAsync(path, "new", new CancellationToken(canceled: true)));

        Assert.Equal("old", await File.ReadAllTextAsync(path));
        Assert.Single(Directory.GetFiles(folder));
    }

    [Fact]
    public void Missing_folders_are_made_for_the_current_user_alone()
    {
        var path = Path.Combine(folder, "a", "b", "x.db");

        PrivateFile.EnsureExists(path);

        AssertMode(Mine, path);
        AssertMode(Mine | UnixFileMode.UserExecute, Path.Combine(folder, "a"));
        AssertMode(Mine | UnixFileMode.UserExecute, Path.Combine(folder, "a", "b"));
    }

    [Fact]
    public void An_existing_file_is_closed_to_others_and_keeps_its_content()
    {
        var path = Path.Combine(folder, "x.db");
        File.WriteAllText(path, "rows");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, Mine | UnixFileMode.OtherRead);

        PrivateFile.EnsureExists(path);

        AssertMode(Mine, path);
        Assert.Equal("rows", File.ReadAllText(path));
    }

    [Fact]
    public void A_symbolic_link_is_replaced_and_its_target_untouched()
    {
        if (OperatingSystem.IsWindows()) return; // Making a link needs a right that users lack there.
        var target = Path.Combine(folder, "target.txt");
        File.WriteAllText(target, "target");
        var path = Path.Combine(folder, "link.csv");
        File.CreateSymbolicLink(path, target);

        using (var file = PrivateFile.Create(path))
        {
            file.Stream.Write("new"u8);
            file.Commit();
        }

        Assert.Equal("target", File.ReadAllText(target));
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Null(new FileInfo(path).LinkTarget);
    }

    [Fact]
    public void A_folder_in_place_of_a_file_name_is_refused_at_once()
    {
        var error = Assert.Throws<IOException>(() => PrivateFile.Create(folder));
        Assert.Contains(folder, error.Message, StringComparison.Ordinal);
    }

    private static void AssertMode(UnixFileMode expected, string path)
    {
        // On Windows the protection is an access list, which the mode does not show.
        if (!OperatingSystem.IsWindows()) Assert.Equal(expected, File.GetUnixFileMode(path));
    }
}

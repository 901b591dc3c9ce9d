namespace TargoGiftbit.Builder;

/// <summary>Files that two builds may write at the same time and a session may be reading.</summary>
internal static class OutputFile
{
    /// <summary>Writes beside the file and then takes its place.</summary>
    internal static void Replace(string path, Action<Stream> write)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        using (var stream = File.Create(temporary)) write(stream);
        File.Move(temporary, path, overwrite: true);
    }
}

using System.Globalization;
using System.Text;

namespace TargoGiftbit.Builder.Packing;

/// <summary>Makes the packages from the module as it was laid out.</summary>
/// <param name="folder">The laid out module.</param>
/// <param name="version">Its version.</param>
internal sealed class ModulePackage(string folder, string version)
{
    private const string Manifest = $"{GalleryPackage.Id}.psd1";
    private const string Views = $"lib/{GalleryPackage.Id}.Format.ps1xml";

    /// <summary>Names that have no business in a package: symbols, documentation of the build, settings, ledgers, keys.</summary>
    private static readonly string[] Unwanted = [".pdb", ".deps.json", ".env", ".db", ".db-wal", ".db-shm", ".pem", ".pfx", ".key", ".user", ".tmp"];

    /// <summary>Completes the manifest, shortens the views, and writes the <c>.nupkg</c> and the <c>.zip</c>.</summary>
    /// <param name="changelog">The changelog's text.</param>
    /// <param name="output">The folder they are written to.</param>
    /// <param name="forbidden">A path that must not be found inside any file: where the sources were built.</param>
    /// <returns>One line for each package with its size.</returns>
    internal IReadOnlyList<string> Write(string changelog, string output, string forbidden)
    {
        var notes = ReleaseNotes.Of(changelog, version);
        var path = Path.Combine(folder, Manifest);
        var manifest = new ModuleManifest(File.ReadAllText(path));
        if (manifest.Value("ModuleVersion") != version) throw new InvalidDataException($"{Manifest} says {manifest.Value("ModuleVersion")}, the build {version}.");
        manifest = manifest.Shipped(notes);
        Write(path, manifest.Text);
        var views = Path.Combine(folder, Views);
        Write(views, ShippedViews.Of(File.ReadAllText(views)));

        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Name: Path.GetRelativePath(folder, file).Replace('\\', '/'), Bytes: File.ReadAllBytes(file)))
            .OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
        foreach (var (name, bytes) in files) Check(name, bytes, forbidden);

        var package = Path.Combine(output, $"{GalleryPackage.Id}.{version}.nupkg");
        var zip = Path.Combine(output, $"{GalleryPackage.Id}.{version}.zip");
        SteadyZip.Write(package, new GalleryPackage(manifest, version, notes).Entries(files));
        SteadyZip.Write(zip, files.Select(file => ($"{GalleryPackage.Id}/{file.Name}", file.Bytes)));
        return [Describe(package, files), Describe(zip, files)];
    }

    private static void Write(string path, string text) => OutputFile.Replace(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static void Check(string name, byte[] bytes, string forbidden)
    {
        if (Unwanted.Any(end => name.EndsWith(end, StringComparison.OrdinalIgnoreCase))) throw new InvalidDataException($"{name} must not be packed.");
        if (bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(forbidden)) >= 0 || bytes.AsSpan().IndexOf(Encoding.Unicode.GetBytes(forbidden)) >= 0)
            throw new InvalidDataException($"{name} names the folder it was built in. Pack a Release build.");
    }

    private static string Describe(string path, List<(string Name, byte[] Bytes)> files)
    {
        var native = files.FindAll(file => file.Name.Contains("/native/", StringComparison.Ordinal));
        return string.Create(CultureInfo.InvariantCulture,
            $"{Path.GetFileName(path)}: {new FileInfo(path).Length / 1e6:0.0} MB, {files.Count} files of {Megabytes(files):0.0} MB, {Megabytes(native):0.0} MB of it SQLite for {native.Count} systems");
    }

    private static double Megabytes(List<(string Name, byte[] Bytes)> files) => files.Sum(file => (double)file.Bytes.Length) / 1e6;
}

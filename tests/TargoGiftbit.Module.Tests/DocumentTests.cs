using System.Text.RegularExpressions;
using TargoGiftbit.Module.Tests.Support;

namespace TargoGiftbit.Module.Tests;

/// <summary>What the document for Giftbit's reviewers names in the source is there.</summary>
public sealed partial class DocumentTests
{
    private static readonly string Docs = Path.Combine(Repository.Root, "docs");
    private static readonly string Text = File.ReadAllText(Path.Combine(Docs, "giftbit-integration.md"));

    [Fact]
    public void The_reviewers_document_names_only_source_that_exists()
    {
        var files = new[] { "src", "tests" }.SelectMany(folder => Directory.EnumerateFileSystemEntries(Path.Combine(Repository.Root, folder), "*", SearchOption.AllDirectories))
            .Append(Path.Combine(Repository.Root, "templates"))
            .Select(path => path.Replace('\\', '/')).Where(path => !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/bin/", StringComparison.Ordinal)).ToList();
        var named = SourceName().Matches(Text).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.True(named.Count >= 15, $"only {named.Count} found");
        Assert.All(named, name => Assert.True(files.Exists(Pattern(name).IsMatch), $"{name} is named in the document and does not exist."));
    }

    [Fact]
    public void The_reviewers_document_names_only_cmdlets_and_pages_that_exist()
    {
        var cmdlets = CmdletName().Matches(Text).Select(m => m.Groups[1].Value).Distinct(StringComparer.Ordinal).ToList();
        Assert.Contains("Revoke-GiftbitGift", cmdlets);
        Assert.All(cmdlets, cmdlet => Assert.True(File.Exists(Path.Combine(Docs, "cmdlets", cmdlet + ".md")), $"{cmdlet} is no cmdlet."));
        Assert.All(Link().Matches(Text).Select(m => m.Groups[1].Value), page => Assert.True(File.Exists(Path.Combine(Docs, page)), $"{page} does not exist."));
    }

    // "Http/HttpOptions.cs", "GiftbitApi*.cs", "src/TargoGiftbit.Core/Mail/".
    private static Regex Pattern(string name) => new($"/{Regex.Escape(name.TrimEnd('/')).Replace(@"\*", "[^/]*", StringComparison.Ordinal)}$");

    [GeneratedRegex(@"`((?:[A-Za-z.]+/)+|[A-Za-z./]*[A-Za-z]\*?\.cs)`")]
    private static partial Regex SourceName();

    [GeneratedRegex(@"`((?:Get|New|Revoke|Backup|Test|Send|Update|Import|Export)-Gift\w+)")]
    private static partial Regex CmdletName();

    [GeneratedRegex(@"\]\(([\w/-]+\.md)\)")]
    private static partial Regex Link();
}

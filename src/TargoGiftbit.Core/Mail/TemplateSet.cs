using System.Security.Cryptography;
using System.Text;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Templates;

namespace TargoGiftbit.Core.Mail;

/// <summary>
/// A folder of templates: <c>gift-email-fr.html</c>, <c>.txt</c>, <c>gift-email-en.html</c>, <c>.txt</c>, and the same four
/// of <c>gift-reminder-…</c> and of <c>gift-code-…</c>, each of which may be left out together (spec D2).
/// </summary>
public sealed class TemplateSet
{
    private const int LargestFile = 1 << 20;

    private readonly Dictionary<(GiftLanguage, MailPurpose), TemplatePair> pairs = [];
    private readonly Dictionary<GiftLanguage, TemplatePair> codePairs = [];

    private TemplateSet(string name, Func<string, string?> read)
    {
        Name = name;
        foreach (var (language, pair) in ReadFour("gift-email", read, isRequired: true)) pairs[(language, MailPurpose.Gift)] = pair;
        foreach (var (language, pair) in ReadFour("gift-reminder", read, isRequired: false)) pairs[(language, MailPurpose.Reminder)] = pair;
        foreach (var (language, pair) in ReadFour("gift-code", read, isRequired: false)) codePairs[language] = pair;
    }

    /// <summary>The folder, or <c>templates</c> for those that come with the product.</summary>
    public string Name { get; }

    /// <summary>The templates that come with the product.</summary>
    public static TemplateSet BuiltIn { get; } = new("templates", ReadResource);

    /// <summary>True when there are templates for gifts of the code kind.</summary>
    public bool HasCode => codePairs.Count > 0;

    /// <summary>True when there are reminder templates.</summary>
    public bool HasReminder => pairs.ContainsKey((GiftLanguage.Fr, MailPurpose.Reminder));

    /// <summary>Reads a folder. What the templates say is looked at by <see cref="GiftMailRenderer"/> and the lint.</summary>
    /// <param name="folder">The folder, <c>GIFT_TEMPLATES</c>.</param>
    /// <exception cref="MailTemplateException">
    /// A file is missing (<c>TemplateFileMissing</c>), cannot be read (<c>TemplateFileUnreadable</c>), is larger than 1 MiB
    /// (<c>TemplateFileTooLarge</c>) or is not UTF-8 (<c>TemplateFileNotUtf8</c>).
    /// </exception>
    public static TemplateSet Load(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        return new TemplateSet(folder, file => ReadFile(Path.Combine(folder, file)));
    }

    /// <summary>SHA-256 of the HTML and the text part of a mail, lowercase hexadecimal; line ends do not count.</summary>
    /// <param name="language">Language of the mail.</param>
    /// <param name="purpose">Gift or reminder.</param>
    /// <exception cref="MailTemplateException">There are no reminder templates (<c>TemplateReminderMissing</c>).</exception>
    public string HashOf(GiftLanguage language, MailPurpose purpose = MailPurpose.Gift) => Pair(language, purpose).Hash;

    /// <summary>The two parts of a mail.</summary>
    internal TemplatePair Pair(GiftLanguage language, MailPurpose purpose) =>
        pairs.TryGetValue((language, purpose), out var pair)
            ? pair
            : throw new MailTemplateException("TemplateReminderMissing", MailText.Get("TemplateReminderMissing", Name), MailText.Get("TemplateReminderMissing_Remedy"));

    /// <summary>The two parts of the mail of a gift of the code kind.</summary>
    /// <exception cref="MailTemplateException">There are no such templates (<c>TemplateCodeMissing</c>).</exception>
    internal TemplatePair CodePair(GiftLanguage language) =>
        codePairs.TryGetValue(language, out var pair)
            ? pair
            : throw new MailTemplateException("TemplateCodeMissing", MailText.Get("TemplateCodeMissing", Name), MailText.Get("TemplateCodeMissing_Remedy"));

    /// <summary>The languages there are templates for codes in.</summary>
    internal IEnumerable<GiftLanguage> CodeLanguages => codePairs.Keys;

    /// <summary>The mails there are templates for.</summary>
    internal IEnumerable<(GiftLanguage Language, MailPurpose Purpose)> Mails => pairs.Keys;

    private string Where(string file) => Name.Length == 0 ? file : Path.Combine(Name, file);

    private Dictionary<GiftLanguage, TemplatePair> ReadFour(string stem, Func<string, string?> read, bool isRequired)
    {
        var files = new[] { $"{stem}-fr.html", $"{stem}-fr.txt", $"{stem}-en.html", $"{stem}-en.txt" }.Select(file => (file, text: read(file))).ToList();
        if (!isRequired && files.TrueForAll(f => f.text is null)) return [];
        foreach (var (file, _) in files.Where(f => f.text is null))
            throw new MailTemplateException("TemplateFileMissing", MailText.Get("TemplateFileMissing", Where(file)), MailText.Get("TemplateFileMissing_Remedy"));
        return new Dictionary<GiftLanguage, TemplatePair> { [GiftLanguage.Fr] = Pair(0), [GiftLanguage.En] = Pair(2) };

        TemplatePair Pair(int at) => new(
            new TemplateSource(Where(files[at].file), files[at].text!, IsHtml: true),
            new TemplateSource(Where(files[at + 1].file), files[at + 1].text!, IsHtml: false));
    }

    private static string? ReadResource(string file)
    {
        using var stream = typeof(TemplateSet).Assembly.GetManifestResourceStream("templates/" + file);
        if (stream is null) return null;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return Normalise(reader.ReadToEnd());
    }

    private static string? ReadFile(string path)
    {
        try
        {
            if (!File.Exists(path)) return null;
            if (new FileInfo(path).Length > LargestFile)
                throw new MailTemplateException("TemplateFileTooLarge", MailText.Get("TemplateFileTooLarge", path), MailText.Get("TemplateFileTooLarge_Remedy"));
            return Normalise(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(File.ReadAllBytes(path)).TrimStart('\uFEFF'));
        }
        catch (DecoderFallbackException e)
        {
            throw new MailTemplateException("TemplateFileNotUtf8", MailText.Get("TemplateFileNotUtf8", path), MailText.Get("TemplateFileNotUtf8_Remedy"), e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MailTemplateException("TemplateFileUnreadable", MailText.Get("TemplateFileUnreadable", path, e.Message), MailText.Get("TemplateFileUnreadable_Remedy"), e);
        }
    }

    // A checkout on Windows may turn LF into CRLF; the creative is the same. Noncharacters mean nothing and would be taken for marks.
    private static string Normalise(string text) => string.Concat(text.ReplaceLineEndings("\n").Where(c => !MailSlots.IsMark(c)));
}

/// <summary>The two parts of one mail.</summary>
/// <param name="Html">HTML part.</param>
/// <param name="Text">Text part.</param>
internal sealed record TemplatePair(TemplateSource Html, TemplateSource Text)
{
    /// <summary>SHA-256 over both, lowercase hexadecimal.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Html.Text + "\0" + Text.Text)));
}

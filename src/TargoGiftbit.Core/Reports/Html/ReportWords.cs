using System.Globalization;
using System.Resources;
using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Reports.Html;

/// <summary>
/// The report's words in one language. The reader's language is chosen, not the machine's, so each language has a file of its
/// own instead of a satellite assembly.
/// </summary>
internal sealed class ReportWords
{
    private static readonly ResourceManager French = new("TargoGiftbit.Core.Reports.Html.ReportFrench", typeof(ReportWords).Assembly);
    private static readonly ResourceManager English = new("TargoGiftbit.Core.Reports.Html.ReportEnglish", typeof(ReportWords).Assembly);

    private readonly ResourceManager words;

    public ReportWords(GiftLanguage language)
    {
        Language = language;
        words = language == GiftLanguage.Fr ? French : English;
        Format = new ReportFormat(language);
    }

    public GiftLanguage Language { get; }

    public ReportFormat Format { get; }

    /// <summary>A text, as it is.</summary>
    public string this[string name] => words.GetString(name, CultureInfo.InvariantCulture) ?? throw new MissingManifestResourceException(name);

    /// <summary>A text with its places filled; numbers are written as the language does.</summary>
    public string Of(string name, params ReadOnlySpan<object> places)
    {
        var shown = new object[places.Length];
        for (var i = 0; i < places.Length; i++) shown[i] = places[i] is int number ? Format.Number(number) : places[i];
        return string.Format(CultureInfo.InvariantCulture, this[name], shown);
    }

    /// <summary>Whether a text exists.</summary>
    public bool Has(string name) => words.GetString(name, CultureInfo.InvariantCulture) is not null;

    /// <summary>Name of a language.</summary>
    public string NameOf(GiftLanguage language) => this[language == GiftLanguage.Fr ? "Fr" : "En"];
}

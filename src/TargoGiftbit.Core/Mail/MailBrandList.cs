using System.Globalization;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Core.Mail;

/// <summary>The brands of a campaign as the mail shows them: at most twelve, in rows of two, with logos as far as they fit.</summary>
internal sealed class MailBrandList
{
    private const int MostShown = 12;

    // Logos travel with every message; names do for the rest.
    private const int MostLogoBytes = 400_000;

    // The white tile of the template, in CSS pixels.
    private const int BoxWidth = 80;
    private const int BoxHeight = 44;

    private int total;

    /// <summary>The brands shown.</summary>
    public required IReadOnlyList<MailBrandModel> Shown { get; init; }

    /// <summary>The same in rows of two.</summary>
    public required IReadOnlyList<MailBrandRowModel> Rows { get; init; }

    /// <summary>The embedded logos.</summary>
    public required IReadOnlyList<InlineImage> Images { get; init; }

    /// <summary>How many more there are; empty when none.</summary>
    public string More => total > Shown.Count ? (total - Shown.Count).ToString(CultureInfo.InvariantCulture) : "";

    /// <summary>Lays the brands out.</summary>
    public static MailBrandList From(IReadOnlyList<MailBrand> brands)
    {
        List<MailBrandModel> shown = [];
        List<InlineImage> images = [];
        var bytes = 0;
        foreach (var brand in brands.Take(MostShown))
        {
            var name = MailValue.Name(brand.Name is { Length: > 0 } given ? given : brand.Code);
            if (brand.Logo is not { } logo || bytes + logo.Content.Length > MostLogoBytes)
            {
                shown.Add(new MailBrandModel { Name = name });
                continue;
            }
            bytes += logo.Content.Length;
            var id = string.Create(CultureInfo.InvariantCulture, $"logo{images.Count + 1}@gift");
            images.Add(new InlineImage(id, logo.ContentType, FileName(brand.Code, logo.ContentType), logo.Content));
            var scale = Math.Min(1, Math.Min((double)BoxWidth / logo.Width, (double)BoxHeight / logo.Height));
            shown.Add(new MailBrandModel { Name = name, LogoCid = id, LogoWidth = Pixels(logo.Width * scale), LogoHeight = Pixels(logo.Height * scale) });
        }
        return new MailBrandList
        {
            Shown = shown,
            Rows = [.. shown.Chunk(2).Select(row => new MailBrandRowModel { Brands = row })],
            Images = images,
            total = brands.Count,
        };
    }

    /// <summary>The names in a sentence, with the number of those not shown.</summary>
    public string Sentence(GiftLanguage language)
    {
        var names = Shown.Select(brand => brand.Name).ToList();
        if (total > Shown.Count) names.Add(language == GiftLanguage.En ? $"{More} others" : $"{More} autres");
        return Typography.List(names, language);
    }

    private static string Pixels(double value) => Math.Max(1, (int)Math.Round(value)).ToString(CultureInfo.InvariantCulture);

    private static string FileName(string code, string contentType)
    {
        var stem = new string([.. code.Where(char.IsAsciiLetterOrDigit)]);
        return (stem.Length == 0 ? "logo" : stem) + (contentType == "image/jpeg" ? ".jpg" : contentType == "image/gif" ? ".gif" : ".png");
    }
}

using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Mail.Templates;
using TargoGiftbit.Core.Mail.Transports;

namespace TargoGiftbit.Benchmarks.Mail;

/// <summary>
/// The mail that both sides send: our own templates with their indentation taken out and two brands, which makes it the "about
/// 13 KB" that the counterparts were first measured with.
/// </summary>
internal static partial class MailSample
{
    public static MailSenderSettings Sender { get; } = new();

    public static IReadOnlyList<MailBrand> Brands { get; } = [new("timhortonsca", "Tim Hortons"), new("igacaca", "IGA")];

    public static TemplateSet Templates { get; } = Load();

    /// <summary>Templates and model for the counterparts, and the bytes of the two parts of a rendered mail.</summary>
    public static (string Json, int Size) ForPeers()
    {
        var pair = Templates.Pair(GiftLanguage.Fr, MailPurpose.Gift);
        var gift = new Gift
        {
            Environment = GiftEnvironment.Production,
            CampaignId = "benchmark",
            Row = 1,
            FirstName = "Prénom1",
            Email = "client1@example.com",
            Price = Money.Cad(6000),
            Expiry = new DateOnly(2026, 12, 31),
            Link = new GiftLink("https://gtbt.example/00000000001"),
        };
        var campaign = MailWorkload.Mail(MailWorkload.Terms("benchmark"));
        var to = new MailAddress(gift.Email);
        var message = campaign.Render(gift, to, "attempt");
        var terms = new MailTerms(GiftLanguage.Fr, Sender, MailBrandList.From(Brands));
        var values = terms.Values(gift, gift.Link.Reveal(), campaign.UnsubscribeFor(gift, to));
        values[MailSlot.Subject] = message.Subject;
        var json = JsonSerializer.Serialize(new Dictionary<string, object>
        {
            ["subject"] = Sender.SubjectFr,
            ["html"] = pair.Html.Text,
            ["text"] = pair.Text.Text,
            ["model"] = terms.Model(values),
        });
        return (json, Encoding.UTF8.GetByteCount(message.Html) + Encoding.UTF8.GetByteCount(message.Text));
    }

    private static TemplateSet Load()
    {
        var folder = Directory.CreateTempSubdirectory("mail-templates-").FullName;
        try
        {
            foreach (var (language, stem) in new[] { (GiftLanguage.Fr, "gift-email-fr"), (GiftLanguage.En, "gift-email-en") })
            {
                var pair = TemplateSet.BuiltIn.Pair(language, MailPurpose.Gift);
                File.WriteAllText(Path.Combine(folder, stem + ".html"), Indentation().Replace(pair.Html.Text, ""));
                File.WriteAllText(Path.Combine(folder, stem + ".txt"), pair.Text.Text);
            }
            return TemplateSet.Load(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [GeneratedRegex("^[ \t]+", RegexOptions.Multiline)]
    private static partial Regex Indentation();
}

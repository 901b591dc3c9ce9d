#:project ../src/TargoGiftbit.Core/TargoGiftbit.Core.csproj
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false

// Writes the mails as pages for a browser: docs/pictures.sh photographs them.
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Mail;

if (args is not [var folder, ..])
{
    Console.Error.WriteLine("usage: dotnet run docs/pictures.cs -- FOLDER [TEMPLATES]");
    return 64;
}
var templates = args.Length > 1 ? TemplateSet.Load(args[1]) : TemplateSet.BuiltIn;
var renderer = new GiftMailRenderer(templates, new MailSenderSettings());
Directory.CreateDirectory(folder);
foreach (var language in Enum.GetValues<GiftLanguage>())
{
    var gift = MailSamples.Gift(MailSamples.Campaign, language);
    Write("gift", MailSamples.Campaign, gift, MailPurpose.Gift);
    if (templates.HasReminder) Write("reminder", MailSamples.Campaign, gift, MailPurpose.Reminder);
    // A gift that is a code: once to show at the till, once behind an address of its own.
    var codes = MailSamples.Campaign with { Kind = GiftKind.Code, OrderMode = OrderMode.PerRecipient, BrandCodes = ["cafe"] };
    Write("code", codes, gift, MailPurpose.Gift);
    Write("address", codes, gift with { Codes = [new(GiftCodeUsage.SecurityUrl, "https://example.com/card"), new(GiftCodeUsage.SecurityUrlCode, "0000-SAMPLE"), new(GiftCodeUsage.PrintableDocumentUrl, "https://example.com/print")] }, MailPurpose.Gift);
}
return 0;

void Write(string kind, GiftCampaign campaign, Gift gift, MailPurpose purpose)
{
    var brands = campaign.Kind == GiftKind.Code ? MailSamples.Brands.Take(1).ToList() : MailSamples.Brands;
    var preview = MailPreview.Of(renderer, campaign, brands, gift, purpose);
    var name = Path.Combine(folder, $"{kind}-{gift.Language}".ToLowerInvariant());
    File.WriteAllText(name + ".html", preview.Html);
    File.WriteAllText(name + ".txt", preview.Text);
}

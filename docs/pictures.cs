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
foreach (var purpose in Enum.GetValues<MailPurpose>())
{
    if (purpose == MailPurpose.Reminder && !templates.HasReminder) continue;
    foreach (var language in Enum.GetValues<GiftLanguage>())
    {
        var preview = MailPreview.Of(renderer, MailSamples.Campaign, MailSamples.Brands, MailSamples.Gift(MailSamples.Campaign, language), purpose);
        var name = $"{purpose}-{language}".ToLowerInvariant();
        File.WriteAllText(Path.Combine(folder, name + ".html"), preview.Html);
        File.WriteAllText(Path.Combine(folder, name + ".txt"), preview.Text);
    }
}
return 0;

using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Mail.Lint;

/// <summary>Holds templates and sender settings to the rules of <see cref="MailRules"/> (spec D4).</summary>
public static class TemplateLint
{
    /// <summary>Examines every mail of a set. Renders for made-up gifts only; nothing is sent and nothing read from anywhere else.</summary>
    /// <param name="templates">The templates.</param>
    /// <param name="sender">The settings they will be sent with.</param>
    /// <param name="campaign">Terms to render with; made-up ones when left out.</param>
    /// <param name="brands">Brands to render with; made-up ones when left out.</param>
    /// <returns>What is wrong, gravest first; empty when all is well.</returns>
    public static IReadOnlyList<TemplateFinding> Check(
        TemplateSet templates, MailSenderSettings sender, GiftCampaign? campaign = null, IReadOnlyList<MailBrand>? brands = null)
    {
        ArgumentNullException.ThrowIfNull(templates);
        ArgumentNullException.ThrowIfNull(sender);
        var terms = (campaign ?? MailSamples.Campaign) with { CampaignId = MailSamples.Campaign.CampaignId };
        var shown = MailBrandList.From(brands ?? MailSamples.Brands);
        List<TemplateFinding> findings = [];
        foreach (var target in Targets(templates, sender))
        {
            CheckPlaceholders(target);
            var usable = CheckSender(target);
            if (usable && target.Findings.Count == 0) Render(target, shown, terms);
            StructureRules.Check(target);
            ImageRules.Check(target);
            LinkRules.Check(target);
            ContrastRules.Check(target);
            TypographyRules.Check(target);
            GiftRules.Check(target);
            LegalRules.Check(target);
            HeaderRules.Check(target);
            findings.AddRange(target.Findings);
        }
        return [.. findings.OrderByDescending(f => f.Severity).ThenBy(f => f.Purpose).ThenBy(f => f.Language).ThenBy(f => f.Part).ThenBy(f => f.Line)];
    }

    /// <summary>True when a legal rule is broken: the templates are not to be sent with.</summary>
    /// <param name="findings">What <see cref="Check"/> found.</param>
    public static bool HasLegalFailure(IEnumerable<TemplateFinding> findings) => findings.Any(f => f.Severity == MailSeverity.Legal);

    /// <summary>True when nothing graver than a warning was found.</summary>
    /// <param name="findings">What <see cref="Check"/> found.</param>
    public static bool Passes(IEnumerable<TemplateFinding> findings) => findings.All(f => f.Severity == MailSeverity.Warning);

    private static IEnumerable<LintTarget> Targets(TemplateSet templates, MailSenderSettings sender) =>
        templates.Mails.Select(mail => new LintTarget(mail.Language, mail.Purpose, templates.Pair(mail.Language, mail.Purpose), sender))
            .Concat(templates.CodeLanguages.Select(language => new LintTarget(language, MailPurpose.Gift, templates.CodePair(language), sender) { IsCode = true }));

    private static void CheckPlaceholders(LintTarget target)
    {
        foreach (var (scan, part) in new[] { (target.Html, MailPart.Html), (target.Text, MailPart.Text), (target.SubjectLine, MailPart.Headers) })
            foreach (var problem in scan.Problems)
                target.Report(MailRules.Placeholder, part, problem.Line, problem.Message, problem.Remedy);
    }

    private static void Render(LintTarget target, MailBrandList brands, GiftCampaign campaign)
    {
        try
        {
            target.Render(new MailTerms(target.Language, target.Sender, brands), new MailTerms(target.Language, target.Sender, MailBrandList.From([])), campaign);
        }
        catch (MailTemplateException e)
        {
            target.Report(MailRules.Placeholder, MailPart.Html, 0, e.Message, e.Remedy ?? "");
        }
    }

    private static bool CheckSender(LintTarget target)
    {
        try
        {
            SenderCheck.Run(target.Sender);
            return true;
        }
        catch (MailTemplateException e)
        {
            target.Report(MailRules.SenderSettings, MailPart.Headers, 0, e.Message, e.Remedy ?? "");
            return false;
        }
    }
}

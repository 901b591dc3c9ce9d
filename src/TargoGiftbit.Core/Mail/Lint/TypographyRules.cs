using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Mail.Lint;

/// <summary>
/// Spaces in French as the Office québécois de la langue française asks for them: a non-breaking one before <c>:</c>
/// <c>$</c> <c>%</c> and inside « », none before <c>;</c> <c>!</c> <c>?</c> (reference/email-compliance.md B3).
/// </summary>
internal static class TypographyRules
{
    public static void Check(LintTarget target)
    {
        if (target.Language != GiftLanguage.Fr) return;
        Check(target, MailPart.Html, TemplateWords.Of(target.Html));
        Check(target, MailPart.Text, TemplateWords.Of(target.Text));
        Check(target, MailPart.Headers, TemplateWords.Of(target.SubjectLine));
    }

    private static void Check(LintTarget target, MailPart part, TemplateWords words)
    {
        for (var i = 0; i < words.Length; i++)
            if (Fault(words, i) is { } fault) target.Report(MailRules.FrenchTypography, part, words.LineAt(i), words.Around(i), MailText.Get(fault));
    }

    private static string? Fault(TemplateWords words, int i)
    {
        var (before, after) = (words[i - 1], words[i + 1]);
        return words[i] switch
        {
            '$' when char.IsAsciiDigit(after) => "FaultAmountOrder",
            '$' or '%' when char.IsAsciiDigit(before) || (IsPlainSpace(before) && char.IsAsciiDigit(words[i - 2])) => "FaultNoBreakBefore",
            // A colon within a word, an address or a time wants no space.
            ':' when IsPlainSpace(before) || (IsBlank(after) && !IsNoBreak(before)) => "FaultNoBreakBefore",
            '!' or '?' or ';' when IsPlainSpace(before) || before == '\u00A0' => "FaultSpaceBefore",
            '«' when !IsNoBreak(after) => "FaultGuillemets",
            '»' when !IsNoBreak(before) => "FaultGuillemets",
            _ => null,
        };
    }

    private static bool IsNoBreak(char c) => c is '\u00A0' or '\u202F';

    private static bool IsPlainSpace(char c) => c is ' ' or '\n' or '\t';

    private static bool IsBlank(char c) => c == '\0' || char.IsWhiteSpace(c);
}

namespace TargoGiftbit.Core.Mail.Lint;

/// <summary>What comes from settings: subject, answers, one-click headers.</summary>
internal static class HeaderRules
{
    private const int LongestSubject = 255;

    public static void Check(LintTarget target)
    {
        var sender = target.Sender;
        var takesAnswers = !IsNoReply(sender.From.Address) || sender.ReplyTo is not null;
        if (!takesAnswers || (sender.ReplyTo is { } replyTo && IsNoReply(replyTo.Address))) target.Report(MailRules.ReplyTo, MailPart.Headers, 0, sender.From.Address);
        foreach (var sample in target.Samples)
        {
            if (sample.Subject.Length is 0 or > LongestSubject) target.Report(MailRules.Subject, MailPart.Headers, 0, sample.Subject.Length, LongestSubject);
            if (!sample.Unsubscribe.Headers().Any(h => h.Key == "List-Unsubscribe-Post")) target.Report(MailRules.OneClickHeader, MailPart.Headers, 0);
        }
    }

    private static bool IsNoReply(string address)
    {
        var name = string.Concat(address.Split('@')[0].Where(char.IsLetter)).ToLowerInvariant();
        return name.Contains("noreply", StringComparison.Ordinal) || name.Contains("donotreply", StringComparison.Ordinal)
            || name.Contains("nepasrepondre", StringComparison.Ordinal) || name.Contains("sansreponse", StringComparison.Ordinal);
    }
}

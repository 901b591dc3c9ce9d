using System.Globalization;
using System.Resources;

namespace TargoGiftbit.Commands;

/// <summary>What the cmdlets say that look after templates, addresses and suppressions; the words are in <c>MailCareText.resx</c>.</summary>
internal static class MailCareText
{
    private static readonly ResourceManager Words = new(typeof(MailCareText));

    internal static string AddOffer => Get(nameof(AddOffer));

    internal static string ContactOffer(object? email) => Format(nameof(ContactOffer), email);

    internal static string EmailInvalid(object? email, object? why) => Format(nameof(EmailInvalid), email, why);

    internal static string JoinOffer(object? count) => Format(nameof(JoinOffer), count);

    internal static string JoinRefused(object? count, object? campaign) => Format(nameof(JoinRefused), count, campaign);

    internal static string NotSuppressed(object? email) => Format(nameof(NotSuppressed), email);

    internal static string RemoveOffer => Get(nameof(RemoveOffer));

    internal static string SampleNotSent(object? to, object? reason) => Format(nameof(SampleNotSent), to, reason);

    internal static string SampleOffer(object? count) => Format(nameof(SampleOffer), count);

    internal static string SendQuestion(object? offer) => Format(nameof(SendQuestion), offer);

    internal static string ShowOffer(object? gift) => Format(nameof(ShowOffer), gift);

    internal static string ShowRehearsal(object? gift) => Format(nameof(ShowRehearsal), gift);

    internal static string TemplateIllegal(object? findings) => Format(nameof(TemplateIllegal), findings);

    internal static string TemplateIllegalRemedy => Get(nameof(TemplateIllegalRemedy));

    private static string Get(string name) => Words.GetString(name, CultureInfo.CurrentUICulture) ?? name;

    private static string Format(string name, params object?[] values) => string.Format(CultureInfo.InvariantCulture, Get(name), values);
}

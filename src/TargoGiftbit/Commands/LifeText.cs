using System.Globalization;
using System.Resources;

namespace TargoGiftbit.Commands;

/// <summary>What the cmdlets say that look after gifts on their way; the words are in <c>LifeText.resx</c>.</summary>
internal static class LifeText
{
    private static readonly ResourceManager Words = new(typeof(LifeText));

    internal static string ResolveCannot(object? transport) => Format(nameof(ResolveCannot), transport);

    internal static string ResolveCaption => Get(nameof(ResolveCaption));

    internal static string ResolveElsewhere(object? gift) => Format(nameof(ResolveElsewhere), gift);

    internal static string ResolveOffer(object? gift, object? word) => Format(nameof(ResolveOffer), gift, word);

    internal static string ResolveQuestion(object? gift) => Format(nameof(ResolveQuestion), gift);

    internal static string ResolveTooEarly(object? time) => Format(nameof(ResolveTooEarly), time);

    internal static string ResolvedNotSent => Get(nameof(ResolvedNotSent));

    internal static string ResolvedSent => Get(nameof(ResolvedSent));

    internal static string RevokeCaption => Get(nameof(RevokeCaption));

    internal static string RevokeNothing(object? campaign) => Format(nameof(RevokeNothing), campaign);

    internal static string RevokeOffer(object? count, object? total, object? mailed) => Format(nameof(RevokeOffer), count, total, mailed);

    internal static string RevokeQuestion(object? offer, object? account) => Format(nameof(RevokeQuestion), offer, account);

    internal static string ContractCaption => Get(nameof(ContractCaption));

    internal static string ContractOffer(object? brand, object? price) => Format(nameof(ContractOffer), brand, price);

    internal static string ContractMode(object? date, object? reason) => Format(nameof(ContractMode), date, reason);

    internal static string ReplaceCaption => Get(nameof(ReplaceCaption));

    internal static string ReplaceOffer(object? count, object? total, object? mailed) => Format(nameof(ReplaceOffer), count, total, mailed);

    internal static string ReplacedBefore(object? gift, object? by) => Format(nameof(ReplacedBefore), gift, by);

    internal static string ResolveTarget(object? count) => Format(nameof(ResolveTarget), count);

    internal static string ResolveAsk => Get(nameof(ResolveAsk));

    internal static string PastTerm(object? campaigns, object? months) => Format(nameof(PastTerm), campaigns, months);

    internal static string ExportAction => Get(nameof(ExportAction));

    internal static string ExportedFile(object? campaign, object? path) => Format(nameof(ExportedFile), campaign, path);

    internal static string FileExists(object? path) => Format(nameof(FileExists), path);

    internal static string FileExistsRemedy => Get(nameof(FileExistsRemedy));

    internal static string ImportAction(object? file) => Format(nameof(ImportAction), file);

    internal static string ImportAge(object? campaign) => Format(nameof(ImportAge), campaign);

    internal static string BackupAction(object? folder) => Format(nameof(BackupAction), folder);

    internal static string PurgeAction(object? folder) => Format(nameof(PurgeAction), folder);

    internal static string PurgeQuestion(object? campaign) => Format(nameof(PurgeQuestion), campaign);

    internal static string PurgeCaption => Get(nameof(PurgeCaption));

    internal static string NothingToBackup(object? months) => Format(nameof(NothingToBackup), months);

    internal static string RestoreAction(object? file) => Format(nameof(RestoreAction), file);

    internal static string PathIsOneFile(object? path) => Format(nameof(PathIsOneFile), path);

    private static string Format(string name, params object?[] values) => string.Format(CultureInfo.InvariantCulture, Get(name), values);

    private static string Get(string name) => Words.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(name);
}

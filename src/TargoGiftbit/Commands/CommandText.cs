using System.Globalization;
using System.Resources;

namespace TargoGiftbit.Commands;

/// <summary>What the cmdlets themselves say to the operator; the words are in <c>CommandText.resx</c>.</summary>
internal static class CommandText
{
    private static readonly ResourceManager Words = new(typeof(CommandText));

    internal static string AddressesKept(object? rows) => Format(nameof(AddressesKept), rows);

    internal static string AwaitingFunds(object? campaign, object? state) => Format(nameof(AwaitingFunds), campaign, state);

    internal static string Campaign(object? campaign, object? environment) => Format(nameof(Campaign), campaign, environment);

    internal static string CampaignUnknown(object? campaign) => Format(nameof(CampaignUnknown), campaign);

    internal static string ContactRefused(object? gift, object? reason, object? provider) => Format(nameof(ContactRefused), gift, reason, provider);

    internal static string ContactsRead(object? count, object? file, object? flagged) => Format(nameof(ContactsRead), count, file, flagged);

    internal static string FileExists(object? file) => Format(nameof(FileExists), file);

    internal static string FileExistsRemedy => Get(nameof(FileExistsRemedy));

    internal static string FileWritten(object? count, object? file) => Format(nameof(FileWritten), count, file);

    internal static string GiftNotFound(object? uuid) => Format(nameof(GiftNotFound), uuid);

    internal static string LinksCaption(object? campaign) => Format(nameof(LinksCaption), campaign);

    internal static string LinksMissing(object? missing, object? all, object? campaign) => Format(nameof(LinksMissing), missing, all, campaign);

    internal static string LinksStatus(object? done, object? all) => Format(nameof(LinksStatus), done, all);

    internal static string MailCaption => Get(nameof(MailCaption));

    internal static string MailNotSent(object? gift) => Format(nameof(MailNotSent), gift);

    internal static string MailOffer(object? count) => Format(nameof(MailOffer), count);

    internal static string MailOfferSandbox(object? count, object? inbox) => Format(nameof(MailOfferSandbox), count, inbox);

    internal static string MailProblem(object? gift, object? reason) => Format(nameof(MailProblem), gift, reason);

    internal static string MailStatus(object? done, object? all, object? rate) => Format(nameof(MailStatus), done, all, rate);

    internal static string NextRound(object? seconds) => Format(nameof(NextRound), seconds);

    internal static string NoFunds => Get(nameof(NoFunds));

    internal static string NotDue(object? campaign, object? next) => Format(nameof(NotDue), campaign, next);

    internal static string NothingDue(object? next) => Format(nameof(NothingDue), next);

    internal static string Offer(object? count, object? price, object? cost, object? funds, object? open) => Format(nameof(Offer), count, price, cost, funds, open);

    internal static string OrderCaption(object? campaign) => Format(nameof(OrderCaption), campaign);

    internal static string OrderNotFound(object? id) => Format(nameof(OrderNotFound), id);

    internal static string OrderQuestion(object? offer, object? account) => Format(nameof(OrderQuestion), offer, account);

    internal static string PathNotFolder(object? path) => Format(nameof(PathNotFolder), path);

    internal static string PollRunning => Get(nameof(PollRunning));

    internal static string ProductionNotAllowed(object? campaign) => Format(nameof(ProductionNotAllowed), campaign);

    internal static string SettingUnknown(object? name) => Format(nameof(SettingUnknown), name);

    internal static string RegionUnknown(object? region, object? known) => Format(nameof(RegionUnknown), region, known);

    internal static string ReportWritten(object? count, object? file) => Format(nameof(ReportWritten), count, file);

    internal static string Retry(object? service, object? method, object? path, object? attempt, object? seconds, object? reason) => Format(nameof(Retry), service, method, path, attempt, seconds, reason);

    internal static string Settled(object? gift, object? settled) => Format(nameof(Settled), gift, settled);

    internal static string StatusMissing(object? count, object? campaign, object? provider) => Format(nameof(StatusMissing), count, campaign, provider);

    internal static string StatusUnknown(object? words, object? campaign, object? provider) => Format(nameof(StatusUnknown), words, campaign, provider);

    internal static string TermsProblem(object? problem, object? campaign) => Format(nameof(TermsProblem), problem, campaign);

    internal static string UseProduction => Get(nameof(UseProduction));

    internal static string WriteReport(object? count) => Format(nameof(WriteReport), count);

    private static string Format(string name, params object?[] values) => string.Format(CultureInfo.InvariantCulture, Get(name), values);

    private static string Get(string name) => Words.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(name);
}

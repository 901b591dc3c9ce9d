using System.Globalization;
using System.Resources;

namespace TargoGiftbit.Commands.ErpNext;

/// <summary>What the ERPNext cmdlets say to the operator; the words are in <c>ErpNextCommandText.resx</c>.</summary>
internal static class ErpNextCommandText
{
    private static readonly ResourceManager Words = new(typeof(ErpNextCommandText));

    internal static string SandboxRemedy => Get(nameof(SandboxRemedy));

    internal static string TimeZoneRemedy => Get(nameof(TimeZoneRemedy));

    internal static string CustomersRead(object? count, object? site, object? flagged) => Format(nameof(CustomersRead), count, site, flagged);

    internal static string Later(object? gift, object? customer) => Format(nameof(Later), gift, customer);

    internal static string Rehearsal(object? campaign) => Format(nameof(Rehearsal), campaign);

    internal static string RehearsalAction(object? count) => Format(nameof(RehearsalAction), count);

    internal static string Sandbox(object? campaign, object? site) => Format(nameof(Sandbox), campaign, site);

    internal static string Target(object? customer, object? gift) => Format(nameof(Target), customer, gift);

    internal static string TimeZoneUnknown(object? zone) => Format(nameof(TimeZoneUnknown), zone);

    internal static string Written(object? updated, object? unchanged, object? notClicked) => Format(nameof(Written), updated, unchanged, notClicked);

    private static string Format(string name, params object?[] values) => string.Format(CultureInfo.InvariantCulture, Get(name), values);

    private static string Get(string name) => Words.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(name);
}

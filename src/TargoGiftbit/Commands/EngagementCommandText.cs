using System.Globalization;
using System.Resources;

namespace TargoGiftbit.Commands;

/// <summary>What the cmdlets say that follow mails and tell of campaigns; the words are in <c>EngagementCommandText.resx</c>.</summary>
internal static class EngagementCommandText
{
    private static readonly ResourceManager Words = new(typeof(EngagementCommandText));

    internal static string Behind(object? count) => Format(nameof(Behind), count);

    internal static string DurationInvalid(object? given) => Format(nameof(DurationInvalid), given);

    internal static string DurationInvalidRemedy => Get(nameof(DurationInvalidRemedy));

    internal static string ListenAction => Get(nameof(ListenAction));

    internal static string ListenTarget(object? port) => Format(nameof(ListenTarget), port);

    internal static string Listening(object? port) => Format(nameof(Listening), port);

    internal static string MeasureMany(object? count) => Format(nameof(MeasureMany), count);

    internal static string MeasureManyRemedy => Get(nameof(MeasureManyRemedy));

    internal static string PipelineTarget => Get(nameof(PipelineTarget));

    internal static string Polled(object? campaign, object? found, object? mailed, object? news) => Format(nameof(Polled), campaign, found, mailed, news);

    internal static string Quarantined(object? count, object? reason) => Format(nameof(Quarantined), count, reason);

    internal static string Stopped(object? all, object? stored, object? quarantined) => Format(nameof(Stopped), all, stored, quarantined);

    internal static string StoreAction => Get(nameof(StoreAction));

    internal static string UnknownKind(object? word) => Format(nameof(UnknownKind), word);

    internal static string WritePage(object? campaign) => Format(nameof(WritePage), campaign);

    private static string Get(string name) => Words.GetString(name, CultureInfo.CurrentUICulture) ?? throw new MissingManifestResourceException(name);

    private static string Format(string name, params object?[] values) => string.Format(CultureInfo.InvariantCulture, Get(name), values);
}

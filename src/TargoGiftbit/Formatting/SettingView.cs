using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Formatting;

/// <summary>What the view of the configuration shows.</summary>
public static class SettingView
{
    /// <summary>Where a setting's value came from; what was set by someone stands out from defaults.</summary>
    public static string Origin(SettingOrigin? origin) => origin switch
    {
        SettingOrigin.Parameter => Palette.Good(FormatText.OriginParameter),
        SettingOrigin.Environment => Palette.Good(FormatText.OriginEnvironment),
        SettingOrigin.DotEnv => Palette.Good(FormatText.OriginDotEnv),
        SettingOrigin.Default => FormatText.OriginDefault,
        _ => Palette.Over(FormatText.OriginNone),
    };
}

using TargoGiftbit.Core.Mail;
using TargoGiftbit.Core.Settings;

namespace TargoGiftbit.Commands.Mail;

/// <summary>The templates that the settings name.</summary>
internal static class MailTemplates
{
    /// <summary>Those of the operator's folder, else those that come with the module.</summary>
    internal static TemplateSet Of(GiftSettings settings) => settings.Text(SettingName.Templates) is { } folder ? TemplateSet.Load(folder) : TemplateSet.BuiltIn;
}

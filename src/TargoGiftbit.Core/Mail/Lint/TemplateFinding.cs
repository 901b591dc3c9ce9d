using TargoGiftbit.Core.Gifts;

namespace TargoGiftbit.Core.Mail.Lint;

/// <summary>A part of a mail.</summary>
public enum MailPart
{
    /// <summary>HTML part.</summary>
    Html,

    /// <summary>Text part.</summary>
    Text,

    /// <summary>Subject, sender and other headers, which come from settings.</summary>
    Headers,
}

/// <summary>A rule that is not kept.</summary>
public sealed record TemplateFinding
{
    /// <summary>Name of the rule.</summary>
    public required string Rule { get; init; }

    /// <summary>How much it weighs.</summary>
    public required MailSeverity Severity { get; init; }

    /// <summary>Language of the mail.</summary>
    public required GiftLanguage Language { get; init; }

    /// <summary>Gift or reminder.</summary>
    public required MailPurpose Purpose { get; init; }

    /// <summary>Which part.</summary>
    public required MailPart Part { get; init; }

    /// <summary>File, or what the settings call it.</summary>
    public required string Source { get; init; }

    /// <summary>Line, from 1; 0 when it is about the whole.</summary>
    public required int Line { get; init; }

    /// <summary>What is wrong.</summary>
    public required string Message { get; init; }

    /// <summary>What to do about it.</summary>
    public required string Remedy { get; init; }

    /// <summary>Place, rule and message.</summary>
    public override string ToString() => $"{(Line > 0 ? $"{Source}:{Line}" : Source)}: {Severity} {Rule}: {Message}";
}

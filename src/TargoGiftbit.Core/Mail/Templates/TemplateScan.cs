namespace TargoGiftbit.Core.Mail.Templates;

/// <summary>A template as it stands in its file.</summary>
/// <param name="Name">How messages call it: the path, or the name of a setting.</param>
/// <param name="Text">Its text, line ends as LF.</param>
/// <param name="IsHtml">True for the HTML part: its values are escaped.</param>
internal sealed record TemplateSource(string Name, string Text, bool IsHtml);

/// <summary>What a tag does.</summary>
internal enum TemplateTagKind
{
    /// <summary>Writes a value.</summary>
    Value,

    /// <summary>Nothing.</summary>
    Comment,

    /// <summary>Opens a block.</summary>
    Open,

    /// <summary>Turns to the other branch.</summary>
    Else,

    /// <summary>Closes a block.</summary>
    Close,
}

/// <summary>One tag of a template.</summary>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Name">The placeholder it names, if any.</param>
/// <param name="Line">Line, from 1.</param>
internal readonly record struct TemplateTag(int Start, int End, TemplateTagKind Kind, string Name, int Line);

/// <summary>What reading a template through brought to light.</summary>
/// <param name="Source">The template.</param>
/// <param name="Tags">Its good tags, in order.</param>
/// <param name="Problems">What is wrong with it, in order.</param>
internal sealed record TemplateScan(TemplateSource Source, IReadOnlyList<TemplateTag> Tags, IReadOnlyList<TemplateProblem> Problems)
{
    /// <summary>True when a placeholder is written out or asked for somewhere, whatever its level.</summary>
    public bool Uses(string name) => Tags.Any(tag => tag.Name.AsSpan(tag.Name.LastIndexOf('/') + 1).SequenceEqual(name));
}

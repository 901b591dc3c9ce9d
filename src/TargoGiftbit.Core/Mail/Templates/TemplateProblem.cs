namespace TargoGiftbit.Core.Mail.Templates;

/// <summary>Something in a template that must not reach a customer.</summary>
/// <param name="Code">Stable identifier; also the name of its text in <c>MailText.resx</c>.</param>
/// <param name="Source">File, or name of the subject setting.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Detail">The piece of template it is about.</param>
/// <param name="Hint">A name it may have meant, or null.</param>
internal sealed record TemplateProblem(string Code, string Source, int Line, string Detail, string? Hint = null)
{
    /// <summary>What is wrong and where.</summary>
    public string Message => MailText.Get(Code, Source, Line, Detail);

    /// <summary>What to do about it.</summary>
    public string Remedy => Hint is null
        ? MailText.Get(Code + "_Remedy")
        : MailText.Get("DidYouMean", Hint) + " " + MailText.Get(Code + "_Remedy");

    /// <summary>The same as an exception.</summary>
    public MailTemplateException ToException() => new(Code, Message, Remedy);
}

using System.Globalization;
using HandlebarsDotNet;

namespace TargoGiftbit.Core.Mail.Templates;

/// <summary>Turns checked templates into something that renders.</summary>
internal static class TemplateCompiler
{
    // Throwing on an unknown name is the second fence behind TemplateGrammar.
    private static readonly IHandlebars Html = Handlebars.Create(new HandlebarsConfiguration { TextEncoder = new MarkupEncoder(), ThrowOnUnresolvedBindingExpression = true });
    private static readonly IHandlebars Plain = Handlebars.Create(new HandlebarsConfiguration { NoEscape = true, ThrowOnUnresolvedBindingExpression = true });

    /// <summary>Compiles a template that has been found without problems.</summary>
    /// <exception cref="MailTemplateException">Handlebars does not accept it all the same (<c>TemplateUnreadable</c>).</exception>
    public static Func<GiftMailModel, string> Compile(TemplateSource source)
    {
        // Handlebars.Net builds its caches while compiling and promises nothing about two compilations at once.
        lock (Html)
        {
            var template = Parse(source);
            return model =>
            {
                using var writer = new StringWriter(CultureInfo.InvariantCulture);
                template(writer, model);
                return writer.ToString();
            };
        }
    }

    private static HandlebarsTemplate<TextWriter, object, object> Parse(TemplateSource source)
    {
        try
        {
            return (source.IsHtml ? Html : Plain).Compile(new StringReader(source.Text));
        }
        catch (HandlebarsException e)
        {
            throw new MailTemplateException("TemplateUnreadable", MailText.Get("TemplateUnreadable", source.Name, e.Message), MailText.Get("TemplateTagMalformed_Remedy"), e);
        }
    }
}

namespace TargoGiftbit.Core.Mail.Templates;

/// <summary>
/// A mail of a campaign, rendered once by Handlebars with marks in place of the values that differ from gift to gift, and cut
/// at the marks. Each gift is then a matter of joining strings, several times faster than running the template again.
/// </summary>
internal sealed class MailShape
{
    private readonly Part subject;
    private readonly Part html;
    private readonly Part text;

    /// <summary>Renders and cuts.</summary>
    /// <param name="mail">The compiled templates.</param>
    /// <param name="marked">The model with marks.</param>
    public MailShape(CompiledMail mail, GiftMailModel marked)
    {
        subject = new Part(mail.Subject(marked), escape: false);
        html = new Part(mail.Html(marked), escape: true);
        text = new Part(mail.Text(marked), escape: false);
    }

    /// <summary>The subject of one gift's mail.</summary>
    public string Subject(MailSlots values) => subject.Fill(values);

    /// <summary>The HTML part of one gift's mail.</summary>
    public string Html(MailSlots values) => html.Fill(values);

    /// <summary>The text part of one gift's mail.</summary>
    public string Text(MailSlots values) => text.Fill(values);

    private sealed class Part
    {
        private readonly bool escape;
        private readonly string[] literals;
        private readonly MailSlot[] slots;

        public Part(string rendered, bool escape)
        {
            this.escape = escape;
            List<string> between = [];
            List<MailSlot> found = [];
            var from = 0;
            for (var at = 0; at < rendered.Length; at++)
            {
                if (!MailSlots.IsMark(rendered[at])) continue;
                between.Add(rendered[from..at]);
                found.Add(MailSlots.SlotOf(rendered[at]));
                from = at + 1;
            }
            between.Add(rendered[from..]);
            (literals, slots) = ([.. between], [.. found]);
        }

        public string Fill(MailSlots values)
        {
            var pieces = new string[literals.Length + slots.Length];
            for (var i = 0; i < slots.Length; i++)
            {
                pieces[2 * i] = literals[i];
                var value = values[slots[i]];
                pieces[(2 * i) + 1] = escape ? MarkupEncoder.Escape(value) : value;
            }
            pieces[^1] = literals[^1];
            return string.Concat(pieces);
        }
    }
}

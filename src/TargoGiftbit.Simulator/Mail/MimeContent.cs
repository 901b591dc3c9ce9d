namespace TargoGiftbit.Simulator.Mail;

/// <summary>A message as it came over SMTP: the bytes after DATA, read when somebody looks.</summary>
internal sealed class MimeContent(byte[] raw) : MailContent
{
    private MimeNode Root => MimeReader.Read(raw);

    public override string? Html => Leaf("text/html");

    public override string? Text => Leaf("text/plain");

    public override IReadOnlyDictionary<string, string> Headers => MimeReader.ReadHeaders(raw).Headers;

    public override IReadOnlyList<MailPart> Parts => [.. Root.Leaves
        .Where(node => node.MediaType is not ("text/html" or "text/plain"))
        .Select(node => new MailPart(
            node.MediaType,
            MimeReader.Parameter(node.Headers.GetValueOrDefault("Content-Disposition", ""), "filename") ?? "part",
            node.Headers.GetValueOrDefault("Content-ID")?.Trim('<', '>'),
            node.Bytes))];

    public override byte[] ToEml(InboxMessage message) => raw;

    private string? Leaf(string mediaType) => Root.Leaves.FirstOrDefault(node => node.MediaType == mediaType)?.Text;
}

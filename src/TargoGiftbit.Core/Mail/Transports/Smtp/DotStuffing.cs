namespace TargoGiftbit.Core.Mail.Transports.Smtp;

/// <summary>Makes content transparent for DATA (RFC 5321 §4.5.2): a dot that starts a line is doubled, and the final dot is added.</summary>
internal static class DotStuffing
{
    private static ReadOnlySpan<byte> LineWithDot => "\r\n."u8;

    /// <summary>True when some line starts with a dot.</summary>
    public static bool IsNeeded(ReadOnlySpan<byte> content) => (!content.IsEmpty && content[0] == '.') || content.IndexOf(LineWithDot) >= 0;

    /// <summary>Copies the content with dots doubled.</summary>
    public static void Stuff(ReadOnlySpan<byte> content, PooledBuffer output)
    {
        if (!content.IsEmpty && content[0] == '.') output.Write("."u8);
        int at;
        while ((at = content.IndexOf(LineWithDot)) >= 0)
        {
            output.Write(content[..(at + 3)]);
            output.Write("."u8);
            content = content[(at + 3)..];
        }
        output.Write(content);
    }

    /// <summary>Adds the line that ends the message.</summary>
    public static void Terminate(PooledBuffer content) =>
        content.Write(content.WrittenSpan.EndsWith("\r\n"u8) || content.Length == 0 ? ".\r\n"u8 : "\r\n.\r\n"u8);
}

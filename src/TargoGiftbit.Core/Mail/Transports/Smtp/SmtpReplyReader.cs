using System.Buffers.Text;
using System.Text;

namespace TargoGiftbit.Core.Mail.Transports.Smtp;

/// <summary>Takes replies out of the stream, line by line and within limits, so that a mad server cannot fill the memory.</summary>
internal sealed class SmtpReplyReader
{
    // RFC 5321 §4.5.3.1.5 says 512 octets; real servers write longer ones.
    private const int LineLimit = 4096;
    private const int LinesLimit = 128;

    private readonly byte[] buffer = new byte[LineLimit];
    private int start;
    private int end;

    /// <summary>True when the server sent more than was asked for.</summary>
    public bool HasUnread => end > start;

    /// <summary>Reads one whole reply.</summary>
    /// <param name="stream">The connection.</param>
    /// <param name="cancellationToken">Stops the wait.</param>
    /// <exception cref="SmtpConnectionException">The server closed the connection or does not speak SMTP.</exception>
    public async ValueTask<SmtpReply> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var code = 0;
        string? text = null;
        StringBuilder? lines = null;
        for (var count = 0; count < LinesLimit; count++)
        {
            int length;
            while ((length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n')) < 0)
            {
                Compact();
                if (end == buffer.Length) throw SmtpConnectionException.NotSmtp();
                var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken).ConfigureAwait(false);
                if (read == 0) throw SmtpConnectionException.Closed();
                end += read;
            }
            var isLast = ParseLine(buffer.AsSpan(start, length), ref code, out var words);
            start += length + 1;
            if (text is null) text = words;
            else (lines ??= new StringBuilder(text)).Append('\n').Append(words);
            if (isLast) return new SmtpReply(code, lines?.ToString() ?? text);
        }
        throw SmtpConnectionException.NotSmtp();
    }

    private static bool ParseLine(ReadOnlySpan<byte> line, ref int code, out string words)
    {
        if (line.Length > 0 && line[^1] == '\r') line = line[..^1];
        if (line.Length < 3 || !Utf8Parser.TryParse(line[..3], out int value, out var used) || used != 3 || value is < 200 or > 599
            || (line.Length > 3 && line[3] is not ((byte)' ' or (byte)'-')) || (code != 0 && code != value))
            throw SmtpConnectionException.NotSmtp();
        code = value;
        words = line.Length > 4 ? Encoding.UTF8.GetString(line[4..]) : "";
        return line.Length == 3 || line[3] == ' ';
    }

    private void Compact()
    {
        if (start == 0) return;
        buffer.AsSpan(start, end - start).CopyTo(buffer);
        end -= start;
        start = 0;
    }
}

using System.Text;

namespace TargoGiftbit.Simulator.Smtp;

/// <summary>Reads lines and message data off a connection, whatever the pieces in which they come.</summary>
internal sealed class SmtpReader(Stream stream)
{
    private const int MaxLine = 64 * 1024;
    private byte[] _buffer = new byte[16 * 1024];
    private int _from;
    private int _to;

    /// <summary>More has arrived than was read: the client pipelines.</summary>
    public bool HasMore => _from < _to;

    /// <summary>A line without its end; null when the client has closed.</summary>
    public async ValueTask<string?> ReadLineAsync(CancellationToken cancel)
    {
        var scanned = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_from + scanned, _to - _from - scanned).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var length = scanned + at;
                var line = _buffer.AsSpan(_from, length);
                _from += length + 1;
                return Encoding.UTF8.GetString(line.EndsWith("\r"u8) ? line[..^1] : line);
            }

            scanned = _to - _from;
            if (scanned > MaxLine || !await FillAsync(cancel))
                return null;
        }
    }

    /// <summary>The data up to the final dot, without dot stuffing (RFC 5321 §4.5.2); null when the client has closed before it.</summary>
    public async ValueTask<byte[]?> ReadDataAsync(CancellationToken cancel)
    {
        while (_to - _from < 3)
        {
            if (!await FillAsync(cancel))
                return null;
        }

        if (_buffer.AsSpan(_from, 3).SequenceEqual(".\r\n"u8))
        {
            _from += 3;
            return [];
        }

        var scanned = 0;
        while (true)
        {
            var at = _buffer.AsSpan(_from + scanned, _to - _from - scanned).IndexOf("\r\n.\r\n"u8);
            if (at >= 0)
            {
                var length = scanned + at + 2;
                var data = Unstuff(_buffer.AsSpan(_from, length));
                _from += length + 3;
                return data;
            }

            scanned = Math.Max(0, _to - _from - 4);
            if (!await FillAsync(cancel))
                return null;
        }
    }

    private static byte[] Unstuff(ReadOnlySpan<byte> data)
    {
        if (data[0] != '.' && data.IndexOf("\r\n."u8) < 0)
            return data.ToArray();
        var plain = new byte[data.Length];
        var length = 0;
        for (var at = 0; at < data.Length; at++)
        {
            var atLineStart = at == 0 || (at >= 2 && data[at - 1] == '\n' && data[at - 2] == '\r');
            if (!(atLineStart && data[at] == '.'))
                plain[length++] = data[at];
        }

        return plain[..length];
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancel)
    {
        if (_from == _to)
        {
            _from = _to = 0;
        }
        else if (_to == _buffer.Length)
        {
            // Make room: to the front if that frees half, else a buffer twice as large.
            var target = _from > _buffer.Length / 2 ? _buffer : new byte[_buffer.Length * 2];
            _buffer.AsSpan(_from, _to - _from).CopyTo(target);
            _buffer = target;
            _to -= _from;
            _from = 0;
        }

        var read = await stream.ReadAsync(_buffer.AsMemory(_to), cancel);
        _to += read;
        return read > 0;
    }
}

using System.Text;

namespace TargoGiftbit.Core.Settings;

/// <summary>
/// Reads the text of a <c>.env</c> file: <c>NAME=value</c> lines, <c>#</c> comments, an optional <c>export</c> in front, values bare
/// or in single or double quotes. Nothing is expanded: a <c>$</c> is a <c>$</c>. LF or CRLF, with or without BOM.
/// </summary>
public static class EnvFile
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Most bytes a file may have; a larger one is no settings file.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Reads all settings of a file.</summary>
    /// <param name="content">The file's bytes, UTF-8.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="GiftSettingsException">
    /// <c>EnvFileInvalid</c>: a line is not understood. The message names the line and never its content, which may be half a secret.
    /// </exception>
    public static IReadOnlyDictionary<string, string> Parse(ReadOnlySpan<byte> content, string path)
    {
        if (content.Length > MaxBytes) throw SettingsText.EnvFileTooLarge(path, MaxBytes);
        if (content.StartsWith("\uFEFF"u8)) content = content[3..];
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var range in content.Split((byte)'\n'))
        {
            number++;
            var line = Decode(content[range].TrimEnd((byte)'\r'), path, number);
            if (Split(line, path, number) is not { } pair) continue;
            // Which of two tokens was meant? A guess could spend real money.
            if (!values.TryAdd(pair.Name, pair.Value)) throw SettingsText.EnvLine(path, number, SettingsText.EnvRepeated(pair.Name));
        }
        return values;
    }

    private static string Decode(ReadOnlySpan<byte> line, string path, int number)
    {
        string text;
        try
        {
            text = StrictUtf8.GetString(line);
        }
        catch (DecoderFallbackException)
        {
            // Not kept as the inner exception: its message shows bytes of the line.
            throw SettingsText.EnvLine(path, number, SettingsText.EnvNotUtf8);
        }
        foreach (var c in text)
        {
            if (char.IsControl(c) && c != '\t') throw SettingsText.EnvLine(path, number, SettingsText.EnvControlCharacter);
        }
        return text.Trim();
    }

    private static (string Name, string Value)? Split(string line, string path, int number)
    {
        if (line.Length == 0 || line[0] == '#') return null;
        if (line.StartsWith("export", StringComparison.Ordinal) && line.Length > 6 && char.IsWhiteSpace(line[6])) line = line[7..].TrimStart();
        var equals = line.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0) throw SettingsText.EnvLine(path, number, SettingsText.EnvNoEquals);
        var name = line[..equals].TrimEnd();
        if (!IsName(name)) throw SettingsText.EnvLine(path, number, SettingsText.EnvBadName);
        var value = line[(equals + 1)..].TrimStart();
        return (name, value.Length == 0 ? "" : value[0] switch
        {
            '\'' => Quoted(value, '\'', path, number),
            '"' => Quoted(value, '"', path, number),
            _ => Bare(value),
        });
    }

    private static bool IsName(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');

    private static string Bare(string value)
    {
        if (value[0] == '#') return "";
        for (var i = 1; i < value.Length; i++)
        {
            if (value[i] == '#' && char.IsWhiteSpace(value[i - 1])) return value[..i].TrimEnd();
        }
        return value;
    }

    private static string Quoted(string value, char quote, string path, int number)
    {
        var text = new StringBuilder(value.Length);
        for (var i = 1; i < value.Length; i++)
        {
            var c = value[i];
            if (c == quote)
            {
                var rest = value[(i + 1)..];
                if (rest.Length > 0 && !(char.IsWhiteSpace(rest[0]) && rest.TrimStart()[0] == '#'))
                    throw SettingsText.EnvLine(path, number, SettingsText.EnvAfterQuote);
                return text.ToString();
            }
            // As a shell reads it, so that the same file can be sourced: in double quotes a backslash protects these four only.
            if (c == '\\' && quote == '"' && i + 1 < value.Length && value[i + 1] is '"' or '\\' or '$' or '`') c = value[++i];
            text.Append(c);
        }
        throw SettingsText.EnvLine(path, number, SettingsText.EnvOpenQuote);
    }
}

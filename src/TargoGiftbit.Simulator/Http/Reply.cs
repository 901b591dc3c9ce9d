using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace TargoGiftbit.Simulator.Http;

/// <summary>An answer, complete before the first byte goes out, so that a fault can be laid over it.</summary>
public sealed record Reply(int Status, string ContentType, ReadOnlyMemory<byte> Body)
{
    private static readonly JsonWriterOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public static Reply Json(int status, Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        }

        return new Reply(status, "application/json;charset=utf-8", buffer.WrittenMemory);
    }

    public static Reply Html(int status, string html) => new(status, "text/html; charset=utf-8", Encoding.UTF8.GetBytes(html));

    public static Reply Text(int status, string text) => new(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    public static Reply Redirect(string to) => new(303, "text/plain", default) { Headers = [("Location", to)] };
}

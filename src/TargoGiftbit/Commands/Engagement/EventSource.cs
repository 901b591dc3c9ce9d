namespace TargoGiftbit.Commands.Engagement;

/// <summary>Something that holds events.</summary>
/// <param name="File">A file, or null.</param>
/// <param name="Text">JSON, when it is no file.</param>
internal sealed record EventSource(string? File, ReadOnlyMemory<byte> Text);

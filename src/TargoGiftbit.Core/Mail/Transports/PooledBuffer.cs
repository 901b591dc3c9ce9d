using System.Buffers;

namespace TargoGiftbit.Core.Mail.Transports;

/// <summary>A growing byte buffer on pooled arrays, used again for message after message so that memory does not grow with their number.</summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private byte[] array;

    /// <summary>Rents the first array.</summary>
    /// <param name="capacity">Bytes to begin with.</param>
    public PooledBuffer(int capacity = 32 * 1024) => array = ArrayPool<byte>.Shared.Rent(capacity);

    /// <summary>Bytes written so far.</summary>
    public int Length { get; private set; }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> WrittenSpan => array.AsSpan(0, Length);

    /// <summary>What was written; valid until the next write or <see cref="Reset"/>.</summary>
    public ReadOnlyMemory<byte> WrittenMemory => array.AsMemory(0, Length);

    /// <summary>Forgets the content and keeps the memory.</summary>
    /// <param name="length">Bytes to keep at the front.</param>
    public void Reset(int length = 0) => Length = Math.Min(length, Length);

    /// <summary>Overwrites the content with zeros and forgets it: for credentials.</summary>
    public void Wipe()
    {
        array.AsSpan(0, Length).Clear();
        Length = 0;
    }

    /// <inheritdoc/>
    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, array.Length - Length);
        Length += count;
    }

    /// <inheritdoc/>
    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return array.AsMemory(Length);
    }

    /// <inheritdoc/>
    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(sizeHint);
        return array.AsSpan(Length);
    }

    /// <summary>Appends bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Ensure(bytes.Length);
        bytes.CopyTo(array.AsSpan(Length));
        Length += bytes.Length;
    }

    /// <summary>Gives the array back to the pool.</summary>
    public void Dispose()
    {
        if (array.Length > 0) ArrayPool<byte>.Shared.Return(array);
        array = [];
        Length = 0;
    }

    private void Ensure(int more)
    {
        more = Math.Max(more, 1);
        if (array.Length - Length >= more) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(checked(Length + more), array.Length * 2));
        WrittenSpan.CopyTo(larger);
        if (array.Length > 0) ArrayPool<byte>.Shared.Return(array);
        array = larger;
    }
}

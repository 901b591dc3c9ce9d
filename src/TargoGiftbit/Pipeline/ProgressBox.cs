using System.Management.Automation;

namespace TargoGiftbit.Pipeline;

/// <summary>Holds the latest progress picture and shows it at most ten times a second.</summary>
internal sealed class ProgressBox
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly TimeProvider time;
    private ProgressRecord? pending;
    private ProgressRecord? shown;
    private long lastPut;

    internal ProgressBox(TimeProvider time)
    {
        this.time = time;
        lastPut = time.GetTimestamp() - time.TimestampFrequency;
    }

    /// <summary>Stores a picture.</summary>
    /// <returns>Whether it is time to show one.</returns>
    internal bool Put(ProgressRecord record)
    {
        Volatile.Write(ref pending, record);
        var last = Volatile.Read(ref lastPut);
        if (time.GetElapsedTime(last) < Interval && record.RecordType != ProgressRecordType.Completed) return false;
        return Interlocked.CompareExchange(ref lastPut, time.GetTimestamp(), last) == last;
    }

    /// <summary>Shows the latest picture, if it was not shown yet.</summary>
    internal void Show(Cmdlet cmdlet)
    {
        if (Interlocked.Exchange(ref pending, null) is not { } record) return;
        cmdlet.WriteProgress(record);
        shown = record.RecordType == ProgressRecordType.Completed ? null : record;
    }

    /// <summary>Takes the bar down when the work did not do so itself.</summary>
    internal void Close(Cmdlet cmdlet)
    {
        Show(cmdlet);
        if (shown is null) return;
        shown.RecordType = ProgressRecordType.Completed;
        cmdlet.WriteProgress(shown);
        shown = null;
    }
}

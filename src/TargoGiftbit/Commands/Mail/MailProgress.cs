using System.Management.Automation;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Mail;

/// <summary>The progress bar of a send run, with rate and time left.</summary>
internal sealed class MailProgress(int total, PipelineWriter pipeline, TimeProvider clock)
{
    private readonly long started = clock.GetTimestamp();
    private int done;

    /// <summary>One more gift is done. Called by one thread at a time.</summary>
    internal void Count()
    {
        done++;
        var seconds = clock.GetElapsedTime(started).TotalSeconds;
        var rate = seconds > 0 ? done / seconds : 0;
        pipeline.Progress(new ProgressRecord(0, CommandText.MailCaption, CommandText.MailStatus(done, total, rate))
        {
            PercentComplete = 100 * done / total,
            SecondsRemaining = rate > 0 ? (int)Math.Ceiling((total - done) / rate) : -1,
        });
    }
}

using System.Management.Automation;

namespace TargoGiftbit.Pipeline;

/// <summary>
/// Something that background work wants done on the pipeline thread. A class, since the framework brings a channel of objects ready compiled and one of
/// structs would be compiled by the first command of every session.
/// </summary>
/// <param name="Output">The object to write, when there is no action.</param>
/// <param name="Action">What to do instead of writing an object.</param>
/// <param name="Done">Completed when it was done, or when the pipeline was cut and it never will be.</param>
internal sealed record PipelineCall(object? Output, Action<Cmdlet>? Action, TaskCompletionSource? Done)
{
    internal void Perform(Cmdlet cmdlet)
    {
        if (Action is null) cmdlet.WriteObject(Output);
        else Action(cmdlet);
        Done?.TrySetResult();
    }
}

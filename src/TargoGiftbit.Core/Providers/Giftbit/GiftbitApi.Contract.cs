using TargoGiftbit.Core.Providers.Giftbit.Wire;

namespace TargoGiftbit.Core.Providers.Giftbit;

/// <content>Answers as they come, for finding out what the service really does (reference/giftbit.md §11).</content>
public sealed partial class GiftbitApi
{
    /// <summary>Makes a call and tells its status, Giftbit's code if any, and the parts of the answer.</summary>
    internal async Task<(int Status, string? Code, GiftbitEnvelope? Value)> ProbeAsync(HttpMethod method, string path, CancellationToken cancellationToken)
    {
        var result = await SendAsync(method, path, null, mayRepeat: method == HttpMethod.Get, _ => true, cancellationToken).ConfigureAwait(false);
        return (result.Answer.Status, result.Value?.Info?.Code ?? GiftbitErrors.CodeOf(result.Answer, token), result.Value);
    }

    /// <summary>Giftbit's code in a refusal, or null.</summary>
    internal string? CodeOf(Http.HttpAnswer answer) => GiftbitErrors.CodeOf(answer, token);
}

using System.Text;
using System.Text.RegularExpressions;
using TargoGiftbit.Core.Http;

namespace TargoGiftbit.Lab.Fuzz;

/// <summary>Keeps what real (simulated) services answer: the best seeds there are.</summary>
internal sealed partial class RecordingHandler : DelegatingHandler
{
    private readonly List<byte[]> answers = [];

    public RecordingHandler()
        : base(HttpConnections.CreateHandler())
    {
    }

    /// <summary>The different answers, with the mark in place of every link, and none larger than a few gifts.</summary>
    public byte[][] Seeds => [.. answers.Where(a => a.Length is > 0 and < 12_000).Select(a => Links().Replace(Encoding.UTF8.GetString(a), "http://gtbt.co/" + FuzzTarget.LinkMark)).Distinct().Select(Encoding.UTF8.GetBytes)];

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        await answer.Content.LoadIntoBufferAsync(cancellationToken);
        lock (answers) answers.Add(answer.Content.ReadAsByteArrayAsync(cancellationToken).GetAwaiter().GetResult());
        return answer;
    }

    [GeneratedRegex("http://gtbt\\.co/[A-Za-z0-9]+")]
    private static partial Regex Links();
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace TargoGiftbit.Core.Mail;

/// <summary>
/// Fetches brand logos once and keeps them in a folder. A logo is an ornament: whatever goes wrong, the answer is null and the
/// brand's name stands in for it (spec D1).
/// </summary>
/// <param name="http">Client without credentials of any kind: logos come from public image servers.</param>
/// <param name="folder">Where fetched logos are kept, under the data folder; made when needed.</param>
public sealed class BrandLogos(HttpClient http, string folder)
{
    /// <summary>Largest file accepted, in bytes.</summary>
    public const int MostBytes = 200_000;

    // Asked once per run, also when the answer was no.
    private readonly ConcurrentDictionary<string, Lazy<Task<BrandLogo?>>> asked = new(StringComparer.Ordinal);

    /// <summary>How long one logo may take to arrive; 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The logo at an address.</summary>
    /// <param name="address">https, or http on loopback; null or anything else gives null.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>A PNG, JPEG or GIF of at most <see cref="MostBytes"/>, known by its content; null when there is none to be had.</returns>
    public Task<BrandLogo?> GetAsync(Uri? address, CancellationToken cancellationToken)
    {
        if (address is null || !IsAllowed(address)) return Task.FromResult<BrandLogo?>(null);
        var answer = asked.GetOrAdd(address.AbsoluteUri, _ => new Lazy<Task<BrandLogo?>>(() => ReadOrFetchAsync(address)));
        // Who asks first must not decide for all: the fetch goes on, for as long as its time limit.
        return answer.Value.WaitAsync(cancellationToken);
    }

    /// <summary>Brands with their logos, in the order given, fetched four at a time.</summary>
    /// <param name="brands">Code, name and picture address of each.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<IReadOnlyList<MailBrand>> CompleteAsync(IReadOnlyList<(string Code, string Name, Uri? Image)> brands, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(brands);
        var complete = new MailBrand[brands.Count];
        await Parallel.ForAsync(0, brands.Count, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken }, async (i, cancel) =>
            complete[i] = new MailBrand(brands[i].Code, brands[i].Name, await GetAsync(brands[i].Image, cancel).ConfigureAwait(false))).ConfigureAwait(false);
        return complete;
    }

    private static bool IsAllowed(Uri address) =>
        address.IsAbsoluteUri && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private async Task<BrandLogo?> ReadOrFetchAsync(Uri address)
    {
        var file = Path.Combine(folder, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(address.AbsoluteUri)))[..32]);
        using var limit = new CancellationTokenSource(Timeout);
        try
        {
            if (File.Exists(file) && new FileInfo(file).Length <= MostBytes
                && ImageHeader.Read(await File.ReadAllBytesAsync(file, limit.Token).ConfigureAwait(false)) is { } kept)
                return kept;
            var fetched = await FetchAsync(address, limit.Token).ConfigureAwait(false);
            if (fetched is not null) await KeepAsync(file, fetched.Content, limit.Token).ConfigureAwait(false);
            return fetched;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or UnauthorizedAccessException or InvalidOperationException or OperationCanceledException)
        {
            return null;
        }
    }

    private async Task<BrandLogo?> FetchAsync(Uri address, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        // A redirection may have led elsewhere: what counts is where the bytes come from.
        if (!response.IsSuccessStatusCode || response.RequestMessage?.RequestUri is not { } source || !IsAllowed(source)) return null;
        if (response.Content.Headers.ContentLength > MostBytes) return null;
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var bytes = new byte[MostBytes + 1];
            var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return length > MostBytes ? null : ImageHeader.Read(bytes.AsMemory(0, length).ToArray());
        }
    }

    private async Task KeepAsync(string file, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        // Whole or not at all: another run may read it at the same moment.
        var temporary = $"{file}.{Path.GetRandomFileName()}";
        try
        {
            await File.WriteAllBytesAsync(temporary, content, cancellationToken).ConfigureAwait(false);
            File.Move(temporary, file, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A full disk costs a second fetch in the next run, not the logo in this one.
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}

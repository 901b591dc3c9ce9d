using System.Management.Automation;
using TargoGiftbit.Completion;
using TargoGiftbit.Core.Contacts;
using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Pipeline;

namespace TargoGiftbit.Commands.Contacts;

/// <summary>Reads customers from a CSV file as an office exports it.</summary>
/// <remarks>
/// <para>Finds out by itself: comma, semicolon or tab; UTF-8, UTF-16 or Windows-1252; French or English headers with their synonyms. A
/// language that begins with <c>en</c> means English, anything else French.</para>
/// <para>A row that cannot be used is passed on with its <c>Problem</c>, not dropped: <c>New-GiftbitCampaign</c> says so and orders nothing,
/// unless told <c>-SkipInvalid</c>. Columns beyond the known ones stay in <c>Other</c>, on this machine.</para>
/// </remarks>
/// <example>
/// <code>Import-GiftContact ./samples/clients.csv | Where-Object Problem</code>
/// <para>Shows the rows of a file that need mending.</para>
/// </example>
/// <example>
/// <code>Import-GiftContact ./samples/clients.csv | Group-Object Language -NoElement</code>
/// <para>Counts the customers by language.</para>
/// </example>
[Cmdlet(VerbsData.Import, "GiftContact", DefaultParameterSetName = PathSet)]
[OutputType(typeof(GiftContact))]
public sealed class ImportGiftContactCommand : AsyncCommand
{
    private const string PathSet = "Path";
    private const string LiteralSet = "LiteralPath";

    /// <summary>The files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>The files, named exactly as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Encoding of the files, in place of the one that is found out: a name or a code page.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public string? Encoding { get; set; }

    /// <summary>The character between two fields, in place of the one that is found out.</summary>
    [Parameter]
    public char? Delimiter { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var files = ParameterSetName == LiteralSet ? ExistingFiles(LiteralPath, literal: true) : ExistingFiles(Path, literal: false);
        Run(async (pipeline, cancellationToken) =>
        {
            var options = new ContactReaderOptions { Encoding = Encoding is null ? null : ContactEncoding.Parse(Encoding), Separator = Delimiter };
            foreach (var file in files)
                await TryAsync(pipeline, file, () => ReadAsync(pipeline, file, options, cancellationToken)).ConfigureAwait(false);
        });
    }

    private static async Task ReadAsync(PipelineWriter pipeline, string file, ContactReaderOptions options, CancellationToken cancellationToken)
    {
        int read = 0, flagged = 0;
        await foreach (var contact in ContactReader.ReadAsync(file, options, cancellationToken).ConfigureAwait(false))
        {
            read++;
            if (contact.Problem is not null) flagged++;
            await pipeline.WriteAsync(contact).ConfigureAwait(false);
        }
        await pipeline.VerboseAsync(CommandText.ContactsRead(read, file, flagged)).ConfigureAwait(false);
    }
}

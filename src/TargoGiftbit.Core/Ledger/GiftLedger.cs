namespace TargoGiftbit.Core.Ledger;

/// <summary>
/// The memory of the product: one SQLite file, crash-safe, shared by an interactive session, the scheduled task and the event
/// listener at once (spec G1). The only room that writes the database. Every outside effect is framed by small
/// transactions: intent, effect, outcome.
/// </summary>
public sealed class GiftLedger : IDisposable
{
    /// <summary>Name of the file inside the data folder.</summary>
    public const string FileName = "ledger.db";

    private readonly LedgerConnection connection;
    private readonly Lazy<LedgerWriter> writer;

    private GiftLedger(string path, TimeProvider clock)
    {
        Path = path;
        connection = new LedgerConnection(path);
        writer = new Lazy<LedgerWriter>(() => new LedgerWriter(connection));
        try
        {
            connection.Write(c => LedgerSchema.Apply(c, path));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
        Campaigns = new CampaignStore(connection, clock);
        Orders = new OrderStore(connection, clock);
        Gifts = new GiftStore(connection, clock);
        Mails = new MailStore(connection, writer, clock);
        Traces = new MailTraceStore(connection, clock);
        History = new HistoryStore(connection, clock);
        Brands = new BrandStore(connection, clock);
        Suppressions = new SuppressionStore(connection, clock);
        Leases = new LeaseStore(connection, clock);
        Archive = new ArchiveStore(connection, clock);
        Events = new EventStore(connection, clock);
        Figures = new FigureStore(connection);
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>Campaigns and their polls.</summary>
    public CampaignStore Campaigns { get; }

    /// <summary>Orders: rows, bytes and outcomes.</summary>
    public OrderStore Orders { get; }

    /// <summary>Gifts: look-up, links and statuses.</summary>
    public GiftStore Gifts { get; }

    /// <summary>Claims and outcomes of hand-overs.</summary>
    public MailStore Mails { get; }

    /// <summary>Mails that this ledger did not hand over itself.</summary>
    public MailTraceStore Traces { get; }

    /// <summary>What happened, in order.</summary>
    public HistoryStore History { get; }

    /// <summary>Brand names and logo addresses seen in the catalogue, for completion and mails.</summary>
    public BrandStore Brands { get; }

    /// <summary>Addresses that must not be written to.</summary>
    public SuppressionStore Suppressions { get; }

    /// <summary>What the mail service reported of the messages.</summary>
    public EventStore Events { get; }

    /// <summary>Counts for reports.</summary>
    public FigureStore Figures { get; }

    /// <summary>Named leases, for jobs of which only one may run.</summary>
    public LeaseStore Leases { get; }

    /// <summary>Whole campaigns, written out, read back and erased.</summary>
    public ArchiveStore Archive { get; }

    /// <summary>Opens the ledger of a data folder.</summary>
    /// <param name="dataFolder">The data folder (<c>GIFT_HOME</c>).</param>
    /// <param name="clock">The clock.</param>
    /// <param name="mustExist">True for scheduled runs: a missing ledger is an error instead of a new, empty one (spec A9).</param>
    /// <exception cref="LedgerException"><c>LedgerNotFound</c>, <c>LedgerReadOnly</c>, <c>LedgerDamaged</c>, <c>LedgerTooNew</c>, <c>LedgerEngineMissing</c>.</exception>
    public static GiftLedger Open(string dataFolder, TimeProvider clock, bool mustExist = false)
    {
        var path = System.IO.Path.Combine(System.IO.Path.GetFullPath(dataFolder), FileName);
        if (!File.Exists(path))
        {
            if (mustExist) throw new LedgerException("LedgerNotFound", LedgerText.NotFound(path));
            CreateFile(path);
        }
        return new GiftLedger(path, clock);
    }

    /// <summary>Whether a data folder holds a ledger.</summary>
    public static bool Exists(string dataFolder) => File.Exists(System.IO.Path.Combine(dataFolder, FileName));

    /// <summary>Runs several store calls as one transaction: all of them or none.</summary>
    public T Atomically<T>(Func<T> work) => connection.Write(_ => work());

    /// <summary>Runs SQLite's own integrity check.</summary>
    /// <returns><c>ok</c>, or what is wrong.</returns>
    public string CheckIntegrity() => connection.Read(c => c.Scalar<string>("PRAGMA integrity_check")) ?? "no answer";

    /// <inheritdoc/>
    public void Dispose()
    {
        if (writer.IsValueCreated) writer.Value.Dispose();
        connection.Dispose();
    }

    // SQLite creates files with mode 644; the file must be private from its first byte (spec A8). Its -wal and -shm follow its mode.
    private static void CreateFile(string path)
    {
        var folder = System.IO.Path.GetDirectoryName(path)!;
        try
        {
            // On Windows the file takes its access list from the folder, which is the user's alone when it is made here.
            Settings.PrivateFile.CreateFolder(folder);
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LedgerException("LedgerReadOnly", LedgerText.ReadOnly(path), e);
        }
    }
}

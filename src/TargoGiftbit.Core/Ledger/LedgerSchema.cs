namespace TargoGiftbit.Core.Ledger;

/// <summary>The tables. Portable SQL: text, integers and bytes, standard upserts (shared/design.md).</summary>
internal static class LedgerSchema
{
    /// <summary>Format of the ledger that this module writes.</summary>
    public const int Version = 1;

    /// <summary>Creates what is missing. Safe to run from several processes at once, inside a write transaction.</summary>
    public static void Apply(LedgerConnection c, string path)
    {
        c.Execute("CREATE TABLE IF NOT EXISTS ledger_format (version INTEGER NOT NULL)");
        var version = c.Scalar<int?>("SELECT max(version) FROM ledger_format") ?? 0;
        if (version > Version) throw new LedgerException("LedgerTooNew", LedgerText.TooNew(path, version, Version));
        if (version == Version) return;
        foreach (var statement in Statements) c.Execute(statement);
        c.Execute("DELETE FROM ledger_format");
        c.Execute("INSERT INTO ledger_format (version) VALUES ($v)", ("v", Version));
    }

    /// <summary>The tables that hold a gift's own rows, and the name of each in an archive. All have environment, campaign_id and row_no.</summary>
    public static IReadOnlyList<(string Table, string Name, string Order)> GiftTables { get; } =
    [
        ("gift_codes", "codes", "position"),
        ("mails", "mails", "purpose"),
        ("hand_overs", "handOvers", "started_at, attempt_id"),
        ("events", "events", "at, fingerprint"),
        ("history", "history", "at, id"),
    ];

    private static readonly string[] Statements =
    [
        """
        CREATE TABLE IF NOT EXISTS campaigns (
            environment TEXT NOT NULL, campaign_id TEXT NOT NULL, provider TEXT NOT NULL, order_mode TEXT NOT NULL,
            price_cents INTEGER NOT NULL, currency TEXT NOT NULL, brand_codes TEXT NOT NULL, region TEXT,
            expiry TEXT NOT NULL, subject TEXT NOT NULL, message TEXT NOT NULL,
            order_state TEXT NOT NULL, provider_order_id TEXT, gift_kind TEXT NOT NULL, program TEXT,
            created_at INTEGER NOT NULL, ordered_at INTEGER,
            sending_completed_at INTEGER, last_poll_at INTEGER, next_poll_at INTEGER,
            PRIMARY KEY (environment, campaign_id))
        """,
        """
        CREATE TABLE IF NOT EXISTS orders (
            environment TEXT NOT NULL, provider TEXT NOT NULL, order_id TEXT NOT NULL, campaign_id TEXT NOT NULL,
            body BLOB NOT NULL, body_hash TEXT NOT NULL, state TEXT NOT NULL, provider_order_id TEXT,
            refusal TEXT, attempts INTEGER NOT NULL, created_at INTEGER NOT NULL, settled_at INTEGER, cost_cents INTEGER, refused_unnamed INTEGER NOT NULL DEFAULT 0,
            PRIMARY KEY (environment, provider, order_id))
        """,
        "CREATE INDEX IF NOT EXISTS orders_by_campaign ON orders (environment, campaign_id)",
        """
        CREATE TABLE IF NOT EXISTS gifts (
            environment TEXT NOT NULL, campaign_id TEXT NOT NULL, row_no INTEGER NOT NULL,
            customer_key TEXT NOT NULL, generation INTEGER NOT NULL, customer_id TEXT,
            first_name TEXT NOT NULL, last_name TEXT NOT NULL, email TEXT NOT NULL, email_key TEXT NOT NULL, language TEXT NOT NULL,
            consent_basis TEXT, consent_checked_at INTEGER,
            price_cents INTEGER NOT NULL, currency TEXT NOT NULL, provider TEXT NOT NULL, expiry TEXT NOT NULL,
            order_id TEXT, provider_email TEXT, provider_gift_id TEXT, link TEXT, link_hash TEXT,
            status TEXT NOT NULL, provider_status TEXT, brand_selected TEXT, redeemed_at INTEGER, refunded_at INTEGER,
            clicked_at INTEGER, scanned_at INTEGER, other_clicked_at INTEGER, opened_at INTEGER, open_is_weak INTEGER NOT NULL DEFAULT 0,
            delivered_at INTEGER, delivery_problem TEXT,
            is_closed INTEGER NOT NULL, replaces_row INTEGER, created_at INTEGER NOT NULL,
            PRIMARY KEY (environment, campaign_id, row_no),
            UNIQUE (environment, campaign_id, customer_key, generation),
            FOREIGN KEY (environment, campaign_id) REFERENCES campaigns (environment, campaign_id) ON DELETE CASCADE)
        """,
        "CREATE UNIQUE INDEX IF NOT EXISTS gifts_by_link ON gifts (environment, link_hash)",
        "CREATE UNIQUE INDEX IF NOT EXISTS gifts_by_provider_id ON gifts (environment, provider, provider_gift_id)",
        "CREATE INDEX IF NOT EXISTS gifts_by_order ON gifts (environment, order_id)",
        "CREATE INDEX IF NOT EXISTS gifts_by_email ON gifts (email_key)",
        "CREATE INDEX IF NOT EXISTS gifts_by_customer ON gifts (customer_id)",
        """
        CREATE TABLE IF NOT EXISTS gift_codes (
            environment TEXT NOT NULL, campaign_id TEXT NOT NULL, row_no INTEGER NOT NULL, position INTEGER NOT NULL,
            usage TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, format TEXT NOT NULL,
            PRIMARY KEY (environment, campaign_id, row_no, position),
            FOREIGN KEY (environment, campaign_id, row_no) REFERENCES gifts (environment, campaign_id, row_no) ON DELETE CASCADE)
        """,
        """
        CREATE TABLE IF NOT EXISTS mails (
            environment TEXT NOT NULL, campaign_id TEXT NOT NULL, row_no INTEGER NOT NULL, purpose TEXT NOT NULL,
            state TEXT NOT NULL, attempt_id TEXT NOT NULL, lease_until INTEGER, sent_at INTEGER,
            message_id TEXT, subject TEXT, template_hash TEXT, error TEXT,
            PRIMARY KEY (environment, campaign_id, row_no, purpose),
            FOREIGN KEY (environment, campaign_id, row_no) REFERENCES gifts (environment, campaign_id, row_no) ON DELETE CASCADE)
        """,
        "CREATE INDEX IF NOT EXISTS mails_by_message ON mails (message_id) WHERE message_id IS NOT NULL",
        """
        CREATE TABLE IF NOT EXISTS hand_overs (
            attempt_id TEXT NOT NULL PRIMARY KEY, environment TEXT NOT NULL, campaign_id TEXT NOT NULL, row_no INTEGER NOT NULL,
            purpose TEXT NOT NULL, transport TEXT NOT NULL, started_at INTEGER NOT NULL, outcome TEXT,
            message_id TEXT, reason TEXT, reason_code TEXT, settled_at INTEGER,
            FOREIGN KEY (environment, campaign_id, row_no) REFERENCES gifts (environment, campaign_id, row_no) ON DELETE CASCADE)
        """,
        "CREATE INDEX IF NOT EXISTS hand_overs_by_gift ON hand_overs (environment, campaign_id, row_no)",
        "CREATE INDEX IF NOT EXISTS hand_overs_by_message ON hand_overs (message_id) WHERE message_id IS NOT NULL",
        """
        CREATE TABLE IF NOT EXISTS events (
            fingerprint BLOB NOT NULL PRIMARY KEY, environment TEXT NOT NULL, campaign_id TEXT NOT NULL, row_no INTEGER NOT NULL,
            attempt_id TEXT, message_id TEXT, kind TEXT NOT NULL, word TEXT NOT NULL, at INTEGER NOT NULL, url_hash TEXT,
            is_automated INTEGER NOT NULL, is_weak INTEGER NOT NULL, is_hard INTEGER NOT NULL, error TEXT, stored_at INTEGER NOT NULL,
            FOREIGN KEY (environment, campaign_id, row_no) REFERENCES gifts (environment, campaign_id, row_no) ON DELETE CASCADE)
        """,
        "CREATE INDEX IF NOT EXISTS events_by_gift ON events (environment, campaign_id, row_no)",
        """
        CREATE TABLE IF NOT EXISTS event_quarantine (
            id INTEGER PRIMARY KEY, fingerprint BLOB NOT NULL UNIQUE, reason TEXT NOT NULL, body TEXT NOT NULL, is_event INTEGER NOT NULL,
            times INTEGER NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS history (
            id INTEGER PRIMARY KEY, environment TEXT NOT NULL, campaign_id TEXT NOT NULL, row_no INTEGER,
            at INTEGER NOT NULL, kind TEXT NOT NULL, detail TEXT)
        """,
        "CREATE INDEX IF NOT EXISTS history_by_gift ON history (environment, campaign_id, row_no)",
        """
        CREATE TABLE IF NOT EXISTS brands (
            provider TEXT NOT NULL, environment TEXT NOT NULL, code TEXT NOT NULL, name TEXT NOT NULL, image_url TEXT,
            fetched_at INTEGER NOT NULL, PRIMARY KEY (provider, environment, code))
        """,
        """
        CREATE TABLE IF NOT EXISTS reward_instructions (
            provider TEXT NOT NULL, environment TEXT NOT NULL, code TEXT NOT NULL, how_to_use TEXT, important TEXT,
            fetched_at INTEGER NOT NULL, PRIMARY KEY (provider, environment, code))
        """,
        """
        CREATE TABLE IF NOT EXISTS suppressions (
            email_key TEXT NOT NULL PRIMARY KEY, email TEXT NOT NULL, source TEXT NOT NULL, reason TEXT, added_at INTEGER NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS suppression_log (
            id INTEGER PRIMARY KEY, email_key TEXT NOT NULL, action TEXT NOT NULL, source TEXT NOT NULL, reason TEXT, at INTEGER NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS consent_proofs (
            id INTEGER PRIMARY KEY, of_environment TEXT NOT NULL, of_campaign TEXT NOT NULL, customer_id TEXT, email TEXT NOT NULL,
            consent_basis TEXT, consent_checked_at INTEGER, mailed_at INTEGER, kept_at INTEGER NOT NULL)
        """,
        """
        CREATE TABLE IF NOT EXISTS leases (
            name TEXT NOT NULL PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL)
        """,
    ];
}

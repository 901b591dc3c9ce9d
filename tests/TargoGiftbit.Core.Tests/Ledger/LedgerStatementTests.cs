using TargoGiftbit.Core.Gifts;
using TargoGiftbit.Core.Ledger;

namespace TargoGiftbit.Core.Tests.Ledger;

/// <summary>What goes into a statement comes out of it, and a mistake in one is loud.</summary>
public sealed class LedgerStatementTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly LedgerConnection connection;

    public LedgerStatementTests()
    {
        var path = Path.Combine(folder.Path, "statement.db");
        File.WriteAllBytes(path, []);
        connection = new LedgerConnection(path);
        connection.Execute("CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT, number INTEGER, bytes BLOB)");
    }

    public void Dispose()
    {
        connection.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Élodie 🎁 \0 après")]
    [InlineData(null)]
    public void A_text_comes_back_as_it_was(string? word)
    {
        Insert(1, word, 0, null);

        Assert.Equal(word, Only(r => r.TextOrNull(1)));
    }

    [Fact]
    public void A_long_text_comes_back_as_it_was()
    {
        var word = string.Concat(Enumerable.Repeat("é🎁x", 500));
        Insert(1, word, 0, null);

        Assert.Equal(word, Only(r => r.Text(1)));
    }

    [Fact]
    public void Zero_is_not_nothing()
    {
        Insert(1, "", 0, []);
        Insert(2, null, null, null);

        var rows = connection.Query("SELECT id, word, number, bytes FROM t ORDER BY id", r => (r.IsNull(1), r.InstantOrNull(2), r.IsNull(3)));

        Assert.Equal([(false, DateTimeOffset.UnixEpoch, false), (true, null, true)], rows);
    }

    [Fact]
    public void A_value_that_must_be_there_and_is_not_is_an_error_and_not_an_empty_one()
    {
        Insert(1, null, null, null);

        Assert.Contains("word", Assert.Throws<InvalidOperationException>(() => Only(r => r.Text(1))).Message, StringComparison.Ordinal);
        Assert.Contains("number", Assert.Throws<InvalidOperationException>(() => Only(r => r.Long(2))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_that_rows_have_in_common_are_shared_and_each_row_has_its_own()
    {
        // The third has the length, the first and the last letter of the first.
        string?[] words = ["été 1", "été 1", "éta 1", "", null, "été 1"];
        for (var i = 0; i < words.Length; i++) Insert(i, words[i], 0, null);

        var read = connection.Query("SELECT id, word FROM t ORDER BY id", r => r.RepeatedOrNull(1));

        Assert.Equal(words, read);
        Assert.Same(read[0], read[1]);
        Assert.Contains("word", Assert.Throws<InvalidOperationException>(() => connection.Query("SELECT id, word FROM t WHERE id = 4", r => r.Repeated(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_comes_back_as_its_value_and_an_unknown_one_is_an_error()
    {
        Insert(1, nameof(MailState.Uncertain), 0, null);
        Assert.Equal(MailState.Uncertain, Only(r => r.Enum<MailState>(1)));

        connection.Execute("UPDATE t SET word = 'Lost'");
        Assert.Throws<ArgumentException>(() => Only(r => r.Enum<MailState>(1)));

        connection.Execute("UPDATE t SET word = ''");
        Assert.Throws<InvalidOperationException>(() => Only(r => r.Enum<MailState>(1)));
    }

    [Fact]
    public void A_value_of_another_type_is_read_as_SQLite_converts_it()
    {
        connection.Execute("INSERT INTO t (id, word, number) VALUES (1, 17, '2x')");

        Assert.Equal(("17", 2L, 2), Only(r => (r.Text(1), r.Long(2), r.IntOrNull(2) ?? 0)));
    }

    [Fact]
    public void A_parameter_without_a_value_is_an_error_and_not_null()
    {
        Assert.Throws<InvalidOperationException>(() => connection.Execute("INSERT INTO t (id, word) VALUES ($id, $word)", ("id", 1)));
        Assert.Equal(0, connection.Scalar<int>("SELECT count(*) FROM t"));
    }

    [Fact]
    public void Reading_stops_early_and_starts_again()
    {
        for (var i = 1; i <= 3; i++) Insert(i, "w", i, null);

        Assert.Equal(1, First());
        Assert.Equal(1, First());

        int First()
        {
            var first = 0;
            connection.ForEach("SELECT id FROM t ORDER BY id", r => { first = r.Int(0); return false; });
            return first;
        }
    }

    [Fact]
    public void A_statement_that_is_being_read_is_not_started_again()
    {
        Insert(1, "w", 1, null);

        Assert.Throws<InvalidOperationException>(() => connection.ForEach("SELECT id FROM t", _ => connection.Scalar<int>("SELECT id FROM t") > 0));
        Assert.Equal(1, connection.Scalar<int>("SELECT id FROM t"));
    }

    [Fact]
    public void A_transaction_that_fails_leaves_nothing_and_the_next_one_works()
    {
        Insert(1, "first", 1, null);

        Assert.Throws<LedgerException>(() => connection.Write(c =>
        {
            c.Execute("INSERT INTO t (id, word) VALUES (2, 'second')");
            c.Execute("INSERT INTO t (id, word) VALUES (1, 'again')");
        }));
        Assert.Throws<TimeoutException>(() => connection.Write(c =>
        {
            c.Execute("INSERT INTO t (id, word) VALUES (3, 'third')");
            throw new TimeoutException();
        }));
        connection.Write(c => c.Execute("INSERT INTO t (id, word) VALUES (4, 'fourth')"));

        Assert.Equal([1, 4], connection.Query("SELECT id FROM t ORDER BY id", r => r.Int(0)));
    }

    private void Insert(int id, string? word, int? number, byte[]? bytes) => connection.Execute(
        "INSERT INTO t (id, word, number, bytes) VALUES ($id, $word, $number, $bytes)", ("id", id), ("word", word), ("number", number), ("bytes", bytes));

    private T Only<T>(Func<LedgerRow, T> map) => Assert.Single(connection.Query("SELECT id, word, number, bytes FROM t", map));
}

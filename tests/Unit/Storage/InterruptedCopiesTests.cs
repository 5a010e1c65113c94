using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Copying;
using Dojo.Pci.Tokenization.Storage.Copying;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>An interrupted copy cannot be opened, and resumes where it stopped.</summary>
[Trait("Engine", "Postgres")]
[Trait("Length", "Long")]
public sealed class InterruptedCopiesTests : VaultCopyTest
{
    [Theory]
    [MemberData(nameof(Directions))]
    public void A_copy_that_is_interrupted_again_and_again_ends_equal(CopyDirection direction)
    {
        Fill(Here);
        var (source, target) = direction == CopyDirection.SqliteToPostgres ? (Here, Here) : (Elsewhere, Elsewhere);
        if (direction == CopyDirection.PostgresToSqlite)
        {
            Copy(Here, CopyDirection.SqliteToPostgres);
        }

        var interruptions = 0;
        var random = new Random(4711);
        while (true)
        {
            var left = random.Next(1, 8);
            try
            {
                Copy(source, direction, rowsInPart: random.Next(1, 3), _ =>
                {
                    if (--left == 0)
                    {
                        throw new OperationCanceledException();
                    }
                });
                break;
            }
            catch (OperationCanceledException)
            {
                interruptions++;
            }
        }

        interruptions.ShouldBeGreaterThan(10);
        if (direction == CopyDirection.SqliteToPostgres)
        {
            Copy(Elsewhere, CopyDirection.PostgresToSqlite);
        }

        Dump(Elsewhere).ShouldBe(Dump(Here));
    }

    [Fact]
    public void A_copy_whose_connection_is_ended_goes_on_where_it_was()
    {
        Fill(Here);
        var stored = 0;
        Should.Throw<CopyRefusedException>(() => Copy(Here, CopyDirection.SqliteToPostgres, rowsInPart: 1, _ =>
        {
            if (++stored == 50)
            {
                PostgresServer.Shared.Terminate(Target);
            }
        })).Message.ShouldContain("Run storage copy again");

        var left = 0;
        Copy(Here, CopyDirection.SqliteToPostgres, rowsInPart: 1, _ => left++);

        left.ShouldBeLessThanOrEqualTo(Dump(Here).Count - 50);
        Copy(Elsewhere, CopyDirection.PostgresToSqlite);
        Dump(Elsewhere).ShouldBe(Dump(Here));
    }

    [Theory]
    [MemberData(nameof(Directions))]
    public async Task Nobody_opens_a_copy_that_is_not_whole(CopyDirection direction)
    {
        Fill(Here);
        var to = direction == CopyDirection.SqliteToPostgres ? Here : Elsewhere;
        if (direction == CopyDirection.PostgresToSqlite)
        {
            Copy(Here, CopyDirection.SqliteToPostgres);
        }

        Interrupt(to, direction, after: 20);

        foreach (var use in Enum.GetValues<VaultUse>())
        {
            if (direction == CopyDirection.SqliteToPostgres)
            {
                await using var postgres = NewPostgres();
                Should.Throw<StartRefusedException>(() => postgres.Open(use)).Message.ShouldContain("copy that was not finished");
            }
            else
            {
                await using var sqlite = NewSqlite(to);
                Should.Throw<StartRefusedException>(() => sqlite.Open(use)).Message.ShouldContain("copy that was not finished");
            }
        }
    }

    [Theory]
    [InlineData("UPDATE accounts SET name = 'Another' WHERE id = 2", "accounts")]
    [InlineData("DELETE FROM api_figures WHERE bucket = 3", "api_figures")]
    [InlineData("INSERT INTO accounts (name, created_at) VALUES ('Further', 7)", "accounts")]
    public void A_source_that_was_changed_where_it_was_copied_is_refused(string change, string table)
    {
        Fill(Here);
        Interrupt(Here, CopyDirection.SqliteToPostgres, after: 30);

        Execute(Here, change);

        Should.Throw<CopyRefusedException>(() => Copy(Here, CopyDirection.SqliteToPostgres)).Message.ShouldContain($"What was copied of {table} is no longer what the source has");
    }

    [Fact]
    public void A_source_that_was_changed_only_where_it_was_not_copied_yet_is_copied_as_it_is_now()
    {
        Fill(Here);
        Interrupt(Here, CopyDirection.SqliteToPostgres, after: 10);

        Execute(Here, "UPDATE webhook_deliveries SET attempts = 7");
        Copy(Here, CopyDirection.SqliteToPostgres);

        Copy(Elsewhere, CopyDirection.PostgresToSqlite);
        Dump(Elsewhere).ShouldBe(Dump(Here));
    }

    [Fact]
    public void A_copy_that_was_changed_is_not_finished()
    {
        Fill(Here);
        Interrupt(Here, CopyDirection.SqliteToPostgres, after: 30);
        using (var connection = Connect())
        {
            connection.Execute("UPDATE accounts SET name = 'Another' WHERE id = 2");
        }

        Should.Throw<CopyRefusedException>(() => Copy(Here, CopyDirection.SqliteToPostgres)).Message.ShouldContain("The copy of accounts differs from the source");

        using var unfinished = Connect();
        UnfinishedCopy.Is(unfinished).ShouldBeTrue();
    }

    [Fact]
    public void A_copy_that_another_version_began_is_not_finished()
    {
        Fill(Here);
        Interrupt(Here, CopyDirection.SqliteToPostgres, after: 30);
        using var connection = Connect();
        connection.Execute("CREATE TABLE newest AS SELECT * FROM schema_migrations ORDER BY version DESC LIMIT 1");
        connection.Execute("DELETE FROM schema_migrations WHERE version = (SELECT version FROM newest)");
        Should.Throw<CopyRefusedException>(() => Copy(Here, CopyDirection.SqliteToPostgres)).Message.ShouldBe(UnfinishedCopy.OfAnotherVersion);

        connection.Execute("INSERT INTO schema_migrations SELECT * FROM newest");
        connection.Execute("DROP TABLE newest");
        Copy(Here, CopyDirection.SqliteToPostgres);
        Interrupt(Elsewhere, CopyDirection.PostgresToSqlite, after: 30);
        Execute(Elsewhere, "INSERT INTO unfinished_copy (copied_table, copied_rows, digest, is_whole) VALUES ('card_tokens', 0, x'', 1)");
        Should.Throw<CopyRefusedException>(() => Copy(Elsewhere, CopyDirection.PostgresToSqlite)).Message.ShouldBe(UnfinishedCopy.OfAnotherVersion);
    }

    private static void Execute(DirectoryInfo directory, string sql)
    {
        using var connection = Connect(directory);
        connection.Execute(sql).ShouldBeGreaterThan(0);
    }

    private void Interrupt(DirectoryInfo directory, CopyDirection direction, int after) => Should.Throw<OperationCanceledException>(() => Copy(directory, direction, rowsInPart: 1, _ =>
    {
        if (--after == 0)
        {
            throw new OperationCanceledException();
        }
    }));
}

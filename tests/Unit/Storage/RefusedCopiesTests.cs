using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Copying;
using Dojo.Pci.Tokenization.Storage.Postgres;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>Sources and targets that a copy refuses.</summary>
[Trait("Engine", "Postgres")]
public sealed class RefusedCopiesTests : VaultCopyTest
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_source_of_SQLite_that_is_served_is_not_copied()
    {
        await using var served = NewSqlite(Here);
        served.Open(VaultUse.Serving);

        Should.Throw<StartRefusedException>(() => Copy(Here, CopyDirection.SqliteToPostgres)).Message.ShouldContain("Another process is using");
    }

    [Fact]
    public async Task A_source_of_PostgreSQL_is_not_copied_while_a_node_is_alive_and_is_once_it_has_left()
    {
        Fill(Here);
        Copy(Here, CopyDirection.SqliteToPostgres);
        await using var served = NewPostgres();
        served.Open(VaultUse.Serving);
        var nodes = new PostgresNodes(served);
        var (node, _, _) = await nodes.JoinAsync("a");
        using var stop = new CancellationTokenSource();
        var alive = Task.Run(
            async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    await nodes.RenewAsync(node);
                    await Task.Delay(20, Ct);
                }
            },
            Ct);

        Should.Throw<CopyRefusedException>(() => Copy(Elsewhere, CopyDirection.PostgresToSqlite)).Message.ShouldContain("Another process of this program");

        await stop.CancelAsync();
        await alive;
        await nodes.LeaveAsync(node);
        Copy(Elsewhere, CopyDirection.PostgresToSqlite);
        Dump(Elsewhere).ShouldBe(Dump(Here));
    }

    [Theory]
    [MemberData(nameof(Directions))]
    public void A_target_that_holds_anything_is_left_as_it_is(CopyDirection direction)
    {
        Fill(Here);
        Copy(Here, CopyDirection.SqliteToPostgres);

        Should.Throw<CopyRefusedException>(() => Copy(Here, direction)).Message.ShouldContain("is not empty");
    }

    [Fact]
    public void A_source_that_is_not_there_is_not_made()
    {
        Should.Throw<CopyRefusedException>(() => Copy(Here, CopyDirection.SqliteToPostgres)).Message.ShouldContain("There is no database");

        Here.GetFiles().ShouldBeEmpty();
    }
}

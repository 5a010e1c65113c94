using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tests.Unit.Nodes;

/// <summary>Several nodes on one PostgreSQL database.</summary>
[Trait("Engine", "Postgres")]
public sealed class NodesTests : IAsyncLifetime
{
    private readonly string _target = PostgresServer.Shared.CreateDatabase();
    private readonly List<OneNode> _nodes = [];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await AddAsync();
        await AddAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.Database.DisposeAsync();
        }

        PostgresServer.Shared.DropDatabase(_target);
    }

    [Fact]
    public async Task Each_has_a_slot_of_its_own_and_knows_how_many_there_are()
    {
        (await _nodes[0].Registration.RenewAsync()).ShouldBeTrue("another one has come");
        (await _nodes[0].Registration.RenewAsync()).ShouldBeFalse();

        _nodes[0].Node.Slot.ShouldNotBe(_nodes[1].Node.Slot);
        _nodes[0].Node.Count.ShouldBe(2);
    }

    [Fact]
    public async Task One_more_than_there_are_slots_for_is_refused()
    {
        await _nodes[0].Database.WriteAsync(connection => connection.Execute(
            "INSERT INTO nodes (slot, name, joined_at, seen_at) SELECT slot, 'of the test', 0, 9223372036854775807 FROM generate_series(0, 63) AS s(slot) WHERE slot NOT IN (SELECT slot FROM nodes)"));

        (await Should.ThrowAsync<StartRefusedException>(AddAsync)).Message.ShouldContain("64 processes");
    }

    [Fact]
    public async Task What_one_node_does_another_one_does_not_until_it_has_left()
    {
        (await _nodes[0].Leases.TryRunAsync("cleaning", Nothing, Ct)).ShouldBeTrue();
        (await _nodes[1].Leases.TryRunAsync("cleaning", Nothing, Ct)).ShouldBeFalse();
        (await _nodes[1].Leases.TryRunAsync("something else", Nothing, Ct)).ShouldBeTrue();

        await _nodes[0].Registration.LeaveAsync();

        (await _nodes[1].Leases.TryRunAsync("cleaning", Nothing, Ct)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_node_that_is_silent_is_taken_for_dead_and_finishes_nothing_that_another_has_taken_over()
    {
        await _nodes[0].Leases.TryRunAsync(
            "cleaning",
            async ct =>
            {
                await WriteAsync(_nodes[0]);
                await FallSilentAsync(_nodes[0]);
                await _nodes[1].Registration.RenewAsync();
                (await _nodes[0].Leases.IsHeldAsync(ct)).ShouldBeFalse();
                await WriteAsync(_nodes[0]); // no other node has taken the lease over yet

                (await _nodes[1].Leases.TryRunAsync("cleaning", _ => WriteAsync(_nodes[1]), ct)).ShouldBeTrue();
                await Should.ThrowAsync<LeaseLostException>(() => WriteAsync(_nodes[0]));
            },
            Ct);

        (await _nodes[1].Database.ReadAsync(connection => connection.ExecuteScalar<int>("SELECT COUNT(*) FROM accounts"), Ct)).ShouldBe(3);
        await WriteAsync(_nodes[0]); // writes that need no lease still succeed
    }

    [Fact]
    public async Task A_node_that_was_taken_for_dead_joins_anew()
    {
        var before = _nodes[0].Node.Id;
        await FallSilentAsync(_nodes[0]);
        await _nodes[1].Registration.RenewAsync();
        _nodes[1].Node.Count.ShouldBe(1);

        (await _nodes[0].Registration.RenewAsync()).ShouldBeTrue("it may have missed something");

        _nodes[0].Node.Id.ShouldBeGreaterThan(before);
        await _nodes[1].Registration.RenewAsync();
        _nodes[1].Node.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_a_node_sends_the_others_hear_once_and_in_order_and_it_does_not_itself()
    {
        var heard = _nodes.ConvertAll(_ => new List<long>());
        foreach (var (node, ids) in _nodes.Zip(heard))
        {
            await node.Registration.RenewAsync();
            node.Messages.Hear(NodeTopic.Subscription, message => ids.Add(message.Id));
        }

        for (var id = 1; id <= 3; id++)
        {
            _nodes[0].Messages.Send(new NodeMessage(NodeTopic.Subscription) { Id = id });
            _nodes[0].Messages.Send(new NodeMessage(NodeTopic.Subscription) { Id = id });
            await _nodes[0].Registration.SendAsync();
        }

        foreach (var node in _nodes)
        {
            await node.Registration.ReceiveAsync(Ct);
            await node.Registration.ReceiveAsync(Ct);
        }

        heard[0].ShouldBeEmpty();
        heard[1].ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Of_more_than_can_be_sent_the_others_hear_that_there_is_more()
    {
        var missed = 0;
        await _nodes[0].Registration.RenewAsync();
        _nodes[1].Messages.Hear(NodeTopic.Missed, _ => missed++);
        for (var id = 1; id <= 5000; id++)
        {
            _nodes[0].Messages.Send(new NodeMessage(NodeTopic.Subscription) { Id = id });
        }

        await _nodes[0].Registration.SendAsync();
        await _nodes[1].Registration.ReceiveAsync(Ct);

        missed.ShouldBe(1);
    }

    [Fact]
    public void A_message_is_read_as_it_was_written()
    {
        var message = new NodeMessage(NodeTopic.CardNumber) { Account = 1, Location = 2, Environment = 1, Id = long.MaxValue, IsNew = true, Actor = "key:1", Bin = 520000, Fingerprint = "AAEC" };

        NodeMessage.Read(NodeMessage.Write([message, new NodeMessage((NodeTopic)1000)])).ShouldBe([message], "what a newer version sends besides is left out");
    }

    private static Task Nothing(CancellationToken ct) => Task.CompletedTask;

    private static Task<int> WriteAsync(OneNode node) =>
        node.Database.WriteAsync(connection => connection.Execute("INSERT INTO accounts (name, created_at) VALUES ('of the test', 0)"));

    // Simulates a node that has been silent for a minute.
    private static Task<int> FallSilentAsync(OneNode node) =>
        node.Database.WriteAsync(connection => connection.Execute("UPDATE nodes SET seen_at = seen_at - 60000000 WHERE id = @id", new { id = node.Node.Id }));

    private async Task AddAsync()
    {
        var node = new OneNode(_target);
        _nodes.Add(node);
        node.Database.Open(VaultUse.Serving);
        await node.Registration.JoinAsync();
    }

    private sealed class OneNode
    {
        public OneNode(string target)
        {
            Database = new PostgresDatabase(
                Options.Create(new StorageOptions { Provider = StorageProvider.Postgres, ConnectionString = target }), TimeProvider.System, NullLogger<PostgresDatabase>.Instance);
            var store = new PostgresNodes(Database);
            Messages = new NodeMessages(Node);
            Registration = new NodeRegistration(store, Node, Messages);
            Leases = new Leases(store, Node);
        }

        public PostgresDatabase Database { get; }

        public Node Node { get; } = new();

        public NodeMessages Messages { get; }

        public NodeRegistration Registration { get; }

        public Leases Leases { get; }
    }
}

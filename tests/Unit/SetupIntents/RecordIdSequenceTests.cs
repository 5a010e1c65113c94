using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.SetupIntents;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.SetupIntents;

public sealed class RecordIdSequenceTests
{
    private readonly FakeTimeProvider _clock = Clocks.New();

    [Fact]
    public void Ids_grow_within_an_instant_across_instants_and_when_the_clock_jumps_back()
    {
        var sequence = new RecordIdSequence(_clock, new Node());
        var ids = new List<long> { sequence.Next(), sequence.Next() };
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        ids.Add(sequence.Next());
        _clock.AdjustTime(_clock.GetUtcNow().AddHours(-1));
        ids.Add(sequence.Next());

        ids.ShouldBe(ids.Order().Distinct());
    }

    [Fact]
    public void After_a_restart_ids_go_on_behind_the_last_stored_one_even_if_the_clock_is_slow()
    {
        var before = new RecordIdSequence(_clock, new Node()).Next();
        _clock.AdjustTime(_clock.GetUtcNow().AddDays(-1));
        var sequence = new RecordIdSequence(_clock, new Node());
        sequence.ContinueAfter(before);

        sequence.Next().ShouldBe(before + 1);
    }

    [Fact]
    public void Going_on_never_goes_back()
    {
        var sequence = new RecordIdSequence(_clock, new Node());
        var last = sequence.Next();
        sequence.ContinueAfter(5);

        sequence.Next().ShouldBeGreaterThan(last);
    }

    [Fact]
    public void Nodes_never_give_the_same_id_however_many_they_give_in_one_instant()
    {
        var ids = new List<long>();
        foreach (var slot in Enumerable.Range(0, Node.Most))
        {
            var node = new Node();
            node.Join(slot + 1, slot);
            var sequence = new RecordIdSequence(_clock, node);
            var first = sequence.Next(count: 1000);
            ids.AddRange(Enumerable.Range(0, 1000).Select(next => first + next));
            ids.AddRange(Enumerable.Range(0, 1000).Select(_ => sequence.Next()));
        }

        ids.Distinct().Count().ShouldBe(ids.Count);
    }

    [Fact]
    public void A_node_whose_ids_of_a_millisecond_are_used_up_goes_on_with_its_own_of_the_next()
    {
        var node = new Node();
        node.Join(id: 1, slot: 3);
        var sequence = new RecordIdSequence(_clock, node);
        var first = sequence.Next(RecordIdSequence.MostInARow - 1);

        sequence.Next(count: 2).ShouldBe(first + (1L << 20));
    }

    [Fact]
    public void After_the_last_id_of_another_node_come_larger_ones()
    {
        var node = new Node();
        node.Join(id: 1, slot: 3);
        var sequence = new RecordIdSequence(_clock, node);
        var other = new Node();
        other.Join(id: 2, slot: 60);
        var last = new RecordIdSequence(_clock, other).Next();

        sequence.ContinueAfter(last);

        sequence.Next().ShouldBeGreaterThan(last);
    }

    [Fact]
    public async Task No_id_is_given_twice_however_many_ask_at_once()
    {
        var sequence = new RecordIdSequence(_clock, new Node());
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 5000).Select(_ => sequence.Next()).ToArray(), TestContext.Current.CancellationToken)));

        ids.SelectMany(some => some).Distinct().Count().ShouldBe(40_000);
    }
}

using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tests.Unit.SetupIntents;

public sealed class RecordIdSequenceTests
{
    private readonly ManualClock _clock = new();

    [Fact]
    public void Ids_grow_within_an_instant_across_instants_and_when_the_clock_jumps_back()
    {
        var sequence = new RecordIdSequence(_clock);
        var ids = new List<long> { sequence.Next(), sequence.Next() };
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        ids.Add(sequence.Next());
        _clock.Advance(TimeSpan.FromHours(-1));
        ids.Add(sequence.Next());

        ids.ShouldBe(ids.Order().Distinct());
    }

    [Fact]
    public void After_a_restart_ids_go_on_behind_the_last_stored_one_even_if_the_clock_is_slow()
    {
        var before = new RecordIdSequence(_clock).Next();
        _clock.Advance(TimeSpan.FromDays(-1));
        var sequence = new RecordIdSequence(_clock);
        sequence.ContinueAfter(before);

        sequence.Next().ShouldBe(before + 1);
    }

    [Fact]
    public void Going_on_never_goes_back()
    {
        var sequence = new RecordIdSequence(_clock);
        var last = sequence.Next();
        sequence.ContinueAfter(5);

        sequence.Next().ShouldBeGreaterThan(last);
    }

    [Fact]
    public async Task No_id_is_given_twice_however_many_ask_at_once()
    {
        var sequence = new RecordIdSequence(_clock);
        var ids = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 5000).Select(_ => sequence.Next()).ToArray(), TestContext.Current.CancellationToken)));

        ids.SelectMany(some => some).Distinct().Count().ShouldBe(40_000);
    }
}

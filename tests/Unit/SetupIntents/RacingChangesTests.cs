using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tests.Unit.SetupIntents;

/// <summary>Concurrent changes. The intended loser is held after its read and before its write, so the outcome is no accident.</summary>
public sealed class RacingChangesTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(VaultSamples.Visa, SetupIntentStatus.Closed)]
    [InlineData(null, SetupIntentStatus.Canceled)]
    public async Task Of_two_deletions_that_both_saw_it_alive_one_wins_and_the_other_is_told(string? card, SetupIntentStatus end)
    {
        var bothRead = new Rendezvous(2);
        await using var vault = await AVault.OpenAsync(_ => bothRead.ArriveAsync());
        var intent = await vault.CreateAsync(card);

        var answers = await Task.WhenAll(vault.DeleteAsync(intent.Id, includeAuthorized: true), vault.DeleteAsync(intent.Id, includeAuthorized: true));

        answers.Single(answer => answer.IsSuccess).Value!.Status.ShouldBe(end);
        answers.Single(answer => !answer.IsSuccess).Refusal.ShouldBeOfType<Refusal.WrongState>().Message.ShouldContain("changed by another request");
        var recordId = vault.RecordIdOf(intent.Id);
        vault.Ledger.StatusesOf(recordId).Select(seen => seen.Status).ShouldBe([intent.Status.ToString(), end.ToString()]);
        vault.Ledger.EventsOf(recordId).Count(entry => entry.Type is SetupIntentEventType.Canceled or SetupIntentEventType.Closed).ShouldBe(1);
        vault.Ledger.DestructionsOf(recordId).ShouldBe(card is null ? 0 : 1);
        vault.Ledger.CardOf(recordId).ShouldBe(KeptCard.Nothing);
    }

    [Fact]
    public async Task A_deletion_that_comes_after_its_expiry_changes_nothing()
    {
        var deletion = new Gate();
        await using var vault = await AVault.OpenAsync(transition => transition.Event.Type == SetupIntentEventType.Closed ? deletion.PassAsync() : Task.CompletedTask);
        var intent = await vault.CreateAsync(expiry: "06/26");

        var deleting = vault.DeleteAsync(intent.Id, includeAuthorized: true);
        await deletion.Reached;
        (await vault.SandboxClock.AdvanceAsync(vault.Tenant, TimeSpan.FromDays(30))).IsSuccess.ShouldBeTrue();
        deletion.Open();

        (await deleting).Refusal.ShouldBeOfType<Refusal.WrongState>();
        await ShouldHaveEndedAsAsync(vault, intent.Id, SetupIntentStatus.CardExpired);
    }

    [Fact]
    public async Task An_expiry_that_comes_after_a_deletion_changes_nothing()
    {
        var (deletion, expiry) = (new Gate(), new Gate());
        await using var vault = await AVault.OpenAsync(transition => (transition.Event.Type == SetupIntentEventType.Canceled ? deletion : expiry).PassAsync());
        var intent = await vault.CreateAsync(card: null);

        // Both have read it as Created, and wait to write.
        var deleting = vault.DeleteAsync(intent.Id);
        await deletion.Reached;
        var moving = vault.SandboxClock.AdvanceAsync(vault.Tenant, TimeSpan.FromDays(30));
        await expiry.Reached;
        deletion.Open();
        (await deleting).IsSuccess.ShouldBeTrue();
        expiry.Open();

        (await moving).IsSuccess.ShouldBeTrue();
        await ShouldHaveEndedAsAsync(vault, intent.Id, SetupIntentStatus.Canceled);
    }

    [Fact]
    public async Task Two_who_find_it_due_at_the_same_moment_expire_it_once()
    {
        var bothRead = new Rendezvous(2);
        await using var vault = await AVault.OpenAsync(_ => bothRead.ArriveAsync());
        var intent = await vault.CreateAsync(expiry: "06/26");
        vault.Clock.Advance(TimeSpan.FromDays(30));

        var read = await Task.WhenAll(vault.GetAsync(intent.Id), vault.GetAsync(intent.Id));

        read.ShouldAllBe(seen => seen.Status == SetupIntentStatus.CardExpired);
        await ShouldHaveEndedAsAsync(vault, intent.Id, SetupIntentStatus.CardExpired);
    }

    [Fact]
    public async Task Two_housekeepers_at_once_do_everything_once()
    {
        await using var vault = await AVault.OpenAsync();
        var (unpaid, expiring) = (await vault.CreateAsync(card: null), await vault.CreateAsync(expiry: "06/26"));
        vault.Clock.Advance(TimeSpan.FromDays(45));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(vault.KeepHouseAsync, Ct)));

        await ShouldHaveEndedAsAsync(vault, unpaid.Id, SetupIntentStatus.Expired);
        await ShouldHaveEndedAsAsync(vault, expiring.Id, SetupIntentStatus.CardExpired);
        vault.Clock.Advance(TimeSpan.FromDays(90));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(vault.KeepHouseAsync, Ct)));

        vault.Ledger.DestructionsOf(vault.RecordIdOf(expiring.Id)).ShouldBe(1);
        vault.Ledger.EventsOf(vault.RecordIdOf(expiring.Id)).Count(entry => entry.Type == SetupIntentEventType.CardDataDestroyed).ShouldBe(1);
    }

    [Fact]
    public async Task Moves_of_the_sandboxs_clock_that_come_together_add_up()
    {
        await using var vault = await AVault.OpenAsync();
        (await vault.SandboxClock.AdvanceAsync(vault.Tenant, TimeSpan.Zero)).IsSuccess.ShouldBeTrue();

        var moves = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => vault.SandboxClock.AdvanceAsync(vault.Tenant, TimeSpan.FromDays(1))));

        moves.Select(move => move.Value.ShouldNotBeNull().Ahead).Order().ShouldBe(Enumerable.Range(1, 8).Select(days => TimeSpan.FromDays(days)), "each is told where it arrived");
        (await vault.SandboxClock.AdvanceAsync(vault.Tenant, TimeSpan.Zero)).Value.ShouldNotBeNull().ShouldSatisfyAllConditions(
            reached => reached.Ahead.ShouldBe(TimeSpan.FromDays(8)),
            reached => reached.Now.ShouldBe(AVault.Start.AddDays(8)));
    }

    private static async Task ShouldHaveEndedAsAsync(AVault vault, string id, SetupIntentStatus end)
    {
        (await vault.GetAsync(id)).Status.ShouldBe(end);
        var recordId = vault.RecordIdOf(id);
        vault.Ledger.StatusesOf(recordId).Skip(1).Select(seen => seen.Status).ShouldBe([end.ToString()]);
        vault.Ledger.EventsOf(recordId).Count(entry => entry.Type.ToString() == end.ToString()).ShouldBe(1);
    }

    /// <summary>Lets no caller pass until all have arrived; after that, lets everyone pass.</summary>
    private sealed class Rendezvous(int expected)
    {
        private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _arrived;

        public Task ArriveAsync()
        {
            if (Interlocked.Increment(ref _arrived) == expected)
            {
                _complete.SetResult();
            }

            return _complete.Task.WaitAsync(Ct);
        }
    }

    /// <summary>Holds every caller until it is opened.</summary>
    private sealed class Gate
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Reached => _reached.Task.WaitAsync(Ct);

        public void Open() => _open.SetResult();

        public Task PassAsync()
        {
            _reached.TrySetResult();
            return _open.Task.WaitAsync(Ct);
        }
    }
}

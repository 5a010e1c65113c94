using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tests.Unit.SetupIntents;

/// <summary>Concurrent sweeps of many due setup intents, some of which cannot be processed.</summary>
public sealed class DueSweepTests
{
    private const int Batch = 200;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_cannot_be_brought_up_to_date_holds_up_neither_its_batch_nor_the_sweep()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var (attempts, stubborn) = (0, 0L);
        await using var vault = await AVault.OpenAsync(transition =>
        {
            if (transition.From.RecordId != stubborn)
            {
                return Task.CompletedTask;
            }

            if (++attempts == 5)
            {
                patience.Cancel(); // ends an endless sweep
            }

            throw new InvalidOperationException("it cannot be done");
        });
        var intents = await CreateAsync(vault, Batch);
        stubborn = vault.RecordIdOf(intents[0]);
        vault.Clock.Advance(TimeSpan.FromDays(30));

        await vault.Sweep.SweepAsync(vault.Tenant, int.MaxValue, patience.Token);

        attempts.ShouldBe(1);
        (await vault.StoredStatusAsync(intents[0])).ShouldBe(SetupIntentStatus.Created);
        (await CountStoredAsync(vault, intents, SetupIntentStatus.Expired)).ShouldBe(Batch - 1);
    }

    [Fact]
    public async Task One_that_cannot_be_brought_up_to_date_is_tried_again_in_the_next_sweep()
    {
        var isBroken = true;
        await using var vault = await AVault.OpenAsync(_ => isBroken ? throw new InvalidOperationException("it cannot be done") : Task.CompletedTask);
        var intents = await CreateAsync(vault, 1);
        vault.Clock.Advance(TimeSpan.FromDays(30));
        await vault.KeepHouseAsync();
        (await vault.StoredStatusAsync(intents[0])).ShouldBe(SetupIntentStatus.Created);

        isBroken = false;
        await vault.KeepHouseAsync();

        (await vault.StoredStatusAsync(intents[0])).ShouldBe(SetupIntentStatus.Expired);
    }

    [Fact]
    public async Task A_sweep_ends_after_the_batches_it_was_given()
    {
        await using var vault = await AVault.OpenAsync();
        var intents = await CreateAsync(vault, Batch + 5);
        vault.Clock.Advance(TimeSpan.FromDays(30));

        await vault.Sweep.SweepAsync(vault.Tenant, batches: 1, Ct);
        (await CountStoredAsync(vault, intents, SetupIntentStatus.Expired)).ShouldBe(Batch);

        await vault.Sweep.SweepAsync(vault.Tenant, batches: 1, Ct);
        (await CountStoredAsync(vault, intents, SetupIntentStatus.Expired)).ShouldBe(Batch + 5);
    }

    [Fact]
    public async Task A_list_shows_what_no_sweep_has_come_to_as_what_it_has_become()
    {
        await using var vault = await AVault.OpenAsync(findsNothingDue: true);
        var (unpaid, expiring, good) = (await vault.CreateAsync(card: null), await vault.CreateAsync(expiry: "06/26"), await vault.CreateAsync());
        vault.Clock.Advance(TimeSpan.FromDays(30));
        await vault.Sweep.SweepAsync(vault.Tenant, batches: 1, Ct);
        (await vault.StoredStatusAsync(unpaid.Id)).ShouldBe(SetupIntentStatus.Created, "else the list has nothing to do");

        var shown = await vault.ListAsync();

        shown.Select(intent => (intent.Id, intent.Status)).ShouldBe(
            [(good.Id, SetupIntentStatus.Authorized), (expiring.Id, SetupIntentStatus.CardExpired), (unpaid.Id, SetupIntentStatus.Expired)]);
        (await vault.StoredStatusAsync(unpaid.Id)).ShouldBe(SetupIntentStatus.Expired);
    }

    [Fact]
    public async Task Sweeps_of_one_tenant_that_meet_do_the_work_once()
    {
        var (applied, open) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        await using var vault = await AVault.OpenAsync(_ =>
        {
            Interlocked.Increment(ref applied);
            return open.Task.WaitAsync(Ct);
        });
        var intents = await CreateAsync(vault, 5);
        vault.Clock.Advance(TimeSpan.FromDays(30));

        var sweeps = Enumerable.Range(0, 4).Select(_ => vault.Sweep.SweepAsync(vault.Tenant, int.MaxValue, Ct)).ToArray();
        open.SetResult();
        await Task.WhenAll(sweeps);

        applied.ShouldBe(5);
        foreach (var intent in intents)
        {
            vault.Ledger.EventsOf(vault.RecordIdOf(intent)).Count(entry => entry.Type == SetupIntentEventType.Expired).ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_tenants_sweep_does_not_wait_for_anothers()
    {
        var open = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = 0L;
        await using var vault = await AVault.OpenAsync(transition => transition.From.RecordId == slow ? open.Task.WaitAsync(Ct) : Task.CompletedTask);
        var other = await vault.NewTenantAsync();
        slow = vault.RecordIdOf((await vault.CreateAsync(card: null)).Id);
        var quick = await vault.CreateAsync(card: null, tenant: other);
        vault.Clock.Advance(TimeSpan.FromDays(30));

        var waiting = vault.Sweep.SweepAsync(vault.Tenant, int.MaxValue, Ct);
        await vault.Sweep.SweepAsync(other, int.MaxValue, Ct);

        waiting.IsCompleted.ShouldBeFalse();
        vault.Ledger.StatusesOf(vault.RecordIdOf(quick.Id))[^1].Status.ShouldBe("Expired");
        open.SetResult();
        await waiting;
    }

    private static async Task<IReadOnlyList<string>> CreateAsync(AVault vault, int count)
    {
        var intents = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => vault.CreateAsync(card: null)));
        return [.. intents.Select(intent => intent.Id)];
    }

    private static async Task<int> CountStoredAsync(AVault vault, IReadOnlyList<string> intents, SetupIntentStatus status)
    {
        var stored = await Task.WhenAll(intents.Select(vault.StoredStatusAsync));
        return stored.Count(seen => seen == status);
    }
}

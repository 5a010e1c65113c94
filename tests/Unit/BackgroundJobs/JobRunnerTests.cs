using System.Collections.Concurrent;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tests.Unit.BackgroundJobs;

public sealed class JobRunnerTests : IAsyncLifetime
{
    private readonly List<Tenant> _tenants = [];
    private TestVault _vault = null!;

    public static TheoryData<Type> Failures => [typeof(InvalidOperationException), typeof(UnavailableException), typeof(OperationCanceledException)];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private JobRunner JobRunner => _vault.Get<JobRunner>();

    public async ValueTask InitializeAsync()
    {
        _vault = await TestVault.OpenAsync();
        for (var location = 0; location < 2; location++)
        {
            var sandbox = await _vault.NewTenantAsync();
            _tenants.AddRange([sandbox, sandbox with { Environment = TenantEnvironment.Production }]);
        }
    }

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_tenant_whose_chore_fails_keeps_no_other_from_being_done(Type failure)
    {
        foreach (var unlucky in _tenants)
        {
            var done = new List<Tenant>();

            await JobRunner.ForEachTenantAsync(
                tenant =>
                {
                    done.Add(tenant);
                    return tenant == unlucky ? throw Make(failure) : Task.CompletedTask;
                },
                Ct);

            done.ShouldBe(_tenants, ignoreOrder: true);
        }
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task An_item_whose_chore_fails_keeps_no_other_from_being_done(Type failure)
    {
        var done = new ConcurrentBag<int>();

        await JobRunner.ForEachAsync(
            Enumerable.Range(0, 50),
            async item =>
            {
                await Task.Yield();
                done.Add(item);
                if (item % 3 == 0)
                {
                    throw Make(failure);
                }
            },
            Ct);

        done.ShouldBe(Enumerable.Range(0, 50), ignoreOrder: true);
    }

    [Fact]
    public async Task An_item_that_hangs_keeps_no_other_from_being_done()
    {
        var others = new CountdownEvent(19);
        var hang = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var allOthers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        var doing = JobRunner.ForEachAsync(
            Enumerable.Range(0, 20),
            item =>
            {
                if (item == 0)
                {
                    return hang.Task;
                }

                if (others.Signal())
                {
                    allOthers.SetResult();
                }

                return Task.CompletedTask;
            },
            Ct);
        await allOthers.Task.WaitAsync(Ct);

        doing.IsCompleted.ShouldBeFalse();
        hang.SetResult();
        await doing;
        others.Dispose();
    }

    [Fact]
    public async Task Cancelling_ends_the_tenants()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var begun = 0;

        await Should.ThrowAsync<OperationCanceledException>(() => JobRunner.ForEachTenantAsync(
            async _ =>
            {
                begun++;
                await stop.CancelAsync();
                stop.Token.ThrowIfCancellationRequested();
            },
            stop.Token));

        begun.ShouldBe(1);
    }

    [Fact]
    public async Task Cancelling_begins_no_further_tenant_also_when_the_chore_does_not_notice()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var begun = 0;

        await Should.ThrowAsync<OperationCanceledException>(() => JobRunner.ForEachTenantAsync(
            _ =>
            {
                begun++;
                return stop.CancelAsync();
            },
            stop.Token));

        begun.ShouldBe(1);
    }

    [Fact]
    public async Task Cancelling_ends_the_items()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var begun = 0;

        await Should.ThrowAsync<OperationCanceledException>(() => JobRunner.ForEachAsync(
            Enumerable.Range(0, 1000),
            async _ =>
            {
                Interlocked.Increment(ref begun);
                await stop.CancelAsync();
                stop.Token.ThrowIfCancellationRequested();
            },
            stop.Token));

        begun.ShouldBeLessThan(1000);
    }

    private static Exception Make(Type type) => type == typeof(UnavailableException) ? new UnavailableException("busy") : (Exception)Activator.CreateInstance(type)!;
}

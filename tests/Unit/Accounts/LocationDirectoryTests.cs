using System.Reflection;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Nodes;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.Accounts;

public sealed class LocationDirectoryTests
{
    private static readonly Tenant s_tenant = new(new AccountId(1), new LocationId(2), TenantEnvironment.Sandbox);
    private static readonly Location s_before = new(s_tenant.Location, s_tenant.Account, "Location", UniqueReferences: false);
    private static readonly Location s_after = s_before with { SandboxAhead = TimeSpan.FromDays(30) };

    private readonly FakeTimeProvider _clock = Clocks.New();
    private readonly Queue<Task<Location>> _answers = new();
    private readonly Node _node = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Settings_are_remembered_for_three_seconds()
    {
        var directory = Directory(Task.FromResult(s_before), Task.FromResult(s_after));

        (await directory.GetAsync(s_tenant, Ct)).ShouldBe(s_before);
        _clock.Advance(TimeSpan.FromSeconds(3) - TimeSpan.FromTicks(1));
        (await directory.GetAsync(s_tenant, Ct)).ShouldBe(s_before);
        _clock.Advance(TimeSpan.FromTicks(1));
        (await directory.GetAsync(s_tenant, Ct)).ShouldBe(s_after);
    }

    [Fact]
    public async Task After_a_change_they_are_read_again()
    {
        var directory = Directory(Task.FromResult(s_before), Task.FromResult(s_after));
        await directory.GetAsync(s_tenant, Ct);

        directory.Forget(s_tenant.Location);

        (await directory.GetAsync(s_tenant, Ct)).ShouldBe(s_after);
    }

    [Fact]
    public async Task What_was_read_before_a_change_and_arrives_after_it_is_not_remembered()
    {
        var slow = new TaskCompletionSource<Location>();
        var directory = Directory(slow.Task, Task.FromResult(s_after));
        var reading = directory.GetAsync(s_tenant, Ct);

        directory.Forget(s_tenant.Location);
        slow.SetResult(s_before);
        await reading;

        (await directory.NowAsync(s_tenant, Ct)).ShouldBe(_clock.GetUtcNow().AddDays(30), "a clock never goes back");
    }

    [Fact]
    public async Task Production_has_the_real_time()
    {
        var directory = Directory(Task.FromResult(s_after));

        (await directory.NowAsync(s_tenant with { Environment = TenantEnvironment.Production }, Ct)).ShouldBe(_clock.GetUtcNow());
        (await directory.NowAsync(s_tenant, Ct)).ShouldBe(_clock.GetUtcNow().AddDays(30));
    }

    [Fact]
    public async Task Where_another_node_may_have_moved_the_clock_of_a_sandbox_it_is_asked_for_each_time()
    {
        var directory = Directory(Task.FromResult(s_before), Task.FromResult(s_after));
        _node.Note(count: 2);
        await directory.NowAsync(s_tenant, Ct);

        (await directory.NowAsync(s_tenant, Ct)).ShouldBe(_clock.GetUtcNow().AddDays(30));
    }

    private LocationDirectory Directory(params IEnumerable<Task<Location>> answers)
    {
        foreach (var answer in answers)
        {
            _answers.Enqueue(answer);
        }

        var store = DispatchProxy.Create<IAccountStore, AnsweringStore>();
        ((AnsweringStore)(object)store).Answers = _answers;
        return new LocationDirectory(store, _node, _clock);
    }

    /// <summary>A store whose answers, and their timing, the test controls.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "the proxy derives from it")]
    internal class AnsweringStore : DispatchProxy
    {
        public Queue<Task<Location>> Answers { get; set; } = new();

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(IAccountStore.GetLocationAsync) ? Answers.Dequeue() : throw new NotSupportedException();
    }
}

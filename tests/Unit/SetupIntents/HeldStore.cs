using System.Reflection;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tests.Unit.SetupIntents;

/// <summary>A store whose callers a test can pause just before they change a status: after the read, before the write.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Performance", "CA1852:Seal internal types", Justification = "the proxy derives from it")]
internal class HeldStore : DispatchProxy
{
    private ISetupIntentStore _store = null!;
    private Func<SetupIntentLife.Transition, Task> _beforeApplying = null!;
    private bool _findsNothingDue;

    /// <summary>Wraps a store with something to await before each transition.</summary>
    public static ISetupIntentStore Around(ISetupIntentStore store, Func<SetupIntentLife.Transition, Task> beforeApplying, bool findsNothingDue = false)
    {
        var held = Create<ISetupIntentStore, HeldStore>();
        ((HeldStore)(object)held)._store = store;
        ((HeldStore)(object)held)._beforeApplying = beforeApplying;
        ((HeldStore)(object)held)._findsNothingDue = findsNothingDue;
        return held;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(ISetupIntentStore.ApplyAsync)
            ? ApplyAsync((SetupIntentLife.Transition)args![0]!, (AuditEntry?)args[1])
            : targetMethod.Name == nameof(ISetupIntentStore.ListDueAsync) && _findsNothingDue
            ? Task.FromResult<IReadOnlyList<StoredSetupIntent>>([])
            : targetMethod.Invoke(_store, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);

    private async Task<StoredSetupIntent?> ApplyAsync(SetupIntentLife.Transition transition, AuditEntry? audit)
    {
        await _beforeApplying(transition);
        return await _store.ApplyAsync(transition, audit);
    }
}

using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Faults;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Sandbox;

internal sealed class SandboxControls(
    ISandboxStore store, ISandboxClock sandboxClock, LocationDirectory directory, SandboxGate gate, IAuditLog audit, TimeProvider clock) : ISandboxControls
{
    public async Task<Result<SandboxState>> ReadAsync(SignedInMember who, Tenant tenant, CancellationToken ct)
    {
        var (location, refusal) = await gate.FindAsync(who, tenant);
        return location is null
            ? refusal!
            : new SandboxState(new SandboxTime(await directory.NowAsync(tenant, ct), location.SandboxAhead), await store.FindResetAsync(tenant, ct));
    }

    public async Task<Result<DueCounts>> PreviewAsync(SignedInMember who, Tenant tenant, DateTimeOffset instant, CancellationToken ct)
    {
        var (location, refusal) = await gate.FindAsync(who, tenant);
        return location is null ? refusal! : await store.CountDueAsync(tenant, instant, ct);
    }

    public async Task<Result<ClockMove>> MoveClockAsync(SignedInMember who, Tenant tenant, DateTimeOffset instant)
    {
        var (location, refusal) = await gate.FindAsync(who, tenant);
        if (location is null)
        {
            return refusal!;
        }

        var due = await store.CountDueAsync(tenant, instant, CancellationToken.None);
        var moved = await sandboxClock.SetAsync(tenant, instant);
        if (!moved.IsSuccess)
        {
            return moved.Refusal;
        }

        await audit.RecordAsync(who.Entry(clock.GetUtcNow(), AuditAction.SandboxClockMoved, SandboxGate.SubjectOf(tenant), $"to {moved.Value.Now:yyyy-MM-dd HH:mm} UTC"));
        var left = await store.CountDueAsync(tenant, instant, CancellationToken.None);
        return new ClockMove(moved.Value, due.Without(left), left);
    }

    public async Task<Refusal?> ResetAsync(SignedInMember who, Tenant tenant, string? typedName)
    {
        var (location, refusal) = await gate.FindAsync(who, tenant);
        if (location is null)
        {
            return refusal;
        }

        if (typedName?.Trim() != location.Name)
        {
            return new Refusal.Invalid([new FieldError("Name", "Type the name of the location as it is shown.")]);
        }

        await store.BeginResetAsync(tenant, who.Entry(UnixTime.Truncate(clock.GetUtcNow()), AuditAction.SandboxReset, SandboxGate.SubjectOf(tenant), location.Name));
        directory.Forget(tenant.Location);
        return null;
    }
}

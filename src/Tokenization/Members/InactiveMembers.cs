using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.BackgroundJobs;

namespace Dojo.Pci.Tokenization.Members;

/// <summary>Disables members who have not signed in for 90 days (PCI DSS 8.2.6).</summary>
internal sealed class InactiveMembers(IInactiveMemberStore store, TimeProvider clock) : IBackgroundJob
{
    private static readonly TimeSpan s_longestAbsence = TimeSpan.FromDays(90);

    public TimeSpan? Pause => TimeSpan.FromHours(1);

    public Task RunOnceAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return store.DisableAsync(now - s_longestAbsence, (account, id) => AuditActor.Vault(account).Entry(now, AuditAction.MemberDisabled, id.Actor, "no sign-in for 90 days"));
    }
}

using System.Net;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Alarms;

/// <summary>Keeps the alarms that members should know of in memory. After a restart, only the audit trail has them.</summary>
internal sealed class NoticeBoard(IAuditLog audit, OperationGate gate, TimeProvider clock) : IAlarms
{
    /// <summary>The most episodes that are kept; beyond this, the one raised longest ago is removed.</summary>
    public const int MostKept = 1000;

    // How long a notice is shown after it was last raised.
    private static readonly TimeSpan s_keptFor = TimeSpan.FromHours(24);

    private readonly Lock _gate = new();
    private readonly Dictionary<(AuditAction Action, string Subject, string Detail, Tenant? Tenant, IPAddress? Address), Notice> _notices = [];

    public async Task<bool> RaiseAsync(Alarm alarm)
    {
        var now = clock.GetUtcNow();
        if (!TryBegin(alarm, now))
        {
            return false;
        }

        try
        {
            await audit.RecordAsync(
                new AuditActor(alarm.Account, alarm.Actor, alarm.Address).Entry(now, alarm.Action, alarm.Subject, alarm.Detail, succeeded: false));
            return true;
        }
        catch
        {
            // The episode is not in the audit trail, so it has not begun: the next alarm tries again.
            lock (_gate)
            {
                _notices.Remove(KeyOf(alarm));
            }

            throw;
        }
    }

    /// <summary>Lists the notices of a location and environment.</summary>
    public async Task<Result<NoticeList>> ListAsync(SignedInMember who, Tenant tenant, CancellationToken ct)
    {
        if (await gate.RefuseAsync(who, Operation.ViewMetrics, $"location:{tenant.Location.Value}") is { } refusal)
        {
            return refusal;
        }

        var since = clock.GetUtcNow() - s_keptFor;
        lock (_gate)
        {
            return new NoticeList(
                [.. _notices.Values.Where(notice => IsOf(notice.Alarm, who.Account, tenant) && notice.Last > since).OrderByDescending(notice => notice.Last)]);
        }
    }

    private static bool IsOf(Alarm alarm, AccountId account, Tenant tenant) =>
        alarm.Account == account && tenant.Account == account && (alarm.Tenant is null || alarm.Tenant == tenant);

    private static (AuditAction Action, string Subject, string Detail, Tenant? Tenant, IPAddress? Address) KeyOf(Alarm alarm) =>
        (alarm.Action, alarm.Subject, alarm.Detail, alarm.Tenant, alarm.Address);

    // Returns true if a new episode begins.
    private bool TryBegin(Alarm alarm, DateTimeOffset now)
    {
        lock (_gate)
        {
            var key = KeyOf(alarm);
            if (_notices.TryGetValue(key, out var known) && (now - known.Last).Duration() < IAlarms.Apart)
            {
                _notices[key] = known with { Last = now, Times = known.Times + 1 };
                return false;
            }

            if (_notices.Count >= MostKept)
            {
                _notices.Remove(_notices.MinBy(notice => notice.Value.Last).Key);
            }

            _notices[key] = new Notice(alarm, now, now, 1);
            return true;
        }
    }
}

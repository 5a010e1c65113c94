using System.Collections.Concurrent;
using Dojo.Pci.Tokenization.Access;

namespace Dojo.Pci.Tokenization.Audit;

internal sealed class RefusedAttempts(IAuditLog audit, TimeProvider clock) : IRefusedAttempts
{
    // At most one entry for each member, action and operation: small enough to keep.
    private readonly ConcurrentDictionary<(MemberId Who, AuditAction Action, string Operation), DateTimeOffset> _noted = new();

    public async Task RecordAsync(SignedInMember who, AuditAction action, string operation, string subject)
    {
        var now = clock.GetUtcNow();
        var attempt = (who.Id, action, operation);
        if (!TryNote(attempt, now))
        {
            return;
        }

        try
        {
            await audit.RecordAsync(who.Entry(now, action, subject, operation, succeeded: false));
        }
        catch
        {
            // An attempt that did not reach the trail must not suppress the next one.
            _noted.TryRemove(attempt, out _);
            throw;
        }
    }

    private bool TryNote((MemberId Who, AuditAction Action, string Operation) attempt, DateTimeOffset now)
    {
        if (!_noted.TryGetValue(attempt, out var last))
        {
            return _noted.TryAdd(attempt, now);
        }

        // If the clock was set back, the wait ends.
        return (now < last || now - last >= IRefusedAttempts.Apart) && _noted.TryUpdate(attempt, now, last);
    }
}

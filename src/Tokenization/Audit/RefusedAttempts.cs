using System.Collections.Concurrent;
using Dojo.Pci.Tokenization.Access;

namespace Dojo.Pci.Tokenization.Audit;

internal sealed class RefusedAttempts(IAuditLog audit, TimeProvider clock) : IRefusedAttempts
{
    // As many as there are members and operations: small enough to be kept.
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
            // What did not reach the trail does not keep the next attempt out of it.
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

        // A clock that was set back ends the wait.
        return (now < last || now - last >= IRefusedAttempts.Apart) && _noted.TryUpdate(attempt, now, last);
    }
}

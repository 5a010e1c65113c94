namespace Dojo.Pci.Tokenization.Audit;

/// <summary>Records actions that changed nothing: a sign-in that failed, a download.</summary>
public interface IAuditLog
{
    /// <summary>Adds an entry to the trail of its account.</summary>
    Task RecordAsync(AuditEntry entry);
}

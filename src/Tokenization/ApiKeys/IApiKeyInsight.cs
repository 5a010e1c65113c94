using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>Tells members how API keys are used. Counts appear a moment after the requests. A key of another tenant is not found.</summary>
public interface IApiKeyInsight
{
    /// <summary>Reports how a key was used.</summary>
    /// <param name="who">The member who asks.</param>
    /// <param name="tenant">The tenant of the key.</param>
    /// <param name="id">The key.</param>
    /// <param name="zone">The time zone in which days are counted. An hour belongs to the day in which it begins.</param>
    /// <param name="ct">Cancels the call.</param>
    Task<Result<ApiKeyUsageReport>> ReportAsync(SignedInMember who, Tenant tenant, ApiKeyId id, TimeZoneInfo zone, CancellationToken ct);

    /// <summary>Reports which requests of the last seven days new limits would have refused. Changes nothing, and validates the limits as for saving.</summary>
    Task<Result<ApiKeyDryRun>> TryAsync(SignedInMember who, Tenant tenant, ApiKeyId id, ApiKeyLimits limits, CancellationToken ct);

    /// <summary>Reports what would fail if a key were refused: everything it was used for in the last seven days.</summary>
    Task<Result<AffectedUse>> FindUseAsync(SignedInMember who, Tenant tenant, ApiKeyId id, CancellationToken ct);

    /// <summary>Reports the progress of a roll, given either of its two keys; <see cref="Refusal.WrongState"/> for a key that was not rolled.</summary>
    Task<Result<RollMeter>> MeterAsync(SignedInMember who, Tenant tenant, ApiKeyId id, CancellationToken ct);

    /// <summary>Lists what was done to a key, newest first.</summary>
    Task<Result<ApiKeyAuditTrail>> AuditTrailAsync(SignedInMember who, Tenant tenant, ApiKeyId id, CancellationToken ct);
}

/// <summary>What was done to a key.</summary>
/// <param name="Entries">The entries of the audit trail, newest first.</param>
public sealed record ApiKeyAuditTrail(IReadOnlyList<RecordedAuditEntry> Entries);

/// <summary>Knows the scope that each operation of the API requires.</summary>
public interface IOperationScopes
{
    /// <summary>Returns the scope that an operation requires; null when there is no such operation, or it needs no key.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="route">The pattern of the route, as in the request log.</param>
    ApiKeyScopes? ScopeOf(string method, string route);
}

/// <summary>The default for the vault, which by itself serves no API.</summary>
internal sealed class NoOperations : IOperationScopes
{
    public ApiKeyScopes? ScopeOf(string method, string route) => null;
}

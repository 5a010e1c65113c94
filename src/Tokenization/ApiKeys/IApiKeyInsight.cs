using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.ApiKeys;

/// <summary>What members can know of the use of API keys. Counts appear a moment after the requests. A key of another account or place is not found.</summary>
public interface IApiKeyInsight
{
    /// <summary>How a key was used.</summary>
    /// <param name="who">Who asks.</param>
    /// <param name="tenant">Whose key.</param>
    /// <param name="id">The key.</param>
    /// <param name="zone">In which time zone days are counted. An hour belongs to the day in which it begins.</param>
    /// <param name="ct">Cancels.</param>
    Task<Result<ApiKeyUsageReport>> ReportAsync(SignedInMember who, Tenant tenant, ApiKeyId id, TimeZoneInfo zone, CancellationToken ct);

    /// <summary>What limits would have refused of the last seven days, without changing anything. They are validated as if they were to be saved.</summary>
    Task<Result<ApiKeyDryRun>> TryAsync(SignedInMember who, Tenant tenant, ApiKeyId id, ApiKeyLimits limits, CancellationToken ct);

    /// <summary>What fails once a key is refused: all that it was used for in the last seven days.</summary>
    Task<Result<AffectedUse>> FindUseAsync(SignedInMember who, Tenant tenant, ApiKeyId id, CancellationToken ct);

    /// <summary>How far a roll is, whichever of the two keys is named; a key that was not rolled is in the wrong state.</summary>
    Task<Result<RollMeter>> MeterAsync(SignedInMember who, Tenant tenant, ApiKeyId id, CancellationToken ct);

    /// <summary>What was done to a key, newest first.</summary>
    Task<Result<ApiKeyAuditTrail>> AuditTrailAsync(SignedInMember who, Tenant tenant, ApiKeyId id, CancellationToken ct);
}

/// <summary>What was done to a key.</summary>
/// <param name="Entries">The entries of the audit trail, newest first.</param>
public sealed record ApiKeyAuditTrail(IReadOnlyList<RecordedAuditEntry> Entries);

/// <summary>Knows what a key must be allowed to do for each operation of the API.</summary>
public interface IOperationScopes
{
    /// <summary>The scope an operation requires; null where there is no such operation, or it needs no key.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="route">The pattern of the route, as the request log has it.</param>
    ApiKeyScopes? ScopeOf(string method, string route);
}

/// <summary>The vault by itself serves no API.</summary>
internal sealed class NoOperations : IOperationScopes
{
    public ApiKeyScopes? ScopeOf(string method, string route) => null;
}

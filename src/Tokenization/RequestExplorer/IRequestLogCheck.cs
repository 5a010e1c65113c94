using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>
/// Searches everything stored about a tenant's requests for card numbers. None can get there: bodies are composed of validated values, and every text is
/// scanned before it is stored. This check proves it, over what is really stored. Refusals are those of <see cref="IRequestExplorer"/>.
/// </summary>
public interface IRequestLogCheck
{
    /// <summary>Reads every text of every entry, stores the result, and records the check in the audit trail.</summary>
    /// <exception cref="UnavailableException">The log cannot be read at present.</exception>
    Task<Result<RequestLogCheckResult>> RunAsync(SignedInMember who, Tenant tenant, CancellationToken ct);

    /// <summary>Lists the stored results, newest first, at most twenty.</summary>
    Task<Result<RequestLogChecks>> ListAsync(SignedInMember who, Tenant tenant, CancellationToken ct);
}

/// <summary>The result of a check.</summary>
/// <param name="At">When the check began.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="By">The name of the member who ran it.</param>
/// <param name="Entries">The number of entries it read.</param>
/// <param name="Found">The number of those entries that hold what looks like a card number.</param>
public sealed record RequestLogCheckResult(DateTimeOffset At, TimeSpan Duration, string By, long Entries, long Found);

/// <summary>The checks that members have run.</summary>
/// <param name="Results">The results, newest first.</param>
public sealed record RequestLogChecks(IReadOnlyList<RequestLogCheckResult> Results);

using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>
/// Looks for card numbers in what is stored of a tenant's requests. None can get there: bodies are composed of validated values, and every text was looked
/// through. This is the proof of it, over what is really stored. Refusals are those of <see cref="IRequestExplorer"/>.
/// </summary>
public interface IRequestLogCheck
{
    /// <summary>Reads every text of every entry, and keeps the result; recorded in the audit trail.</summary>
    /// <exception cref="UnavailableException">The log cannot be read now.</exception>
    Task<Result<RequestLogCheckResult>> RunAsync(SignedInMember who, Tenant tenant, CancellationToken ct);

    /// <summary>The results that were kept, newest first, at most twenty.</summary>
    Task<Result<RequestLogChecks>> ListAsync(SignedInMember who, Tenant tenant, CancellationToken ct);
}

/// <summary>What a check found.</summary>
/// <param name="At">When it began.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="By">Who ran it, by name.</param>
/// <param name="Entries">How many entries it read.</param>
/// <param name="Found">In how many of them it found what looks like a card number.</param>
public sealed record RequestLogCheckResult(DateTimeOffset At, TimeSpan Duration, string By, long Entries, long Found);

/// <summary>Checks that were made.</summary>
/// <param name="Results">The results, newest first.</param>
public sealed record RequestLogChecks(IReadOnlyList<RequestLogCheckResult> Results);

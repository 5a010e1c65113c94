using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>Gives members the log of requests to take along.</summary>
public interface IRequestLogExporter
{
    /// <summary>
    /// Notes in the audit trail that the log is exported, and gives all that a search finds, newest first, with bodies. Refusals are those of
    /// <see cref="IRequestExplorer"/>.
    /// </summary>
    /// <param name="who">Who takes it along.</param>
    /// <param name="tenant">Whose requests.</param>
    /// <param name="search">Which ones.</param>
    /// <param name="askAgain">
    /// Finds out who the member is now. Asked before each page of rows; once they may not read the log any more, or are signed out, the rows
    /// end with <see cref="ExportStoppedException"/>.
    /// </param>
    /// <param name="ct">Stops the rows.</param>
    Task<Result<ExportedRows<RequestRow>>> ExportAsync(
        SignedInMember who, Tenant tenant, RequestSearch search, Func<ValueTask<SignedInMember?>> askAgain, CancellationToken ct);
}

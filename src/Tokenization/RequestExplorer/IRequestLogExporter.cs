using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>Exports the request log for members.</summary>
public interface IRequestLogExporter
{
    /// <summary>
    /// Records the export in the audit trail, and returns all requests that a search finds, newest first, with bodies. Refusals are those of
    /// <see cref="IRequestExplorer"/>.
    /// </summary>
    /// <param name="who">The member who exports.</param>
    /// <param name="tenant">The tenant that made the requests.</param>
    /// <param name="search">Which requests to export.</param>
    /// <param name="askAgain">
    /// Returns the member as of now, or null once the session is over. Called before each page of rows. When the member has signed out or may no longer
    /// read the log, the rows end with <see cref="ExportStoppedException"/>.
    /// </param>
    /// <param name="ct">Cancels the export.</param>
    Task<Result<ExportedRows<RequestRow>>> ExportAsync(
        SignedInMember who, Tenant tenant, RequestSearch search, Func<ValueTask<SignedInMember?>> askAgain, CancellationToken ct);
}

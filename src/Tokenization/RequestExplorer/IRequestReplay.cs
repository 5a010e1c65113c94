using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>
/// Makes tokenizations in the sandbox on behalf of a member: repeats a logged one with a test card, or sends one that the documentation shows. They are recorded
/// in the request log and in the audit trail.
/// </summary>
public interface IRequestReplay
{
    /// <summary>The route of a tokenization.</summary>
    const string Route = "/setup-intents";

    /// <summary>Whether a request can be replayed: a tokenization in the sandbox whose body was kept.</summary>
    static bool CanReplay(RequestLogEntry entry) => entry is { Tenant.Environment: TenantEnvironment.Sandbox, Method: "POST", Route: Route, Body: not null };

    /// <summary>
    /// Repeats a logged tokenization. Refuses with <see cref="Refusal.Forbidden"/> if the member may not create test tokens, and in production; with
    /// <see cref="Refusal.NotFound"/> if the tenant has no such request; with <see cref="Refusal.WrongState"/> if the request cannot be replayed. If the
    /// service refuses the tokenization, that is not a refusal of this method but its result.
    /// </summary>
    /// <param name="who">The member.</param>
    /// <param name="tenant">The tenant that made the request.</param>
    /// <param name="id">The request's number in the log.</param>
    /// <param name="compose">Makes a request from the logged body, with a test card.</param>
    /// <param name="ct">Cancels until the request is made.</param>
    Task<Result<ReplayedRequest>> ReplayAsync(SignedInMember who, Tenant tenant, long id, Func<RequestLogBody, Result<SetupIntentRequest>> compose, CancellationToken ct);

    /// <summary>
    /// Makes a tokenization that the documentation shows. Refusals are those of <see cref="ReplayAsync"/>, but the member need not be allowed to read the log.
    /// </summary>
    /// <param name="who">The member.</param>
    /// <param name="tenant">The sandbox in which to make it.</param>
    /// <param name="page">The name of the page that shows it, for the audit trail.</param>
    /// <param name="version">The API version that the example names.</param>
    /// <param name="request">The validated request, or why it is invalid. This method disposes it.</param>
    /// <param name="ct">Cancels until the request is made.</param>
    Task<Result<ReplayedRequest>> SendExampleAsync(SignedInMember who, Tenant tenant, string page, string version, Result<SetupIntentRequest> request, CancellationToken ct);
}

/// <summary>The result of a replayed request or of an example.</summary>
/// <param name="Status">The status that the API would have answered.</param>
/// <param name="Token">The token that was created; null if the request was refused.</param>
/// <param name="Problem">Why the request was refused; null if it was not.</param>
/// <param name="EntryId">The number of the request in the log; null if the log was too busy to store it.</param>
public sealed record ReplayedRequest(int Status, SetupIntent? Token, RequestLogProblem? Problem, long? EntryId);

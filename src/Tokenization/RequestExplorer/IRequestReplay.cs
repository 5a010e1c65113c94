using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.RequestExplorer;

/// <summary>
/// Makes tokenizations in the sandbox as the member who asks: a logged one once more with a test card, or one that the documentation shows. They are in the log
/// and in the audit trail.
/// </summary>
public interface IRequestReplay
{
    /// <summary>The route of a tokenization.</summary>
    const string Route = "/setup-intents";

    /// <summary>Whether a request can be replayed: a tokenization in the sandbox whose body was kept.</summary>
    static bool CanReplay(RequestLogEntry entry) => entry is { Tenant.Environment: TenantEnvironment.Sandbox, Method: "POST", Route: Route, Body: not null };

    /// <summary>
    /// Does it. <see cref="Refusal.Forbidden"/> for who may not create test tokens, and in production; <see cref="Refusal.NotFound"/> for a request that the
    /// tenant does not have; <see cref="Refusal.WrongState"/> for one that cannot be replayed. What the service refuses is no refusal of this, but the answer.
    /// </summary>
    /// <param name="who">The member.</param>
    /// <param name="tenant">Whose request.</param>
    /// <param name="id">Its number in the log.</param>
    /// <param name="compose">Makes a request of the body that was kept, with a test card.</param>
    /// <param name="ct">Cancels before it is made.</param>
    Task<Result<ReplayedRequest>> ReplayAsync(SignedInMember who, Tenant tenant, long id, Func<RequestLogBody, Result<SetupIntentRequest>> compose, CancellationToken ct);

    /// <summary>Makes a tokenization that the documentation shows. Refusals are those of <see cref="ReplayAsync"/>; the log need not be open to the member.</summary>
    /// <param name="who">The member.</param>
    /// <param name="tenant">In which sandbox.</param>
    /// <param name="page">The name of the page that shows it, for the trail.</param>
    /// <param name="version">The version of the API that it names.</param>
    /// <param name="request">The request, validated; or why it is none. Disposed by this.</param>
    /// <param name="ct">Cancels before it is made.</param>
    Task<Result<ReplayedRequest>> SendExampleAsync(SignedInMember who, Tenant tenant, string page, string version, Result<SetupIntentRequest> request, CancellationToken ct);
}

/// <summary>What came of a request that was made once more.</summary>
/// <param name="Status">The status that the API would have answered.</param>
/// <param name="Token">The token that was made; null when it was refused.</param>
/// <param name="Problem">Why it was refused; null when it was not.</param>
/// <param name="EntryId">Its number in the log; null when the log was too busy to take it.</param>
public sealed record ReplayedRequest(int Status, SetupIntent? Token, RequestLogProblem? Problem, long? EntryId);

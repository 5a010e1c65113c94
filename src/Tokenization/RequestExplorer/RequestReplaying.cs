using System.Diagnostics;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.RequestExplorer;

internal sealed class RequestReplaying(
    IRequestSearchStore store, RequestLogAccess access, ISetupIntentService intents, IRequestLog log, RequestLogWriter writer, TimeProvider clock) : IRequestReplay
{
    private const int Ok = 200;

    private static readonly Refusal s_notHere = new Refusal.Forbidden("Requests are replayed in the sandbox only.");

    public async Task<Result<ReplayedRequest>> ReplayAsync(
        SignedInMember who, Tenant tenant, long id, Func<RequestLogBody, Result<SetupIntentRequest>> compose, CancellationToken ct)
    {
        if ((await access.RefuseAsync(who, Operation.ViewRequestLogs, tenant, ct) ?? await access.RefuseAsync(who, Operation.CreateTestTokens, tenant, ct)) is { } refusal)
        {
            return refusal;
        }

        if (tenant.Environment != TenantEnvironment.Sandbox)
        {
            return s_notHere;
        }

        if (await store.FindAsync(tenant, id, ct) is not { } entry)
        {
            return new Refusal.NotFound("There is no such request. Requests are kept for 30 days.");
        }

        if (!IRequestReplay.CanReplay(entry))
        {
            return new Refusal.WrongState("Only a tokenization whose body was kept can be replayed.");
        }

        return await MakeAsync(who, entry, compose(entry.Body!), $"entry {id} of the request log", ct);
    }

    public async Task<Result<ReplayedRequest>> SendExampleAsync(
        SignedInMember who, Tenant tenant, string page, string version, Result<SetupIntentRequest> request, CancellationToken ct)
    {
        if (await access.RefuseAsync(who, Operation.CreateTestTokens, tenant, ct) is { } refusal)
        {
            request.Value?.Dispose();
            return refusal;
        }

        if (tenant.Environment != TenantEnvironment.Sandbox)
        {
            request.Value?.Dispose();
            return s_notHere;
        }

        var entry = new RequestLogEntry
        {
            Tenant = tenant,
            At = clock.GetUtcNow(),
            Method = "POST",
            Route = IRequestReplay.Route,
            Status = Ok,
            Duration = TimeSpan.Zero,
            Version = version,
            TraceId = "",
        };
        return await MakeAsync(who, entry, request, $"the example of /docs/errors/{page}", ct);
    }

    // The entry is a template: the properties that describe the execution are replaced by those of the new request.
    private async Task<ReplayedRequest> MakeAsync(SignedInMember who, RequestLogEntry entry, Result<SetupIntentRequest> composed, string origin, CancellationToken ct)
    {
        var tenant = entry.Tenant!.Value;
        var (at, begin) = (clock.GetUtcNow(), clock.GetTimestamp());
        var (status, created, body) = await CreateAsync(who, tenant, composed, origin);
        var (name, problem) = Describe(created.Refusal);
        var replayed = entry with
        {
            Id = null,
            Key = null,
            At = at,
            Duration = clock.GetElapsedTime(begin),
            Status = status,
            TraceId = $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-00",
            ClientAddress = who.Address,
            Refusal = name,
            Problem = problem,
            TokenId = created.Value?.Id,
            Body = body,
        };
        return new ReplayedRequest(status, created.Value, problem, await LogAsync(tenant, replayed, ct));
    }

    private async Task<(int Status, Result<SetupIntent> Created, RequestLogBody? Body)> CreateAsync(
        SignedInMember who, Tenant tenant, Result<SetupIntentRequest> composed, string origin)
    {
        using var request = composed.Value;
        if (request is null)
        {
            return (StatusOf(composed.Refusal!), composed.Refusal!, null);
        }

        var body = RequestLogBody.Of(request);
        var created = await intents.CreateAsync(
            new Caller(tenant, who.Actor), request, idempotencyKey: null, who.Entry(clock.GetUtcNow(), AuditAction.RequestReplayed, subject: "", origin));
        return (created.Refusal is { } refusal ? StatusOf(refusal) : Ok, created, body);
    }

    // Flushes at once, because the member waits to see the entry, and finds it by its trace id.
    private async Task<long?> LogAsync(Tenant tenant, RequestLogEntry entry, CancellationToken ct)
    {
        if (!log.TryRecord(entry))
        {
            return null;
        }

        await writer.FlushAsync();
        return await store.SearchAsync(tenant, new RequestSearch { Text = entry.TraceId }, after: null, 1, ct) is [var logged, ..] ? logged.Id : null;
    }

    private static (string? Name, RequestLogProblem? Problem) Describe(Refusal? refusal) => refusal switch
    {
        null => (null, null),
        Refusal.Invalid invalid => (string.Join(',', invalid.Errors.Select(error => error.Field).Distinct(StringComparer.Ordinal)), new RequestLogProblem(null, invalid.Errors)),
        Refusal.Conflict => ("Conflict", new RequestLogProblem(refusal.Message, [])),
        Refusal.Limited => ("TooManyRequests", new RequestLogProblem(refusal.Message, [])),
        _ => ("BadRequest", new RequestLogProblem(refusal.Message, [])),
    };

    private static int StatusOf(Refusal refusal) => refusal switch
    {
        Refusal.Conflict => 409,
        Refusal.Limited => 429,
        _ => 400,
    };
}

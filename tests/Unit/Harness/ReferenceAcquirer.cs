using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>How the reference acquirer handles a transaction.</summary>
internal enum AcquirerBehaviour
{
    /// <summary>Acts, and answers that it approved.</summary>
    Approve,

    /// <summary>Acts, and answers that it declined.</summary>
    Decline,

    /// <summary>Approves, but delays the answer until <see cref="ReferenceAcquirer.Release"/> or until the caller disconnects.</summary>
    Delay,

    /// <summary>Approves, and drops the connection instead of answering.</summary>
    DropAfterAccepting,

    /// <summary>Drops the connection without reading the request. Does not act.</summary>
    DropBeforeReading,

    /// <summary>Approves, and answers with something that is not JSON.</summary>
    Nonsense,

    /// <summary>Approves, and answers 500.</summary>
    ServerError,

    /// <summary>Approves, and answers with 64 KB.</summary>
    HugeAnswer,

    /// <summary>Approves, and answers about another transaction.</summary>
    WrongTransactionId,

    /// <summary>Approves, and answers without an approval code.</summary>
    NoAuthCode,

    /// <summary>Approves, and reports both approved and declined in one answer.</summary>
    TwoOutcomes,

    /// <summary>Approves, and redirects.</summary>
    Redirect,

    /// <summary>Refuses with 422. Does not act.</summary>
    Refuse,

    /// <summary>Answers with a 404 that is not the contract's, as a gateway does. Does not act.</summary>
    GatewayNotFound,
}

/// <summary>
/// The acquirer of docs/acquirer.md on a real port of this machine, with every failure that a test needs. It records what it did: <see
/// cref="TimesActed"/> is how often an issuer would have moved money.
/// </summary>
internal sealed class ReferenceAcquirer : IAsyncDisposable
{
    public const string ApiKey = "reference-acquirer-key";
    public const string AuthCode = "A1B2C3";

    private readonly WebApplication _app;
    private Func<AcquirerBehaviour>? _choose;
    private readonly ConcurrentDictionary<string, Transaction> _transactions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<string>> _first = new(StringComparer.Ordinal);

    private ReferenceAcquirer(WebApplication app) => _app = app;

    /// <summary>The value for <c>Acquirer:Address</c>.</summary>
    public string Address => $"{_app.Urls.Single()}/v1";

    /// <summary>The behaviour for transactions that were not programmed. For tests that do not choose the ids.</summary>
    public AcquirerBehaviour Default { get; set; } = AcquirerBehaviour.Approve;

    /// <summary>The behaviour for queries about transactions that were not programmed; null to answer truthfully.</summary>
    public AcquirerBehaviour? DefaultWhenAsked { get; set; }

    /// <summary>Chooses the behaviour for each transaction that was not programmed.</summary>
    public void ChooseBy(Func<AcquirerBehaviour>? choose) => _choose = choose;

    /// <summary>How often it charged a card, over all transactions.</summary>
    public int TimesCharged => _transactions.Values.Where(transaction => transaction.Path == "/v1/charges").Sum(transaction => transaction.Acts);

    /// <summary>The amount that requests of a kind, such as <c>captures</c>, moved for an earlier transaction, in minor units.</summary>
    public long MovedBy(string resource, string originalTransactionId) => _transactions.Values
        .Where(transaction => transaction.Path == $"/v1/{resource}" && !transaction.IsDeclined && (string?)transaction.Acted?["originalTransactionId"] == originalTransactionId)
        .Sum(transaction => transaction.Acts * (long)transaction.Acted!["amount"]!["value"]!);

    /// <summary>Every transaction that received a request.</summary>
    public IReadOnlyCollection<string> TransactionIds => [.. _transactions.Where(transaction => transaction.Value.Posts > 0).Select(transaction => transaction.Key)];

    /// <param name="certificate">The certificate for HTTPS; without one it uses plain HTTP.</param>
    public static async Task<ReferenceAcquirer> StartAsync(X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var acquirer = new ReferenceAcquirer(builder.Build());
        acquirer._app.MapPost("/v1/authorizations", acquirer.TakeAsync);
        acquirer._app.MapPost("/v1/charges", acquirer.TakeAsync);
        acquirer._app.MapPost("/v1/holds", acquirer.TakeAsync);
        acquirer._app.MapPost("/v1/captures", acquirer.TakeAsync);
        acquirer._app.MapPost("/v1/reversals", acquirer.TakeAsync);
        acquirer._app.MapPost("/v1/refunds", acquirer.TakeAsync);
        acquirer._app.MapGet("/v1/transactions/{id}", acquirer.TellAsync);
        await acquirer._app.StartAsync(TestContext.Current.CancellationToken);
        return acquirer;
    }

    /// <summary>Programs a transaction.</summary>
    /// <param name="transactionId">The transaction.</param>
    /// <param name="behaviour">The behaviour for the attempt.</param>
    /// <param name="whenAsked">The behaviour for queries; without it, they are answered truthfully.</param>
    public void Program(string transactionId, AcquirerBehaviour behaviour, AcquirerBehaviour? whenAsked = null)
    {
        var transaction = Of(transactionId);
        transaction.Behaviour = behaviour;
        transaction.WhenAsked = whenAsked;
    }

    /// <summary>How often it acted on the transaction.</summary>
    public int TimesActed(string transactionId) => Of(transactionId).Acts;

    /// <summary>How often it received a request to act, including repeats.</summary>
    public int TimesPosted(string transactionId) => Of(transactionId).Posts;

    /// <summary>How often it was queried about the transaction.</summary>
    public int TimesAsked(string transactionId) => Of(transactionId).Asks;

    /// <summary>The body of the last request for the transaction.</summary>
    public JsonNode? BodyOf(string transactionId) => Of(transactionId).Body;

    /// <summary>The path of the last request for the transaction.</summary>
    public string? PathOf(string transactionId) => Of(transactionId).Path;

    /// <summary>Completes when a request for the transaction has arrived.</summary>
    public Task HasReceived(string transactionId) => Of(transactionId).Received.Task;

    /// <summary>Completes with the first transaction for which a request has arrived at <c>authorizations</c> or <c>charges</c>.</summary>
    public Task<string> FirstTo(string resource) => FirstOf($"/v1/{resource}").Task;

    /// <summary>Completes when it has been queried about the transaction.</summary>
    public Task HasBeenAsked(string transactionId) => Of(transactionId).Asked.Task;

    /// <summary>Releases a delayed answer.</summary>
    public void Release(string transactionId) => Of(transactionId).Released.TrySetResult();

    public ValueTask DisposeAsync()
    {
        foreach (var transaction in _transactions.Values)
        {
            transaction.Released.TrySetResult();
        }

        return _app.DisposeAsync();
    }

    private TaskCompletionSource<string> FirstOf(string path) =>
        _first.GetOrAdd(path, _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));

    private Transaction Of(string transactionId) => _transactions.GetOrAdd(transactionId, _ => new Transaction());

    private async Task TakeAsync(HttpContext context)
    {
        var key = context.Request.Headers["Idempotency-Key"].ToString();
        var transaction = Of(key);
        Interlocked.Increment(ref transaction.Posts);
        transaction.Path = context.Request.Path;
        var behaviour = transaction.Behaviour ?? _choose?.Invoke() ?? Default;
        if (behaviour == AcquirerBehaviour.DropBeforeReading)
        {
            transaction.Received.TrySetResult();
            context.Abort();
            return;
        }

        var body = await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        var refusal = !IsAllowed(context) ? StatusCodes.Status401Unauthorized
            : behaviour == AcquirerBehaviour.Refuse || (string?)body?["transactionId"] != key ? StatusCodes.Status422UnprocessableEntity
            : !transaction.TryAct(body!, behaviour) ? StatusCodes.Status409Conflict
            : StatusCodes.Status200OK;
        transaction.Received.TrySetResult();
        FirstOf(transaction.Path).TrySetResult(key);
        if (refusal != StatusCodes.Status200OK)
        {
            context.Response.StatusCode = refusal;
            return;
        }

        await AnswerAsync(context, key, transaction, behaviour);
    }

    private async Task TellAsync(HttpContext context, string id)
    {
        var transaction = Of(id);
        Interlocked.Increment(ref transaction.Asks);
        transaction.Asked.TrySetResult();
        if (!IsAllowed(context))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        }
        else if ((transaction.WhenAsked ?? DefaultWhenAsked) is { } behaviour)
        {
            await AnswerAsync(context, id, transaction, behaviour);
        }
        else if (transaction.SettleWhetherActed())
        {
            await AnswerAsync(context, id, transaction, AcquirerBehaviour.Approve);
        }
        else
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            await context.Response.WriteAsJsonAsync(new { transactionId = id, outcome = "neverSeen" }, context.RequestAborted);
        }
    }

    private static async Task AnswerAsync(HttpContext context, string id, Transaction transaction, AcquirerBehaviour behaviour)
    {
        var good = transaction.IsOfCard ? $"\"outcome\":\"approved\",\"authCode\":\"{AuthCode}\"" : "\"outcome\":\"done\"";
        var truth = $$"""{"transactionId":"{{id}}",{{(transaction.IsDeclined ? "\"outcome\":\"declined\"" : good)}}}""";
        switch (behaviour)
        {
            case AcquirerBehaviour.DropAfterAccepting or AcquirerBehaviour.DropBeforeReading:
                context.Abort();
                return;
            case AcquirerBehaviour.ServerError:
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return;
            case AcquirerBehaviour.Refuse:
                context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
                return;
            case AcquirerBehaviour.Redirect:
                context.Response.Redirect("/v1/elsewhere", permanent: false, preserveMethod: true);
                return;
            case AcquirerBehaviour.GatewayNotFound:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                await context.Response.WriteAsync("<h1>404 Not Found</h1>", context.RequestAborted);
                return;
            case AcquirerBehaviour.Delay:
                await transaction.Released.Task.WaitAsync(context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
        }

        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(behaviour switch
        {
            AcquirerBehaviour.Nonsense => "<html>It works!</html>",
            AcquirerBehaviour.HugeAnswer => truth + new string(' ', 64 * 1024),
            AcquirerBehaviour.WrongTransactionId => truth.Replace(id, "another", StringComparison.Ordinal),
            AcquirerBehaviour.NoAuthCode => $$"""{"transactionId":"{{id}}","outcome":"approved"}""",
            AcquirerBehaviour.TwoOutcomes => truth.Replace("}", ",\"outcome\":\"declined\"}", StringComparison.Ordinal),
            _ => truth,
        }, context.RequestAborted);
    }

    private static bool IsAllowed(HttpContext context) => context.Request.Headers.Authorization == $"Bearer {ApiKey}";

    private sealed class Transaction
    {
        public int Posts;
        public int Asks;
        private readonly Lock _lock = new();
        private bool _isSpent;
        private string? _acted;

        public AcquirerBehaviour? Behaviour { get; set; }

        public AcquirerBehaviour? WhenAsked { get; set; }

        public int Acts { get; private set; }

        public bool IsDeclined { get; private set; }

        public JsonNode? Body { get; private set; }

        public string? Path { get; set; }

        /// <summary>Whether it is an attempt on a card, not a request about an earlier transaction.</summary>
        public bool IsOfCard => Path is null or "/v1/authorizations" or "/v1/charges" or "/v1/holds";

        /// <summary>The request that it acted on; null when it has not.</summary>
        public JsonNode? Acted => _acted is null ? null : JsonNode.Parse(_acted);

        public TaskCompletionSource Received { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Asked { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Released { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Acts at most once; also returns true when it has already acted on the identical request.</summary>
        public bool TryAct(JsonNode body, AcquirerBehaviour behaviour)
        {
            lock (_lock)
            {
                Body = body;
                if (_isSpent || behaviour == AcquirerBehaviour.GatewayNotFound)
                {
                    return behaviour == AcquirerBehaviour.GatewayNotFound;
                }

                if (_acted is null)
                {
                    _acted = body.ToJsonString();
                    IsDeclined = behaviour == AcquirerBehaviour.Decline;
                    Acts++;
                }

                return _acted == body.ToJsonString();
            }
        }

        /// <summary>Whether it has acted. If it has not, it never will: the answer "never seen" stays true.</summary>
        public bool SettleWhetherActed()
        {
            lock (_lock)
            {
                _isSpent = _acted is null;
                return _acted is not null;
            }
        }
    }
}

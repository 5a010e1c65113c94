using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Security.Authentication;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.Authorization;

/// <summary>
/// Calls the acquirer over HTTP, by the contract of docs/acquirer.md. A request is repeated only if nothing of it was sent. A request that
/// may have arrived is never sent again; instead the connector asks what became of it.
/// </summary>
/// <remarks>
/// The connector owns its <see cref="HttpClient"/>, because the clients of the factory log requests and can be given handlers that see bodies.
/// Exceptions of the client are not logged, because they may quote what the other side sent.
/// </remarks>
internal sealed partial class AcquirerConnector(IOptions<AcquirerOptions> options, TimeProvider clock, ILogger<AcquirerConnector>? logger = null)
    : IIssuer, IDisposable
{
    private const int MostConnects = 2;
    private readonly Lazy<HttpClient> _client = new(() => Connect(options.Value));
    private readonly ILogger _logger = logger ?? NullLogger<AcquirerConnector>.Instance;
    private readonly AcquirerTelemetry _telemetry = new();
    private int _waiting;

    /// <summary>The number of attempts that wait for the acquirer's answer now.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Whether an acquirer is configured.</summary>
    public bool IsConfigured => options.Value.Address.Length > 0;

    public Task<AuthorizationOutcome> AuthorizeAsync(Tenant tenant, CardDetails card, string transactionId, CancellationToken ct) =>
        AttemptAsync("authorizations", card, amount: null, transactionId, ct);

    public Task<AuthorizationOutcome> ChargeAsync(
        Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct) =>
        AttemptAsync("charges", card, new ChargeAmount(amountInMinorUnits, currencyCode), transactionId, ct);

    public Task<AuthorizationOutcome> HoldAsync(
        Tenant tenant, CardDetails card, long amountInMinorUnits, string currencyCode, string transactionId, CancellationToken ct) =>
        AttemptAsync("holds", card, new ChargeAmount(amountInMinorUnits, currencyCode), transactionId, ct);

    public async Task<AuthorizationOutcome> AskAsync(Tenant tenant, string transactionId, CancellationToken ct) =>
        (await AskAsync(transactionId, AcquirerQuestion.Card, ct)).ToAuthorization(transactionId);

    public async Task<SettlementOutcome> SettleAsync(Tenant tenant, SettlementOrder order, CancellationToken ct)
    {
        var path = order.Kind switch
        {
            SettlementKind.Capture => "captures",
            SettlementKind.Reversal => "reversals",
            _ => "refunds",
        };
        return (await AttemptAsync(path, () => AttemptContent.Of(order), order.TransactionId, AcquirerQuestion.Settlement, ct)).ToSettlement();
    }

    public async Task<SettlementOutcome> AskAsync(Tenant tenant, SettlementOrder order, CancellationToken ct) =>
        (await AskAsync(order.TransactionId, AcquirerQuestion.Settlement, ct)).ToSettlement();

    public void Dispose()
    {
        _telemetry.Dispose();
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }
    }

    private async Task<AuthorizationOutcome> AttemptAsync(string path, CardDetails card, ChargeAmount? amount, string transactionId, CancellationToken ct) =>
        (await AttemptAsync(path, () => AttemptContent.Of(transactionId, card, amount), transactionId, AcquirerQuestion.Card, ct)).ToAuthorization(transactionId);

    private async Task<AcquirerReply> AskAsync(string transactionId, AcquirerQuestion question, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var timer = new CancellationTokenSource(options.Value.Timeout, clock);
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, ct);
        var reply = await _telemetry.MeasureAsync("transactions", clock, () => FindAsync(transactionId, question, budget.Token));
        ct.ThrowIfCancellationRequested();
        return reply;
    }

    private async Task<AcquirerReply> AttemptAsync(
        string path, Func<AttemptContent> compose, string transactionId, AcquirerQuestion question, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        using var timer = new CancellationTokenSource(options.Value.Timeout, clock);
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, ct);
        Interlocked.Increment(ref _waiting);
        try
        {
            var reply = await _telemetry.MeasureAsync(path, clock, () => SendAsync(path, compose, transactionId, question, budget.Token, ct));
            if (reply.Verdict == AcquirerVerdict.Unknown && !budget.IsCancellationRequested)
            {
                // "Never seen" is not accepted as an answer this soon: the request may still be on its way.
                reply = await _telemetry.MeasureAsync("transactions", clock, () => FindAsync(transactionId, question, budget.Token)) is { Verdict: not AcquirerVerdict.NotAttempted } found ? found : reply;
            }

            return reply;
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<AcquirerReply> SendAsync(
        string path, Func<AttemptContent> compose, string transactionId, AcquirerQuestion question, CancellationToken budget, CancellationToken ct)
    {
        for (var connects = 1; ; connects++)
        {
            using var content = compose();
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
            request.Headers.Add("Idempotency-Key", transactionId);
            try
            {
                using var response = await _client.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, budget);
                return await ValidateAsync(response, transactionId, question, budget);
            }
            catch (Exception exception) when (content.MayHaveArrived)
            {
                Log.NoAnswer(_logger, transactionId, ReasonOf(exception));
                return new AcquirerReply(AcquirerVerdict.Unknown);
            }
            catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
            {
                ct.ThrowIfCancellationRequested();
                if (connects == MostConnects || budget.IsCancellationRequested)
                {
                    Log.NotSent(_logger, transactionId, ReasonOf(exception));
                    return new AcquirerReply(AcquirerVerdict.NotAttempted);
                }

                Log.ConnectsAgain(_logger, transactionId, ReasonOf(exception));
            }
        }
    }

    private async Task<AcquirerReply> ValidateAsync(HttpResponseMessage response, string transactionId, AcquirerQuestion question, CancellationToken budget)
    {
        var status = (int)response.StatusCode;
        if (response.StatusCode == HttpStatusCode.OK
            && AcquirerAnswer.TryRead(await ReadAsync(response, budget), transactionId, question, out var reply)
            && reply.Verdict != AcquirerVerdict.NotAttempted)
        {
            return reply;
        }

        if (IsRefusal(response.StatusCode))
        {
            Log.Refused(_logger, transactionId, status);
            return new AcquirerReply(AcquirerVerdict.NotAttempted);
        }

        Log.NotUnderstood(_logger, transactionId, status);
        return new AcquirerReply(AcquirerVerdict.Unknown);
    }

    /// <summary>Asks what became of an attempt. Asking moves no money, and only an answer changes the verdict.</summary>
    private async Task<AcquirerReply> FindAsync(string transactionId, AcquirerQuestion question, CancellationToken budget)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"transactions/{transactionId}");
            using var response = await _client.Value.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, budget);

            // A 404 from a gateway, or below a wrong address, proves nothing. It counts only with the acquirer's own answer in the body.
            if (response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound
                && AcquirerAnswer.TryRead(await ReadAsync(response, budget), transactionId, question, out var reply)
                && (reply.Verdict == AcquirerVerdict.NotAttempted) == response.StatusCode is HttpStatusCode.NotFound)
            {
                return reply;
            }

            Log.NotUnderstood(_logger, transactionId, (int)response.StatusCode);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            Log.NoAnswer(_logger, transactionId, ReasonOf(exception));
        }

        return new AcquirerReply(AcquirerVerdict.Unknown);
    }

    /// <summary>Reads the body of an answer; empty if it is longer than an answer can be.</summary>
    private static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpResponseMessage response, CancellationToken budget)
    {
        var bytes = new byte[AcquirerAnswer.MaximumLength + 1];
        await using var body = await response.Content.ReadAsStreamAsync(budget);
        var length = await body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, budget);
        return length > AcquirerAnswer.MaximumLength ? ReadOnlyMemory<byte>.Empty : bytes.AsMemory(0, length);
    }

    /// <summary>
    /// Whether the status says that the request was refused before the acquirer acted. 409 is not included: it says
    /// that an attempt with this id exists already, and that attempt may have acted.
    /// </summary>
    private static bool IsRefusal(HttpStatusCode status) => status is
        HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden or HttpStatusCode.NotFound
        or HttpStatusCode.MethodNotAllowed or HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType
        or HttpStatusCode.UnprocessableEntity or HttpStatusCode.TooManyRequests;

    private static string ReasonOf(Exception exception) => exception switch
    {
        HttpRequestException { HttpRequestError: not HttpRequestError.Unknown } fault => fault.HttpRequestError.ToString(),
        OperationCanceledException { InnerException: TimeoutException } => "ConnectTimeout",
        OperationCanceledException => "Timeout",
        _ => exception.GetType().Name,
    };

    private static HttpClient Connect(AcquirerOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = options.ConnectTimeout,
            MaxResponseDrainSize = 0,
            MaxResponseHeadersLength = AcquirerAnswer.MaximumLength / 1024,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
            UseProxy = false,
        };
        handler.SslOptions.EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        return new HttpClient(handler)
        {
            BaseAddress = new Uri(options.Address.TrimEnd('/') + "/"),
            DefaultRequestHeaders =
            {
                Accept = { new MediaTypeWithQualityHeaderValue("application/json") },
                Authorization = new AuthenticationHeaderValue("Bearer", AcquirerKey.Load(options.ApiKeyFile)),
            },
            // Each call has its own time budget, which also covers reading the answer.
            Timeout = System.Threading.Timeout.InfiniteTimeSpan,
        };
    }

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Warning, "Transaction {TransactionId}: the acquirer could not be reached ({Reason}); nothing was sent. Connecting once more.")]
        public static partial void ConnectsAgain(ILogger logger, string transactionId, string reason);

        [LoggerMessage(3002, LogLevel.Warning, "Transaction {TransactionId}: the acquirer could not be reached ({Reason}); nothing was sent.")]
        public static partial void NotSent(ILogger logger, string transactionId, string reason);

        [LoggerMessage(3003, LogLevel.Warning, "Transaction {TransactionId}: the acquirer was asked and has not answered ({Reason}).")]
        public static partial void NoAnswer(ILogger logger, string transactionId, string reason);

        [LoggerMessage(3004, LogLevel.Warning, "Transaction {TransactionId}: the acquirer's answer, status {Status}, does not follow the contract.")]
        public static partial void NotUnderstood(ILogger logger, string transactionId, int status);

        [LoggerMessage(3005, LogLevel.Warning, "Transaction {TransactionId}: the acquirer refused the request with status {Status}; it has not acted.")]
        public static partial void Refused(ILogger logger, string transactionId, int status);
    }
}

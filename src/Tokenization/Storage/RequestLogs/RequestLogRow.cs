using System.Net;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Tokenization.Storage.RequestLogs;

/// <summary>A row of <c>request_logs</c>.</summary>
internal sealed record RequestLogRow
{
    /// <summary>All columns.</summary>
    public static ColumnList Columns { get; } = ColumnList.Of<RequestLogRow>();

    /// <summary>The columns that a list reads: all but those that may be long.</summary>
    public static ColumnList Listed { get; } = Columns.Without(nameof(Problem)).Without(nameof(Body));

    public long Id { get; init; }

    public required long AccountId { get; init; }

    public required long LocationId { get; init; }

    public required int Environment { get; init; }

    public long? ApiKeyId { get; init; }

    public required long At { get; init; }

    public required long Duration { get; init; }

    public required string Method { get; init; }

    public required string Route { get; init; }

    public required int Status { get; init; }

    public string? Version { get; init; }

    public required string TraceId { get; init; }

    public string? ClientAddress { get; init; }

    public string? Refusal { get; init; }

    public string? TokenId { get; init; }

    public string? PaymentId { get; init; }

    public string? Problem { get; init; }

    public string? Body { get; init; }

    public RequestLogEntry ToDomain() => new()
    {
        Id = Id,
        Tenant = new Tenant(new AccountId(AccountId), new LocationId(LocationId), (TenantEnvironment)Environment),
        Key = ApiKeyId is { } key ? new ApiKeyId(key) : null,
        At = UnixTime.ToInstant(At),
        Method = Method,
        Route = Route,
        Status = Status,
        Duration = TimeSpan.FromMicroseconds(Duration),
        Version = Version,
        TraceId = TraceId,
        ClientAddress = ClientAddress is null ? null : IPAddress.Parse(ClientAddress),
        Refusal = Refusal,
        TokenId = TokenId,
        PaymentId = PaymentId,
        Problem = RequestLogProblem.Load(Problem),
        Body = Body is null ? null : RequestLogBody.Load(Body),
    };
}

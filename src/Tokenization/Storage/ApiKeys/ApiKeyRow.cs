using System.Net;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tokenization.Storage.ApiKeys;

/// <summary>A row of <c>api_keys</c>.</summary>
internal record ApiKeyRow
{
    /// <summary>The selected columns; all but the id are also inserted.</summary>
    public static readonly ColumnList Columns = ColumnList.Of<ApiKeyRow>();

    public long Id { get; init; }

    public required long AccountId { get; init; }

    public required long LocationId { get; init; }

    public required int Environment { get; init; }

    public required string Name { get; init; }

    public required byte[] Hash { get; init; }

    public required string LastFour { get; init; }

    public required int Scopes { get; init; }

    public required string AllowedNetworks { get; init; }

    public required long CreatedAt { get; init; }

    public long? ExpiresAt { get; init; }

    public long? RetiresAt { get; init; }

    public long? RevokedAt { get; init; }

    public long? SuccessorId { get; init; }

    public required string CreatedBy { get; init; }

    public string? FormId { get; init; }

    public long? LastUsedAt { get; init; }

    public string? LastUsedFrom { get; init; }

    public long? LeakedAt { get; init; }

    /// <summary>Creates the row of a new key.</summary>
    public static ApiKeyRow Of(ApiKeyInsertion insertion) => new()
    {
        AccountId = insertion.Key.Tenant.Account.Value,
        LocationId = insertion.Key.Tenant.Location.Value,
        Environment = (int)insertion.Key.Tenant.Environment,
        Name = insertion.Key.Name,
        Hash = insertion.Secret.Hash(),
        LastFour = insertion.Secret.LastFour,
        Scopes = (int)insertion.Key.Scopes,
        AllowedNetworks = Write(insertion.Key.AllowedNetworks),
        CreatedAt = UnixTime.Of(insertion.At),
        ExpiresAt = UnixTime.Of(insertion.Key.ExpiresAt),
        CreatedBy = insertion.CreatedBy,
        FormId = insertion.FormId,
    };

    /// <summary>Returns the stored form of networks: separated by spaces.</summary>
    public static string Write(IReadOnlyList<IPNetwork>? networks) => string.Join(' ', networks ?? []);

    public ApiKey ToKey() => new(
        new ApiKeyId(Id),
        new Tenant(new AccountId(AccountId), new LocationId(LocationId), (TenantEnvironment)Environment),
        Name,
        (ApiKeyScopes)Scopes,
        LastFour,
        UnixTime.ToInstant(CreatedAt),
        UnixTime.ToInstant(ExpiresAt),
        [.. AllowedNetworks.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(network => IPNetwork.Parse(network))])
    {
        RetiresAt = UnixTime.ToInstant(RetiresAt),
    };
}

/// <summary>A key with what other rows say about it.</summary>
internal sealed record ManagedApiKeyRow : ApiKeyRow
{
    public string? CreatedByName { get; init; }

    public long? PredecessorId { get; init; }

    public ManagedApiKey ToDomain() => new()
    {
        Key = ToKey(),
        CreatedBy = CreatedBy,
        CreatedByName = CreatedByName,
        DeletedAt = UnixTime.ToInstant(RevokedAt),
        Successor = SuccessorId is { } successor ? new ApiKeyId(successor) : null,
        Predecessor = PredecessorId is { } predecessor ? new ApiKeyId(predecessor) : null,
        LastUsedAt = UnixTime.ToInstant(LastUsedAt),
        LastUsedFrom = LastUsedFrom is null ? null : IPAddress.Parse(LastUsedFrom),
        LeakedAt = UnixTime.ToInstant(LeakedAt),
    };
}

using System.Net;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tokenization.Storage.ApiKeys;

/// <summary>A row of <c>api_keys</c>, called <c>k</c> where it is read.</summary>
internal sealed record ApiKeyRow
{
    public const string Columns = """
        k.id AS Id, k.account_id AS AccountId, k.location_id AS LocationId, k.environment AS Environment, k.name AS Name, k.hash AS Hash,
        k.last_four AS LastFour, k.scopes AS Scopes, k.allowed_networks AS AllowedNetworks, k.created_at AS CreatedAt,
        k.expires_at AS ExpiresAt, k.retires_at AS RetiresAt
        """;

    public required long Id { get; init; }

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

    /// <summary>Networks as they are stored.</summary>
    public static string Write(IReadOnlyList<IPNetwork>? networks) => string.Join(' ', networks ?? []);

    /// <summary>Networks as they were stored.</summary>
    public static IReadOnlyList<IPNetwork> ReadNetworks(string stored) =>
        [.. stored.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(network => IPNetwork.Parse(network))];

    public StoredApiKey ToDomain()
    {
        var tenant = new Tenant(new AccountId(AccountId), new LocationId(LocationId), (TenantEnvironment)Environment);
        var key = new ApiKey(
            new ApiKeyId(Id),
            tenant,
            Name,
            (ApiKeyScopes)Scopes,
            LastFour,
            UnixTime.ToInstant(CreatedAt),
            UnixTime.ToInstant(ExpiresAt),
            ReadNetworks(AllowedNetworks));
        return new StoredApiKey(key with { RetiresAt = UnixTime.ToInstant(RetiresAt) }, Hash);
    }
}

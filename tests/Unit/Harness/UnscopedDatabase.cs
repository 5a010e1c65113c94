using System.Data.Common;
using Dojo.Pci.Tokenization.Storage;

namespace Dojo.Pci.Tests.Unit.Harness;

/// <summary>Direct database access for tests, across all tenants.</summary>
internal static class UnscopedDatabase
{
    /// <inheritdoc cref="IDatabase.ReadAsync"/>
    public static Task<T> ReadAsync<T>(this IDatabase database, Func<DbConnection, T> work, CancellationToken ct) => database.ReadAsync(TenantScope.Service, work, ct);

    /// <inheritdoc cref="IDatabase.WriteAsync"/>
    public static Task<T> WriteAsync<T>(this IDatabase database, Func<DbConnection, T> work) => database.WriteAsync(TenantScope.Service, work);
}

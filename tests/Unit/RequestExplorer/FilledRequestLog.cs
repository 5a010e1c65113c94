using System.Net;
using Dojo.Pci.Tests.Unit.RequestLogs;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Tests.Unit.RequestExplorer;

/// <summary>A log of a few thousand rows of two tenants. Two of its segments are indexed; a search has to scan the rest.</summary>
public sealed class FilledRequestLog : IAsyncLifetime
{
    /// <summary>The number of rows.</summary>
    internal const int Rows = 3500;

    private static readonly Tenant s_other = Samples.Tenant with { Location = new LocationId(9) };
    private readonly RequestLogDatabase _database = new();

    /// <summary>The entries in the order in which they were stored.</summary>
    internal IReadOnlyList<RequestLogEntry> Entries { get; private set; } = [];

    internal IRequestSearchStore Search => _database.Search;

    internal IRequestLogStore Store => _database.Store;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        var entries = Enumerable.Range(0, Rows).Select(Entry).ToList();
        foreach (var batch in entries.Chunk(128))
        {
            await Store.InsertAsync(batch);
        }

        (await Store.IndexAsync(2)).ShouldBe(2);
        Entries = [.. entries.Select((entry, i) => entry with { Id = i + 1 })];
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _database.DisposeAsync();

    internal static string TraceOf(int i) => $"00-{i:x16}abcdef0123456789-b7ad6b7169203331-00";

    internal static string TokenOf(int i) => $"si_sandbox_{i:D22}";

    // Long requests end, and are stored, after later ones.
    private static RequestLogEntry Entry(int i) => Samples.Entry with
    {
        Tenant = i % 5 == 4 ? s_other : Samples.Tenant,
        At = Samples.Start.AddSeconds(i % 7 == 0 ? Math.Max(0, i - 60) : i),
        Key = i % 11 == 0 ? null : new ApiKeyId(3 + i % 2),
        Method = i % 3 == 0 ? "GET" : "POST",
        Route = i % 3 == 0 ? "/setup-intents/{id}" : "/setup-intents",
        Status = i % 10 == 0 ? 404 : i % 13 == 0 ? 400 : i % 501 == 0 ? 500 : 200,
        Version = i % 17 == 0 ? "2022-04-07" : "2025-09-10",
        Refusal = i % 10 == 0 ? "NotFound" : i % 13 == 0 ? "CardNumber,Reference" : i % 501 == 0 ? "InternalServerError" : null,
        Duration = TimeSpan.FromMilliseconds(i % 50),
        ClientAddress = IPAddress.Parse(i == 1000 ? "2001:db8::1" : i % 2 == 0 ? "192.0.2.7" : "192.0.2.8"),
        TraceId = TraceOf(i),
        TokenId = i % 4 == 0 ? TokenOf(i) : null,
        Body = i % 3 == 0 ? null : Samples.Body(i % 2 == 0 ? $"Booking {i % 100}" : $"Order {i}"),
    };
}

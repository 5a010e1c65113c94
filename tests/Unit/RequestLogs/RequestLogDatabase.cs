using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.RequestLogs;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tests.Unit.RequestLogs;

/// <summary>A store on a database of its own.</summary>
internal sealed class RequestLogDatabase : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly SqliteDatabase _database;

    public RequestLogDatabase()
    {
        _database = new SqliteDatabase(Options.Create(new StorageOptions { DataDirectory = _directory.Under("data") }), SqliteEngine.Loaded(), TimeProvider.System, NullLogger<SqliteDatabase>.Instance);
        _database.Open(VaultUse.Serving);
        Store = new RequestLogStore(_database);
    }

    public IRequestLogStore Store { get; }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _directory.Dispose();
    }
}

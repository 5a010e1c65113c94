using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.RequestLogs;

/// <summary>A request log store on its own database.</summary>
internal sealed class RequestLogDatabase : IAsyncDisposable
{
    private readonly VaultDirectory _directory = new();
    private readonly ServiceProvider _services;

    public RequestLogDatabase()
    {
        var services = new ServiceCollection();
        services.AddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddTokenization();
        services.Configure<StorageOptions>(_directory.Database.Configure);
        _services = services.BuildServiceProvider();
        _services.GetRequiredService<IDatabase>().Open(VaultUse.Serving);
    }

    public IRequestLogStore Store => _services.GetRequiredService<IRequestLogStore>();

    public IRequestSearchStore Search => _services.GetRequiredService<IRequestSearchStore>();

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _directory.Dispose();
    }
}

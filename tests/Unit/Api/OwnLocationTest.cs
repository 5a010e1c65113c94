using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>A separate location for each test, in which it finds no data of others and may move the clock, and a client with a key for its sandbox.</summary>
public abstract class OwnLocationTest(PortalFactory portal) : IClassFixture<PortalFactory>, IAsyncLifetime
{
    private protected PortalFactory Portal => portal;

    private protected HttpClient Client { get; private set; } = null!;

    private protected Location Location { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Location = await portal.CreateLocationAsync();
        Client = portal.ClientOf((await portal.CreateKeyAsync(location: Location)).Secret);
    }

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

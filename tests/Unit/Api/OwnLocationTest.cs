using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>A location for each test alone, which finds nothing of others in it and may move its clock, and a client with a key for its sandbox.</summary>
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

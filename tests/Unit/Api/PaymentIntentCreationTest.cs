using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>A token, and a client that creates payment intents from it.</summary>
public abstract class PaymentIntentCreationTest(PortalFactory portal) : IClassFixture<PortalFactory>, IAsyncLifetime
{
    private protected PortalFactory Portal => portal;

    private protected HttpClient Client { get; } = portal.SandboxClient();

    private protected string Token { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Token = await Client.TokenOfAsync();

    public ValueTask DisposeAsync()
    {
        Client.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected HttpClient ClientOfVersion(string version)
    {
        var client = portal.SandboxClient();
        client.DefaultRequestHeaders.Remove("version");
        client.DefaultRequestHeaders.Add("version", version);
        return client;
    }
}

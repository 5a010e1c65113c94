using System.Net;
using System.Net.Http.Headers;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.RequestLogs;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.RequestLogs;

/// <summary>The whole portal on its own database, with access to its request log.</summary>
internal sealed class LoggedPortal(int requestsPerSecond = 10_000, Action<IServiceCollection>? replace = null) : WebApplicationFactory<Program>
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _secrets = [];
    private CountedMetrics? _counted;

    /// <summary>The API keys that were created here.</summary>
    public IReadOnlyList<string> Secrets => _secrets;

    /// <summary>Creates a client with a new key of a new location.</summary>
    public async Task<Integration> IntegrateAsync(
        TenantEnvironment environment = TenantEnvironment.Sandbox, ApiKeyScopes scopes = ApiKeyScopes.All, IReadOnlyList<IPNetwork>? networks = null)
    {
        var ct = TestContext.Current.CancellationToken;
        var location = await Services.GetRequiredService<IAccountStore>().CreateAsync("Account", "Location", ct);
        var tenant = new Tenant(location.Account, location.Id, environment);
        var (key, secret) = await Services.GetRequiredService<IApiKeyService>().CreateAsync(new NewApiKey(tenant, "Key", scopes, AllowedNetworks: networks), ct);
        _secrets.Add(secret.Reveal());

        var client = CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", secret.Reveal());
        client.DefaultRequestHeaders.Add("version", "2025-09-10");
        return new Integration(client, key);
    }

    /// <summary>Returns a tenant's log entries, newest first, including those that are not stored yet.</summary>
    public async Task<IReadOnlyList<RequestLogEntry>> LoggedAsync(Tenant tenant)
    {
        await Services.GetRequiredService<RequestLogWriter>().FlushAsync();
        var (store, ct) = (Services.GetRequiredService<IRequestSearchStore>(), TestContext.Current.CancellationToken);
        var found = await store.SearchAsync(tenant, new(), after: null, limit: 1000, ct);
        return [.. (await Task.WhenAll(found.Select(entry => store.FindAsync(tenant, entry.Id!.Value, ct)))).OfType<RequestLogEntry>()];
    }

    /// <summary>Starts counting.</summary>
    public CountedMetrics Count() => _counted ??= new CountedMetrics(Services.GetRequiredService<RequestLogMetrics>());

    /// <summary>Stops the portal and reads all files that it left on disk.</summary>
    public async Task<byte[]> StopAndReadFilesAsync()
    {
        await base.DisposeAsync();
        WaitUntilReleased();
        using var all = new MemoryStream();
        foreach (var file in Directory.EnumerateFiles(_directory.Under("data"), "*", SearchOption.AllDirectories))
        {
            all.Write(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        }

        return all.ToArray();
    }

    public override async ValueTask DisposeAsync()
    {
        _counted?.Dispose();
        await base.DisposeAsync();
        WaitUntilReleased();
        _directory.Dispose();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment("Development");
        builder.UseSetting("Portal:DataDirectory", _directory.Under("data"));
        builder.UseSetting("Vault:KeyDirectory", _directory.Under("keys"));
        builder.UseSetting("Api:RequestsPerSecondPerKey", requestsPerSecond.ToString());

        // Quiet but not off: without any logging there would be no trace ids.
        builder.UseSetting("Logging:LogLevel:Default", "Critical");
        builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore", "Critical");
        builder.ConfigureTestServices(services => replace?.Invoke(services));
    }

    // The program stops by itself when told to, and releases its directory a moment after the factory is disposed.
    private void WaitUntilReleased() => SpinWait.SpinUntil(IsReleased, TimeSpan.FromSeconds(20)).ShouldBeTrue("the portal kept its directory");

    private bool IsReleased()
    {
        try
        {
            using var file = File.Open(_directory.Under("data/portal.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}

/// <summary>A caller of the API with a key.</summary>
internal sealed record Integration(HttpClient Client, ApiKey Key) : IDisposable
{
    public void Dispose() => Client.Dispose();
}

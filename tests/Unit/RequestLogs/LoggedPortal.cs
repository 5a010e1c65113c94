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

/// <summary>The whole portal on a database of its own, with what it logged about requests.</summary>
internal sealed class LoggedPortal(int requestsPerSecond = 10_000, Action<IServiceCollection>? replace = null) : WebApplicationFactory<Program>
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<string> _secrets = [];
    private CountedMetrics? _counted;

    /// <summary>The API keys that were made here.</summary>
    public IReadOnlyList<string> Secrets => _secrets;

    /// <summary>A client with a new key of a new location.</summary>
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

    /// <summary>A tenant's entries, newest first, also those that would be stored only a moment later.</summary>
    public async Task<IReadOnlyList<RequestLogEntry>> LoggedAsync(Tenant tenant)
    {
        await Services.GetRequiredService<RequestLogWriter>().FlushAsync();
        var (store, ct) = (Services.GetRequiredService<IRequestSearchStore>(), TestContext.Current.CancellationToken);
        var found = await store.SearchAsync(tenant, new(), after: null, limit: 1000, ct);
        return [.. (await Task.WhenAll(found.Select(entry => store.FindAsync(tenant, entry.Id!.Value, ct)))).OfType<RequestLogEntry>()];
    }

    /// <summary>Counts from now on.</summary>
    public CountedMetrics Count() => _counted ??= new CountedMetrics(Services.GetRequiredService<RequestLogMetrics>());

    /// <summary>Stops the portal and reads everything that it left on the disk.</summary>
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

        // Quiet, and yet on: without any log there would be no trace ids.
        builder.UseSetting("Logging:LogLevel:Default", "Critical");
        builder.UseSetting("Logging:LogLevel:Microsoft.AspNetCore", "Critical");
        builder.ConfigureTestServices(services => replace?.Invoke(services));
    }

    // The program ends by itself once it is told to stop, and lets go of its directory a moment after the factory is done.
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

/// <summary>Anyone who calls the API with a key.</summary>
internal sealed record Integration(HttpClient Client, ApiKey Key) : IDisposable
{
    public void Dispose() => Client.Dispose();
}

using Dojo.Pci.Portal.Api.SetupIntents;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tests.Unit.Pages.Tokens;
using Dojo.Pci.Tests.Unit.RequestLogs;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.RequestLogs;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Pages.Logs;

/// <summary>The base of tests for pages about the request log, rendered in memory over a real vault.</summary>
public abstract class LogPageTest : TokenPageTest
{
    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Vault.Clock.Advance(Clock.GetUtcNow() - Vault.Clock.GetUtcNow()); // the time of the page
        Services.AddSingleton(Vault.Get<IRequestExplorer>());
        Services.AddSingleton(Vault.Get<IRequestInsight>());
        Services.AddSingleton(Vault.Get<IRequestLogCheck>());
        Services.AddSingleton(Vault.Get<IRequestLogViews>());
        Services.AddSingleton(Vault.Get<IRequestReplay>());
        Services.AddSingleton<IReplayedBody, ReplayedBody>();
    }

    /// <summary>A request by the tenant, made a minute ago.</summary>
    private protected RequestLogEntry Entry => Samples.Entry with { Tenant = Selected.Tenant, Key = null, At = Clock.GetUtcNow().AddMinutes(-1) };

    /// <summary>Adds requests to the log, as if they had been made.</summary>
    private protected async Task LogAsync(params RequestLogEntry[] entries)
    {
        await Vault.Get<IRequestLogStore>().InsertAsync(entries);
        Vault.Get<RequestLogFeed>().Publish(Selected.Tenant);
    }
}

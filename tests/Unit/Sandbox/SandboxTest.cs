using System.Net;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Sandbox;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Sandbox;

/// <summary>A portal whose sandboxes change only when a test says so, and a client with a key of one.</summary>
/// <param name="settings">Settings that override the usual ones.</param>
/// <param name="jobs">The jobs that a test runs itself, besides <see cref="SandboxUpkeep"/>.</param>
public abstract class SandboxTest(IReadOnlyDictionary<string, string?>? settings = null, params Type[] jobs) : IAsyncLifetime
{
    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected PortalFactory Portal { get; } = new()
    {
        Replace = services => services.RemoveLoops([typeof(SandboxUpkeep), .. jobs]),
        Settings = settings ?? new Dictionary<string, string?>(StringComparer.Ordinal),
    };

    private protected HttpClient Client { get; private set; } = null!;

    private protected Tenant Tenant => Portal.SandboxKey.Key.Tenant;

    public async ValueTask InitializeAsync()
    {
        await Portal.InitializeAsync();
        Client = Portal.SandboxClient();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Portal.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected T Get<T>()
        where T : notnull => Portal.Services.GetRequiredService<T>();

    private protected SignedInMember Member(MemberRole role = MemberRole.Owner) =>
        new(new MemberId(7), Tenant.Account, "mia@example.com", "Mia", role, new SessionId(1), Portal.Clock.GetUtcNow(), IPAddress.Loopback);

    private protected Task UpkeepAsync() => Get<SandboxUpkeep>().RunOnceAsync(Ct);

    /// <summary>The newest entries of the audit trail, newest first.</summary>
    private protected async Task<IReadOnlyList<AuditEntry>> TrailAsync(int most) =>
        [.. (await Get<IAuditStore>().ListAsync(Tenant.Account, subject: null, before: null, most, Ct)).Select(recorded => recorded.Entry)];
}

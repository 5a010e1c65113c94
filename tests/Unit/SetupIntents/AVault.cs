using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Customers;
using Dojo.Pci.Tokenization.Storage.Integrity;
using Dojo.Pci.Tokenization.Storage.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Dojo.Pci.Tokenization.Storage.Webhooks;
using Dojo.Pci.Tokenization.Tokens;
using Dojo.Pci.Tokenization.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.SetupIntents;

/// <summary>A vault with one tenant, a clock that a test moves, and a ledger of the changes that its database saw.</summary>
internal sealed class AVault : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 6, 15, 9, 30, 0, TimeSpan.Zero);

    private readonly TestVault _vault;

    private AVault(TestVault vault, FakeTimeProvider clock, Tenant tenant)
    {
        (_vault, Clock, Tenant) = (vault, clock, tenant);
        Ledger = new LifeLedger(vault.Directory);
    }

    public FakeTimeProvider Clock { get; }

    public Tenant Tenant { get; }

    public LifeLedger Ledger { get; }

    public ISetupIntentService Intents => _vault.Get<ISetupIntentService>();

    public DueSweep Sweep => _vault.Get<DueSweep>();

    public ISandboxClock SandboxClock => _vault.Get<ISandboxClock>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <param name="beforeApplying">What to await before a status is changed.</param>
    /// <param name="configure">Configures setup intents.</param>
    /// <param name="findsNothingDue">Whether sweeps find nothing, as when more is due than they process.</param>
    public static async Task<AVault> OpenAsync(
        Func<SetupIntentLife.Transition, Task>? beforeApplying = null, Action<SetupIntentOptions>? configure = null, bool findsNothingDue = false)
    {
        var clock = new FakeTimeProvider(Start);
        var vault = await TestVault.OpenAsync(clock: clock, replace: services =>
        {
            if (beforeApplying is not null || findsNothingDue)
            {
                services.AddSingleton(provider => HeldStore.Around(
                    new SetupIntentStore(provider.GetRequiredService<IDatabase>(), provider.GetRequiredService<SealedTokens>(), provider.GetRequiredService<SavedCardRows>(), provider.GetRequiredService<WebhookOutbox>(), provider.GetRequiredService<TokenFeed>()), beforeApplying ?? (_ => Task.CompletedTask), findsNothingDue));
            }

            services.Configure(configure ?? (_ => { }));
        });
        return new AVault(vault, clock, await vault.NewTenantAsync());
    }

    public async Task<SetupIntent> CreateAsync(
        string? card = VaultSamples.Visa, string expiry = "12/29", DateTimeOffset? expireAt = null, Tenant? tenant = null, string reference = "Booking 4711")
    {
        var owner = tenant ?? Tenant;
        using var validator = new SetupIntentValidator(owner.Environment == TenantEnvironment.Sandbox ? TestCardRule.Required : TestCardRule.Refused);
        validator.Reference(VaultSamples.Utf8(reference));
        if (card is not null)
        {
            validator.CardNumber(VaultSamples.Utf8(card));
            validator.ExpiryDate(VaultSamples.Utf8(expiry));
        }

        if (expireAt is { } instant)
        {
            validator.ExpireAt(instant);
        }

        using var request = validator.Validate().Value.ShouldNotBeNull();
        return (await Intents.CreateAsync(new Caller(owner, "key:7"), request, null)).Value.ShouldNotBeNull();
    }

    public async Task<SetupIntent> GetAsync(string id, Tenant? tenant = null) => (await Intents.GetAsync(tenant ?? Tenant, id, Ct)).Value.ShouldNotBeNull();

    public Task<Result<SetupIntent>> DeleteAsync(string id, bool includeAuthorized = false) => Intents.DeleteAsync(new Caller(Tenant, "key:7"), id, includeAuthorized);

    public async Task<IReadOnlyList<SetupIntent>> ListAsync(SetupIntentFilter? filter = null) =>
        (await Intents.ListAsync(Tenant, filter ?? new SetupIntentFilter(), 100, null, null, Ct)).Value.ShouldNotBeNull().Items;

    public Task KeepHouseAsync() => _vault.Get<RetentionJob>().RunOnceAsync(Ct);

    public Task RetainAsync(int days) => _vault.Get<IAccountStore>().SetRetentionAsync(Tenant.Location, days, Ct);

    public Task<Tenant> NewTenantAsync() => _vault.NewTenantAsync();

    public long RecordIdOf(string id) => _vault.Get<SetupIntentIds>().RecordIdOf(Tenant.Environment, id);

    /// <summary>The status in the row, even if it is out of date.</summary>
    public async Task<SetupIntentStatus> StoredStatusAsync(string id) =>
        (await _vault.Get<ISetupIntentStore>().FindAsync(Tenant, RecordIdOf(id), Ct)).ShouldNotBeNull().Status;

    /// <summary>Whether bytes, given in hexadecimal, are in any file of the data directory.</summary>
    public bool FilesContain(string hex) => _vault.Directory.ReadAllData().AsSpan().IndexOf(Convert.FromHexString(hex)) >= 0;

    public ValueTask DisposeAsync() => _vault.DisposeAsync();
}

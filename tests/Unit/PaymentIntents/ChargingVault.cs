using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.PaymentIntents;

/// <summary>A vault whose production uses a reference acquirer, with a tenant and helpers for tests of charging.</summary>
internal sealed class ChargingVault : IAsyncDisposable
{
    private readonly VaultDirectory _directory = new();
    private readonly TimeProvider _clock;
    private TestVault _vault = null!;

    private ChargingVault(TimeProvider clock, ReferenceAcquirer acquirer) => (_clock, Acquirer) = (clock, acquirer);

    public ReferenceAcquirer Acquirer { get; }

    public VaultDirectory Directory => _directory;

    public Tenant Tenant { get; private set; }

    /// <summary>Whether production has an acquirer; takes effect when the vault is reopened.</summary>
    public bool HasAcquirer { get; set; } = true;

    public ISetupIntentStore SetupIntents => _vault.Get<ISetupIntentStore>();

    public IPaymentIntentStore PaymentIntents => _vault.Get<IPaymentIntentStore>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Caller Caller => new(Tenant, "key:1");

    public static async Task<ChargingVault> OpenAsync(TimeProvider clock, TenantEnvironment environment = TenantEnvironment.Production)
    {
        var vault = new ChargingVault(clock, await ReferenceAcquirer.StartAsync());
        vault._vault = await vault.OpenVaultAsync();
        vault.Tenant = await vault._vault.NewTenantAsync(environment);
        return vault;
    }

    public T Get<T>()
        where T : notnull => _vault.Get<T>();

    /// <summary>Closes the vault and opens another on the same data, as after a crash: whatever was only in memory is lost.</summary>
    public async Task ReopenAsync()
    {
        await _vault.DisposeAsync();
        _vault = await OpenVaultAsync();
    }

    public async Task<SetupIntent> TokenizeAsync(string expiry = "12/29", string? card = null)
    {
        var isSandbox = Tenant.Environment == TenantEnvironment.Sandbox;
        using var request = VaultSamples.Request(
            card: card ?? (isSandbox ? VaultSamples.Visa : VaultSamples.Unlisted),
            expiry: expiry,
            rule: isSandbox ? TestCardRule.Required : TestCardRule.Refused);
        return (await Get<ISetupIntentService>().CreateAsync(Caller, request, idempotencyKey: null)).Value!;
    }

    public async Task<SetupIntent> GetTokenAsync(string token) => (await Get<ISetupIntentService>().GetAsync(Tenant, token, Ct)).Value!;

    public async Task<StoredSetupIntent> GetStoredTokenAsync(string token) =>
        (await SetupIntents.FindAsync(Tenant, Get<SetupIntentIds>().RecordIdOf(Tenant.Environment, token), Ct)).ShouldNotBeNull();

    public Task<Result<SetupIntent>> DeleteTokenAsync(string token) => Get<ISetupIntentService>().DeleteAsync(Caller, token, includeAuthorized: true);

    public Task<Result<PaymentIntent>> TryPrepareAsync(string token) => Get<IPaymentIntentService>().CreateAsync(
        Caller, new PaymentIntentRequest { Amount = new Money(1999, "GBP"), Reference = "Booking 4711", SetupIntentId = token });

    public async Task<PaymentIntent> PrepareAsync(string token) => (await TryPrepareAsync(token)).Value.ShouldNotBeNull();

    /// <summary>Creates a payment intent from a new token.</summary>
    public async Task<PaymentIntent> PrepareAsync() => await PrepareAsync((await TokenizeAsync()).Id);

    /// <summary>Creates a payment intent from a new token that holds an amount of 1999 without capturing it.</summary>
    public async Task<PaymentIntent> HoldAsync(TimeSpan? autoExpireIn = null, AutoExpireAction? action = null)
    {
        var request = new PaymentIntentRequest
        {
            Amount = new Money(1999, "GBP"),
            Reference = "Order 234",
            SetupIntentId = (await TokenizeAsync()).Id,
            CaptureMode = CaptureMode.Manual,
            AutoExpireIn = autoExpireIn,
            AutoExpireAction = action,
        };
        var payment = (await Get<IPaymentIntentService>().CreateAsync(Caller, request)).Value.ShouldNotBeNull();
        (await ChargeAsync(payment)).ShouldBe(ChargeStatus.Successful);
        return payment;
    }

    public Task<Result<Settlement>> CaptureAsync(PaymentIntent payment, long amount, string? key = null) =>
        Get<IPaymentIntentService>().CaptureAsync(Caller, payment.Id, new CaptureRequest(amount, TipsAmount: 0), KeyOf(key));

    public Task<Result<Settlement>> ReverseAsync(PaymentIntent payment) => Get<IPaymentIntentService>().ReverseAsync(Caller, payment.Id, idempotencyKey: null);

    public Task<Result<Settlement>> RefundAsync(PaymentIntent payment, long amount, string key, string? reason = null) =>
        Get<IPaymentIntentService>().RefundAsync(Caller, payment.Id, new RefundRequest(amount, reason, Notes: null), KeyOf(key)!);

    public async Task<PaymentIntent> GetAsync(PaymentIntent payment) =>
        (await Get<IPaymentIntentService>().GetAsync(Tenant, payment.Id, returnCanceled: true, Ct)).Value!;

    public async Task<StoredPaymentIntent> GetStoredAsync(PaymentIntent payment) =>
        (await PaymentIntents.FindAsync(Tenant, Get<PaymentIntentIds>().RecordIdOf(Tenant.Environment, payment.Id), Ct)).ShouldNotBeNull();

    public Task<Result<Charge>> TryChargeAsync(PaymentIntent payment) => Get<IPaymentIntentService>().ChargeAsync(Caller, payment.Id);

    public async Task<ChargeStatus> ChargeAsync(PaymentIntent payment) => (await TryChargeAsync(payment)).Value.ShouldNotBeNull().Status;

    /// <summary>Starts a charge and goes no further, as after a crash. Returns its transaction id.</summary>
    public async Task<string> BeginAndCrashAsync(PaymentIntent payment)
    {
        var stored = await GetStoredAsync(payment);
        var token = (await SetupIntents.FindAsync(Tenant, stored.SetupIntentRecordId!.Value, Ct)).ShouldNotBeNull();
        var attempt = new ChargeAttempt(TransactionIds.New(), _clock.GetUtcNow() + Charges.LeaseTime);
        (await PaymentIntents.BeginAsync(stored, token.Status, attempt)).ShouldBe(BeginOutcome.Begun);
        await ReopenAsync();
        return attempt.TransactionId;
    }

    public async Task KeepHouseAsync()
    {
        await Get<ReconciliationJob>().RunOnceAsync(Ct);
        await Get<RetentionJob>().RunOnceAsync(Ct);
    }

    public Task AllowRepeatedChargesAsync() => Get<IAccountStore>().SetRepeatedChargesAsync(Tenant.Location, allowed: true, Ct);

    private static IdempotencyKey? KeyOf(string? text) => IdempotencyKey.TryCreate(text, out var key) ? key : null;

    /// <summary>Every byte that the vault has stored.</summary>
    public byte[] ReadAllData() => _directory.ReadAllData();

    public async ValueTask DisposeAsync()
    {
        await _vault.DisposeAsync();
        await Acquirer.DisposeAsync();
        _directory.Dispose();
    }

    private Task<TestVault> OpenVaultAsync()
    {
        var keyFile = Path.Combine(_directory.Root, "acquirer.key");
        if (!File.Exists(keyFile))
        {
            File.WriteAllText(keyFile, ReferenceAcquirer.ApiKey);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(keyFile, UnixFileMode.UserRead);
            }
        }

        return TestVault.OpenAsync(_directory, _clock, services => services.Configure<AcquirerOptions>(options =>
        {
            options.Address = HasAcquirer ? Acquirer.Address : "";
            options.ApiKeyFile = keyFile;
        }));
    }
}

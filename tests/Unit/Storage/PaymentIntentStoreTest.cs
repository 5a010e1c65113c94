using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>
/// A vault with two tenants, a token and two payment intents of it. The tests of what every engine must guarantee run on each: see <see cref="TestDatabase"/>.
/// </summary>
public abstract class PaymentIntentStoreTest : IAsyncLifetime
{
    private protected const long Token = 1;
    private protected const long Payment = 101;
    private protected const long OtherPayment = 102;

    private protected static DateTimeOffset At { get; } = new DateTimeOffset(2026, 6, 15, 9, 30, 0, TimeSpan.Zero).AddMicroseconds(123_457);

    private protected static DateTimeOffset Until { get; } = At.AddMinutes(1);

    private protected static ChargeAttempt FirstAttempt { get; } = new("attempt-1", Until);

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected static PaymentIntentEvent Created => new(PaymentIntentEventType.Created, At, "key:1", "created on request");

    private protected static PaymentIntentEvent Canceled => new(PaymentIntentEventType.Canceled, At.AddSeconds(1), "key:1", "deleted on request");

    private protected static PaymentIntentEvent Captured => new(PaymentIntentEventType.Captured, At.AddSeconds(2), "issuer", "the issuer approved", "attempt-1", "A1B2C3", 1999);

    private protected static PaymentIntentEvent Unknown => new(PaymentIntentEventType.Unknown, At.AddSeconds(1), "issuer", "the issuer's answer is not known", "attempt-1");

    private protected TestVault Vault { get; private set; } = null!;

    private protected Tenant Tenant { get; private set; }

    private protected Tenant Stranger { get; private set; }

    private protected IPaymentIntentStore Store => Vault.Get<IPaymentIntentStore>();

    private protected ISetupIntentStore Tokens => Vault.Get<ISetupIntentStore>();

    public async ValueTask InitializeAsync()
    {
        Vault = await TestVault.OpenAsync();
        Tenant = await Vault.NewTenantAsync();
        Stranger = await Vault.NewTenantAsync();
        await Tokens.InsertAsync(AToken(Token), [new(SetupIntentEventType.Created, At, "key:1", "created on request")], null);
        await Store.InsertAsync(APayment(Payment), Created);
        await Store.InsertAsync(APayment(OtherPayment), Created);
    }

    public async ValueTask DisposeAsync()
    {
        await Vault.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    private protected StoredSetupIntent AToken(long recordId) => new(
        recordId,
        Tenant,
        SetupIntentStatus.Authorized,
        At,
        At,
        "reference",
        Description: null,
        Metadata: null,
        new StoredCard(new MaskedCardNumber("41111111", "1111"), CardScheme.Visa, new CardExpiry(2029, 12), [1, 2, 3], [4, 5, 6]));

    private protected StoredPaymentIntent APayment(long recordId) => new(
        recordId,
        Tenant,
        Token,
        PaymentIntentStatus.Created,
        new Money(1999, "GBP"),
        "reference",
        Metadata: null,
        DetailsJson: null,
        At,
        At,
        At.AddDays(30),
        Attempt: null);

    private protected Task<BeginOutcome> BeginAsync(ChargeAttempt? attempt = null) =>
        Store.BeginAsync(APayment(Payment), SetupIntentStatus.Authorized, attempt ?? FirstAttempt);

    private protected async Task<StoredPaymentIntent> FindAsync(long recordId = Payment) => (await Store.FindAsync(Tenant, recordId, Ct)).ShouldNotBeNull();

    private protected async Task<StoredSetupIntent> FindTokenAsync() => (await Tokens.FindAsync(Tenant, Token, Ct)).ShouldNotBeNull();
}

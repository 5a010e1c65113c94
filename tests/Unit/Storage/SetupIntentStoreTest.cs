using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>A vault with two tenants, and setup intents to store in it. The tests of what every engine must guarantee run on each: see <see cref="TestDatabase"/>.</summary>
public abstract class SetupIntentStoreTest : IAsyncLifetime
{
    private protected static DateTimeOffset At { get; } = new DateTimeOffset(2026, 6, 15, 9, 30, 0, TimeSpan.Zero).AddMicroseconds(123_457);

    private protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private protected static SetupIntentEvent[] Created => [new(SetupIntentEventType.Created, At, "key:1", "created on request")];

    private protected TestVault Vault { get; private set; } = null!;

    private protected Tenant Tenant { get; private set; }

    private protected Tenant Stranger { get; private set; }

    private protected ISetupIntentStore Store => Vault.Get<ISetupIntentStore>();

    public async ValueTask InitializeAsync()
    {
        Vault = await TestVault.OpenAsync();
        Tenant = await Vault.NewTenantAsync();
        Stranger = await Vault.NewTenantAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Vault.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Returns the stored events of a setup intent, in order.</summary>
    private protected static Task<IReadOnlyList<SetupIntentEvent>> EventsOfAsync(TestVault vault, long recordId) =>
        vault.Get<IDatabase>().ReadAsync<IReadOnlyList<SetupIntentEvent>>(
            connection =>
            [
                .. connection.Query<(string Type, long At, string Actor, string Cause, string? TransactionId, string? AuthCode)>(
                    "SELECT type, at, actor, cause, transaction_id, auth_code FROM setup_intent_events WHERE setup_intent_id = @recordId ORDER BY position", new { recordId })
                    .Select(row => new SetupIntentEvent(
                        Enum.Parse<SetupIntentEventType>(row.Type), DateTimeOffset.UnixEpoch.AddMicroseconds(row.At), row.Actor, row.Cause, row.TransactionId, row.AuthCode)),
            ],
            Ct);

    private protected StoredSetupIntent AnIntent(long recordId) =>
        new(recordId, Tenant, SetupIntentStatus.Created, At, At, "reference", Description: null, Metadata: null, Card: null);

    private protected StoredSetupIntent AnAuthorized(long recordId) => AnIntent(recordId) with
    {
        Status = SetupIntentStatus.Authorized,
        Card = new StoredCard(new MaskedCardNumber("41111111", "1111"), CardScheme.Visa, new CardExpiry(2029, 12), [1], [2]),
    };

    private protected async Task BeginChargingAsync(long recordId)
    {
        var payment = new StoredPaymentIntent(
            100, Tenant, recordId, PaymentIntentStatus.Created, new Money(1, "GBP"), "reference", Metadata: null, DetailsJson: null, At, At, At.AddDays(30), Attempt: null);
        var payments = Vault.Get<IPaymentIntentStore>();
        await payments.InsertAsync(payment, new PaymentIntentEvent(PaymentIntentEventType.Created, At, "key:1", "created on request"));
        (await payments.BeginAsync(payment, SetupIntentStatus.Authorized, new ChargeAttempt("attempt", At.AddMinutes(1)))).ShouldBe(BeginOutcome.Begun);
    }

    private protected Task<StoredSetupIntent?> FindAsync(Tenant tenant, long recordId) => Store.FindAsync(tenant, recordId, Ct);
}

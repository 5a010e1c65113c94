using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>The changes to a stored setup intent: transitions, the end of its card, a new client secret.</summary>
public sealed class MovingSetupIntentsTests : SetupIntentStoreTest
{
    [Fact]
    public async Task A_transition_changes_the_status_and_adds_its_event()
    {
        var card = new StoredCard(new MaskedCardNumber("41111111", "1111"), CardScheme.Visa, new CardExpiry(2029, 12), [1], [2]);
        var intent = AnIntent(1) with { Card = card };
        await Store.InsertAsync(intent, Created, null);

        var after = (await Store.ApplyAsync(Cancel(intent))).ShouldNotBeNull();

        after.Status.ShouldBe(SetupIntentStatus.Canceled);
        var found = (await FindAsync(Tenant, 1)).ShouldNotBeNull();
        found.Status.ShouldBe(SetupIntentStatus.Canceled);
        found.UpdatedAt.ShouldBe(At.AddHours(1));
        found.DueAt.ShouldBeNull();
        found.Card.ShouldNotBeNull().HoldsData.ShouldBeFalse();
        (await EventsOfAsync(Vault, 1)).ShouldBe([.. Created, Cancel(intent).Event]);
        (await Store.ListEventsAsync(Tenant, 1, Ct)).ShouldBe([.. Created, Cancel(intent).Event]);
    }

    [Fact]
    public async Task A_transition_from_a_status_that_it_no_longer_has_is_none()
    {
        var intent = AnIntent(1);
        await Store.InsertAsync(intent, Created, null);
        (await Store.ApplyAsync(Cancel(intent))).ShouldNotBeNull();
        var expire = SetupIntentLife.Move(intent, SetupIntentTrigger.Expire, At.AddHours(2), "vault", "a cause").ShouldNotBeNull();

        (await Store.ApplyAsync(expire)).ShouldBeNull();
        (await Store.ApplyAsync(Cancel(intent))).ShouldBeNull();

        var found = (await FindAsync(Tenant, 1)).ShouldNotBeNull();
        found.Status.ShouldBe(SetupIntentStatus.Canceled);
        found.UpdatedAt.ShouldBe(At.AddHours(1));
        (await EventsOfAsync(Vault, 1)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_transition_while_it_is_being_charged_is_none()
    {
        var intent = AnAuthorized(1);
        await Store.InsertAsync(intent, Created, null);
        await BeginChargingAsync(1);
        var close = SetupIntentLife.Move(intent, SetupIntentTrigger.Close, At.AddHours(1), "key:1", "a cause").ShouldNotBeNull();

        (await Store.ApplyAsync(close)).ShouldBeNull();

        var found = (await FindAsync(Tenant, 1)).ShouldNotBeNull();
        found.Status.ShouldBe(SetupIntentStatus.Authorized);
        found.Card.ShouldNotBeNull().HoldsData.ShouldBeTrue();
        (await EventsOfAsync(Vault, 1)).ShouldBe(Created);
    }

    [Fact]
    public async Task A_transition_of_what_was_read_before_a_decline_does_not_bring_its_card_back()
    {
        await Store.InsertAsync(AnUnresolved(1), Created, null);
        var read = (await FindAsync(Tenant, 1)).ShouldNotBeNull();
        var declined = new SetupIntentEvent(SetupIntentEventType.Declined, At.AddMinutes(1), "issuer", "a cause", "attempt");
        await Store.RecordDeclineAsync(read, declined);

        var expire = SetupIntentLife.Move(read, SetupIntentTrigger.Expire, At.AddHours(1), "vault", "a cause").ShouldNotBeNull();
        (await Store.ApplyAsync(expire)).ShouldNotBeNull();

        var found = (await FindAsync(Tenant, 1)).ShouldNotBeNull();
        found.Status.ShouldBe(SetupIntentStatus.Expired);
        found.Card.ShouldNotBeNull().SealedRecord.ShouldBeNull();
        found.Card.Fingerprint.ShouldBe([1], "else nothing would tell that the record alone was destroyed");
        found.Attempt.ShouldBeNull();
        (await EventsOfAsync(Vault, 1)).ShouldBe([.. Created, declined, expire.Event]);
    }

    [Fact]
    public async Task A_transition_without_anything_destroyed_before_keeps_the_card()
    {
        await Store.InsertAsync(AnUnresolved(1), Created, null);
        var read = (await FindAsync(Tenant, 1)).ShouldNotBeNull();

        (await Store.ApplyAsync(SetupIntentLife.Move(read, SetupIntentTrigger.Expire, At.AddHours(1), "vault", "a cause").ShouldNotBeNull())).ShouldNotBeNull();

        var card = (await FindAsync(Tenant, 1)).ShouldNotBeNull().Card.ShouldNotBeNull();
        card.SealedRecord.ShouldBe([2]);
        card.Fingerprint.ShouldBe([1]);
    }

    [Fact]
    public async Task A_transition_of_what_another_tenant_has_is_none()
    {
        await Store.InsertAsync(AnIntent(1), Created, null);

        (await Store.ApplyAsync(Cancel(AnIntent(1) with { Tenant = Stranger }))).ShouldBeNull();
        (await Store.ApplyAsync(Cancel(AnIntent(1) with { Tenant = Tenant with { Environment = TenantEnvironment.Production } }))).ShouldBeNull();

        (await FindAsync(Tenant, 1)).ShouldNotBeNull().Status.ShouldBe(SetupIntentStatus.Created);
        (await EventsOfAsync(Vault, 1)).ShouldBe(Created);
    }

    [Fact]
    public async Task Of_many_transitions_at_once_exactly_one_is_made()
    {
        await Store.InsertAsync(AnIntent(1), Created, null);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => Store.ApplyAsync(Cancel(AnIntent(1))), Ct)));

        outcomes.Count(outcome => outcome is not null).ShouldBe(1);
        (await EventsOfAsync(Vault, 1)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Card_data_is_destroyed_once_and_with_one_event()
    {
        var destroyed = new SetupIntentEvent(SetupIntentEventType.CardDataDestroyed, At.AddDays(2), "vault", "a cause");
        var intent = AnAuthorized(1) with { Status = SetupIntentStatus.Completed, DueAt = At.AddDays(1) };
        await Store.InsertAsync(intent, Created, null);

        await Store.DestroyCardDataAsync(intent, destroyed);
        await Store.DestroyCardDataAsync(intent, destroyed);

        var found = (await FindAsync(Tenant, 1)).ShouldNotBeNull();
        found.Card.ShouldNotBeNull().HoldsData.ShouldBeFalse();
        found.Card.Masked.ToString().ShouldBe("41111111****1111");
        found.DueAt.ShouldBeNull();
        (await EventsOfAsync(Vault, 1)).ShouldBe([.. Created, destroyed]);
    }

    [Fact]
    public async Task Card_data_whose_retention_was_prolonged_meanwhile_is_not_destroyed()
    {
        var intent = AnAuthorized(1) with { Status = SetupIntentStatus.Completed, DueAt = At.AddDays(90) };
        await Store.InsertAsync(intent, Created, null);
        await Vault.Get<IAccountStore>().SetRetentionAsync(Tenant.Location, 100, Ct);

        await Store.DestroyCardDataAsync(intent, new SetupIntentEvent(SetupIntentEventType.CardDataDestroyed, At.AddDays(95), "vault", "a cause"));

        var found = (await FindAsync(Tenant, 1)).ShouldNotBeNull();
        found.Card.ShouldNotBeNull().HoldsData.ShouldBeTrue();
        found.DueAt.ShouldBe(At.AddDays(100));
        (await EventsOfAsync(Vault, 1)).ShouldBe(Created);
    }

    [Fact]
    public async Task A_renewed_client_secret_is_another_one_and_nothing_else_is_changed()
    {
        var intent = AnIntent(1) with { ClientSecret = new ClientSecretState(0, At.AddMinutes(30)) };
        await Store.InsertAsync(intent, Created, null);

        (await Store.RenewClientSecretAsync(intent, At.AddHours(1))).ShouldBe(new ClientSecretState(1, At.AddHours(1)));
        (await Store.RenewClientSecretAsync(intent, At.AddHours(2))).ShouldBe(new ClientSecretState(2, At.AddHours(2)));

        (await FindAsync(Tenant, 1)).ShouldBe(intent with { ClientSecret = new ClientSecretState(2, At.AddHours(2)) });
        (await EventsOfAsync(Vault, 1)).ShouldBe(Created);
    }

    private StoredSetupIntent AnUnresolved(long recordId) => AnAuthorized(recordId) with
    {
        Status = SetupIntentStatus.Created,
        ExpireAt = At.AddHours(1),
        DueAt = At.AddHours(1),
        Attempt = new UnresolvedAttempt("attempt", At),
    };

    private static SetupIntentLife.Transition Cancel(StoredSetupIntent intent) =>
        SetupIntentLife.Move(intent, SetupIntentTrigger.Cancel, At.AddHours(1), "key:1", "a cause").ShouldNotBeNull();
}

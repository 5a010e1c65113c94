using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>What every engine has to keep. A class per engine derives from this and says how to open it.</summary>
public abstract class SetupIntentStoreContract : IAsyncLifetime
{
    private static readonly DateTimeOffset s_at = new DateTimeOffset(2026, 6, 15, 9, 30, 0, TimeSpan.Zero).AddMicroseconds(123_457);
    private TestVault _vault = null!;
    private Tenant _tenant;
    private Tenant _stranger;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ISetupIntentStore Store => _vault.Get<ISetupIntentStore>();

    public async ValueTask InitializeAsync()
    {
        _vault = await OpenAsync();
        _tenant = await _vault.NewTenantAsync();
        _stranger = await _vault.NewTenantAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _vault.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task What_is_inserted_is_found_by_its_tenant_exactly_as_it_was()
    {
        var card = new StoredCard(new MaskedCardNumber("41111111", "1111"), CardScheme.Visa, new CardExpiry(2029, 12), [1, 2, 3], [4, 5, 6]);
        var intent = AnIntent(1) with { Description = "Zwölf Zimmer \U0001F4B3\n'; DROP TABLE accounts; --", Card = card, UpdatedAt = s_at.AddMicroseconds(1) };
        (await Store.InsertAsync(intent, Created, null)).ShouldBe(InsertOutcome.Inserted);

        var found = await FindAsync(_tenant, 1);

        found.ShouldNotBeNull();
        (found with { Card = null }).ShouldBe(intent with { Card = null });
        found.Card.ShouldNotBeNull().ShouldSatisfyAllConditions(
            kept => kept.Masked.ShouldBe(card.Masked),
            kept => kept.Scheme.ShouldBe(card.Scheme),
            kept => kept.Expiry.ShouldBe(card.Expiry),
            kept => kept.Fingerprint.ShouldBe(card.Fingerprint),
            kept => kept.SealedRecord.ShouldBe(card.SealedRecord));
    }

    [Fact]
    public async Task What_was_not_given_is_found_as_nothing()
    {
        await Store.InsertAsync(AnIntent(1), Created, null);

        var found = (await FindAsync(_tenant, 1)).ShouldNotBeNull();
        found.Description.ShouldBeNull();
        found.Metadata.ShouldBeNull();
        found.Card.ShouldBeNull();
    }

    [Fact]
    public async Task A_card_that_is_not_kept_leaves_its_mask()
    {
        var card = new StoredCard(new MaskedCardNumber("", "0009"), CardScheme.Maestro, new CardExpiry(2020, 1), [1], SealedRecord: null);
        await Store.InsertAsync(AnIntent(1) with { Card = card }, Created, null);

        var found = (await FindAsync(_tenant, 1)).ShouldNotBeNull().Card.ShouldNotBeNull();
        found.SealedRecord.ShouldBeNull();
        found.Masked.ToString().ShouldBe("****0009");
    }

    [Fact]
    public async Task It_is_found_together_with_its_history_by_its_tenant_alone()
    {
        await Store.InsertAsync(AnIntent(1), Created, null);

        var (intent, events) = (await Store.FindWithEventsAsync(_tenant, 1, Ct)).ShouldNotBeNull();

        intent.ShouldBe(await FindAsync(_tenant, 1));
        events.ShouldBe(await Store.ListEventsAsync(_tenant, 1, Ct));
        events.ShouldNotBeEmpty();
        (await Store.FindWithEventsAsync(_tenant, 2, Ct)).ShouldBeNull();
        (await Store.FindWithEventsAsync(_stranger, 1, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task No_other_location_environment_or_account_finds_it()
    {
        await Store.InsertAsync(AnIntent(1), Created, null);

        (await FindAsync(_stranger, 1)).ShouldBeNull();
        (await FindAsync(_tenant with { Location = _stranger.Location }, 1)).ShouldBeNull();
        (await FindAsync(_tenant with { Account = _stranger.Account }, 1)).ShouldBeNull();
        (await FindAsync(_tenant with { Environment = TenantEnvironment.Production }, 1)).ShouldBeNull();
        (await FindAsync(_tenant, 2)).ShouldBeNull();
    }

    [Fact]
    public async Task Metadata_keeps_its_order_and_every_character()
    {
        Dictionary<string, string> metadata = new(StringComparer.Ordinal) { ["z"] = "1", ["a"] = "", ["\"<é\U0001F4B3>"] = "\\\u2028\t", ["B"] = "<script>" };
        await Store.InsertAsync(AnIntent(1) with { Metadata = metadata }, Created, null);

        (await FindAsync(_tenant, 1)).ShouldNotBeNull().Metadata.ShouldNotBeNull().ToArray().ShouldBe(metadata.ToArray());
    }

    [Fact]
    public async Task Empty_metadata_is_not_none()
    {
        await Store.InsertAsync(AnIntent(1) with { Metadata = new Dictionary<string, string>(StringComparer.Ordinal) }, Created, null);

        (await FindAsync(_tenant, 1)).ShouldNotBeNull().Metadata.ShouldNotBeNull().ShouldBeEmpty();
    }

    [Fact]
    public async Task Events_are_stored_in_order_with_the_intent()
    {
        SetupIntentEvent[] events =
        [
            new(SetupIntentEventType.Created, s_at, "key:12", "created on request"),
            new(SetupIntentEventType.Authorized, s_at.AddMicroseconds(1), "issuer", "the issuer approved", "transaction", "012345"),
        ];
        await Store.InsertAsync(AnIntent(1), events, null);
        await Store.InsertAsync(AnIntent(2), Created, null);

        (await EventsOfAsync(_vault, 1)).ShouldBe(events);
        (await EventsOfAsync(_vault, 2)).ShouldBe(Created);
    }

    [Fact]
    public async Task When_a_part_cannot_be_stored_nothing_is()
    {
        await _vault.Get<IAccountStore>().SetUniqueReferencesAsync(_tenant.Location, unique: true, Ct);
        SetupIntentEvent[] broken = [Created[0], new(SetupIntentEventType.Authorized, s_at, Actor: null!, "a cause")];
        await Should.ThrowAsync<Exception>(() => Store.InsertAsync(AnIntent(1), broken, null));

        (await FindAsync(_tenant, 1)).ShouldBeNull();
        (await EventsOfAsync(_vault, 1)).ShouldBeEmpty();

        // Not even the reference is taken.
        (await Store.InsertAsync(AnIntent(2), Created, null)).ShouldBe(InsertOutcome.Inserted);
    }

    [Fact]
    public async Task A_record_id_is_never_used_twice()
    {
        await Store.InsertAsync(AnIntent(1), Created, null);
        await Should.ThrowAsync<Exception>(() => Store.InsertAsync(AnIntent(1) with { Tenant = _stranger, Reference = "other" }, Created, null));

        (await FindAsync(_tenant, 1)).ShouldNotBeNull().Reference.ShouldBe("reference");
        (await FindAsync(_stranger, 1)).ShouldBeNull();
    }

    [Fact]
    public async Task The_last_record_id_is_the_largest_of_all_tenants()
    {
        (await Store.FindLastRecordIdAsync(Ct)).ShouldBe(0);
        await Store.InsertAsync(AnIntent(long.MaxValue - 1) with { Tenant = _stranger }, Created, null);
        await Store.InsertAsync(AnIntent(7), Created, null);

        (await Store.FindLastRecordIdAsync(Ct)).ShouldBe(long.MaxValue - 1);
    }

    [Fact]
    public async Task A_reference_may_be_repeated_until_the_location_wants_each_once()
    {
        (await Store.InsertAsync(AnIntent(1), Created, null)).ShouldBe(InsertOutcome.Inserted);
        (await Store.InsertAsync(AnIntent(2), Created, null)).ShouldBe(InsertOutcome.Inserted);

        await SetUniqueAsync(true);

        (await Store.InsertAsync(AnIntent(3), Created, null)).ShouldBe(InsertOutcome.ReferenceTaken, "it was there before");
        (await FindAsync(_tenant, 3)).ShouldBeNull();
        (await Store.InsertAsync(AnIntent(4) with { Reference = "new" }, Created, null)).ShouldBe(InsertOutcome.Inserted);
        (await Store.InsertAsync(AnIntent(5) with { Reference = "new" }, Created, null)).ShouldBe(InsertOutcome.ReferenceTaken);
        (await Store.InsertAsync(AnIntent(6) with { Reference = "NEW" }, Created, null)).ShouldBe(InsertOutcome.Inserted);
    }

    [Fact]
    public async Task References_used_while_it_was_off_are_taken_once_it_is_on_again()
    {
        await SetUniqueAsync(true);
        await SetUniqueAsync(false);
        (await Store.InsertAsync(AnIntent(1), Created, null)).ShouldBe(InsertOutcome.Inserted);
        await SetUniqueAsync(true);

        (await Store.InsertAsync(AnIntent(2), Created, null)).ShouldBe(InsertOutcome.ReferenceTaken);
        await SetUniqueAsync(false);
        (await Store.InsertAsync(AnIntent(3), Created, null)).ShouldBe(InsertOutcome.Inserted);
    }

    [Fact]
    public async Task Unique_references_are_so_within_one_location_and_environment()
    {
        await SetUniqueAsync(true);
        await Store.InsertAsync(AnIntent(1), Created, null);

        (await Store.InsertAsync(AnIntent(2) with { Tenant = _stranger }, Created, null)).ShouldBe(InsertOutcome.Inserted);
        (await Store.InsertAsync(AnIntent(3) with { Tenant = _stranger }, Created, null)).ShouldBe(InsertOutcome.Inserted);
        (await Store.InsertAsync(AnIntent(4) with { Tenant = _tenant with { Environment = TenantEnvironment.Production } }, Created, null)).ShouldBe(InsertOutcome.Inserted);
    }

    [Fact]
    public async Task Of_many_with_one_reference_at_once_exactly_one_is_stored()
    {
        await SetUniqueAsync(true);

        var outcomes = await Task.WhenAll(Enumerable.Range(1, 50).Select(id => Task.Run(() => Store.InsertAsync(AnIntent(id), Created, null), Ct)));

        outcomes.Count(outcome => outcome == InsertOutcome.Inserted).ShouldBe(1);
    }

    [Fact]
    public async Task An_idempotency_claim_is_answered_by_the_insert_that_names_it()
    {
        var claims = _vault.Get<IIdempotencyStore>();
        var claim = new IdempotencyClaim(_tenant, [1], [2], 1, s_at, s_at.AddMinutes(1));
        await claims.ClaimAsync(claim);
        (await claims.ClaimAsync(claim)).ShouldBeOfType<ClaimOutcome.Running>();
        await Store.InsertAsync(AnIntent(1), Created, [1]);

        (await claims.ClaimAsync(claim)).ShouldBeOfType<ClaimOutcome.Answered>().Intent.RecordId.ShouldBe(1);
        (await claims.ClaimAsync(claim with { BodyHash = [3] })).ShouldBeOfType<ClaimOutcome.OtherRequest>();
        (await claims.ClaimAsync(claim with { Tenant = _stranger, RecordId = 9 })).ShouldBe(new ClaimOutcome.Granted(9));

        // What is answered stays answered.
        await claims.ReleaseAsync(_tenant, [1], recordId: 1);
        (await claims.ClaimAsync(claim)).ShouldBeOfType<ClaimOutcome.Answered>();
    }

    [Fact]
    public async Task Giving_a_claim_up_twice_leaves_the_claim_that_someone_else_made_in_between()
    {
        await SetUniqueAsync(true);
        await Store.InsertAsync(AnIntent(1), Created, null);
        var claims = _vault.Get<IIdempotencyStore>();
        var claim = new IdempotencyClaim(_tenant, [1], [2], 2, s_at, s_at.AddMinutes(1));
        await claims.ClaimAsync(claim);
        (await Store.InsertAsync(AnIntent(2), Created, [1])).ShouldBe(InsertOutcome.ReferenceTaken);
        (await claims.ClaimAsync(claim with { RecordId = 3 })).ShouldBe(new ClaimOutcome.Granted(3));

        await claims.ReleaseAsync(_tenant, [1], recordId: 2);

        (await claims.ClaimAsync(claim with { RecordId = 4 })).ShouldBeOfType<ClaimOutcome.Running>();
        await claims.ReleaseAsync(_tenant, [1], recordId: 3);
        (await claims.ClaimAsync(claim with { RecordId = 4 })).ShouldBe(new ClaimOutcome.Granted(4));
    }

    [Fact]
    public async Task A_transition_changes_the_status_and_adds_its_event()
    {
        var card = new StoredCard(new MaskedCardNumber("41111111", "1111"), CardScheme.Visa, new CardExpiry(2029, 12), [1], [2]);
        var intent = AnIntent(1) with { Card = card };
        await Store.InsertAsync(intent, Created, null);

        var after = (await Store.ApplyAsync(Cancel(intent))).ShouldNotBeNull();

        after.Status.ShouldBe(SetupIntentStatus.Canceled);
        var found = (await FindAsync(_tenant, 1)).ShouldNotBeNull();
        found.Status.ShouldBe(SetupIntentStatus.Canceled);
        found.UpdatedAt.ShouldBe(s_at.AddHours(1));
        found.DueAt.ShouldBeNull();
        found.Card.ShouldNotBeNull().HoldsData.ShouldBeFalse();
        (await EventsOfAsync(_vault, 1)).ShouldBe([.. Created, Cancel(intent).Event]);
        (await Store.ListEventsAsync(_tenant, 1, Ct)).ShouldBe([.. Created, Cancel(intent).Event]);
    }

    [Fact]
    public async Task A_transition_from_a_status_that_it_no_longer_has_is_none()
    {
        var intent = AnIntent(1);
        await Store.InsertAsync(intent, Created, null);
        (await Store.ApplyAsync(Cancel(intent))).ShouldNotBeNull();
        var expire = SetupIntentLife.Move(intent, SetupIntentTrigger.Expire, s_at.AddHours(2), "vault", "a cause").ShouldNotBeNull();

        (await Store.ApplyAsync(expire)).ShouldBeNull();
        (await Store.ApplyAsync(Cancel(intent))).ShouldBeNull();

        var found = (await FindAsync(_tenant, 1)).ShouldNotBeNull();
        found.Status.ShouldBe(SetupIntentStatus.Canceled);
        found.UpdatedAt.ShouldBe(s_at.AddHours(1));
        (await EventsOfAsync(_vault, 1)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_transition_while_it_is_being_charged_is_none()
    {
        var intent = AnAuthorized(1);
        await Store.InsertAsync(intent, Created, null);
        await BeginChargingAsync(1);
        var close = SetupIntentLife.Move(intent, SetupIntentTrigger.Close, s_at.AddHours(1), "key:1", "a cause").ShouldNotBeNull();

        (await Store.ApplyAsync(close)).ShouldBeNull();

        var found = (await FindAsync(_tenant, 1)).ShouldNotBeNull();
        found.Status.ShouldBe(SetupIntentStatus.Authorized);
        found.Card.ShouldNotBeNull().HoldsData.ShouldBeTrue();
        (await EventsOfAsync(_vault, 1)).ShouldBe(Created);
    }

    [Fact]
    public async Task A_transition_of_what_was_read_before_a_decline_does_not_bring_its_card_back()
    {
        await Store.InsertAsync(AnUnresolved(1), Created, null);
        var read = (await FindAsync(_tenant, 1)).ShouldNotBeNull();
        var declined = new SetupIntentEvent(SetupIntentEventType.Declined, s_at.AddMinutes(1), "issuer", "a cause", "attempt");
        await Store.RecordDeclineAsync(read, declined);

        var expire = SetupIntentLife.Move(read, SetupIntentTrigger.Expire, s_at.AddHours(1), "vault", "a cause").ShouldNotBeNull();
        (await Store.ApplyAsync(expire)).ShouldNotBeNull();

        var found = (await FindAsync(_tenant, 1)).ShouldNotBeNull();
        found.Status.ShouldBe(SetupIntentStatus.Expired);
        found.Card.ShouldNotBeNull().SealedRecord.ShouldBeNull();
        found.Card.Fingerprint.ShouldBe([1], "else nothing would tell that the record alone was destroyed");
        found.Attempt.ShouldBeNull();
        (await EventsOfAsync(_vault, 1)).ShouldBe([.. Created, declined, expire.Event]);
    }

    [Fact]
    public async Task A_transition_without_anything_destroyed_before_keeps_the_card()
    {
        await Store.InsertAsync(AnUnresolved(1), Created, null);
        var read = (await FindAsync(_tenant, 1)).ShouldNotBeNull();

        (await Store.ApplyAsync(SetupIntentLife.Move(read, SetupIntentTrigger.Expire, s_at.AddHours(1), "vault", "a cause").ShouldNotBeNull())).ShouldNotBeNull();

        var card = (await FindAsync(_tenant, 1)).ShouldNotBeNull().Card.ShouldNotBeNull();
        card.SealedRecord.ShouldBe([2]);
        card.Fingerprint.ShouldBe([1]);
    }

    [Fact]
    public async Task A_transition_of_what_another_tenant_has_is_none()
    {
        await Store.InsertAsync(AnIntent(1), Created, null);

        (await Store.ApplyAsync(Cancel(AnIntent(1) with { Tenant = _stranger }))).ShouldBeNull();
        (await Store.ApplyAsync(Cancel(AnIntent(1) with { Tenant = _tenant with { Environment = TenantEnvironment.Production } }))).ShouldBeNull();

        (await FindAsync(_tenant, 1)).ShouldNotBeNull().Status.ShouldBe(SetupIntentStatus.Created);
        (await EventsOfAsync(_vault, 1)).ShouldBe(Created);
    }

    [Fact]
    public async Task Of_many_transitions_at_once_exactly_one_is_made()
    {
        await Store.InsertAsync(AnIntent(1), Created, null);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => Store.ApplyAsync(Cancel(AnIntent(1))), Ct)));

        outcomes.Count(outcome => outcome is not null).ShouldBe(1);
        (await EventsOfAsync(_vault, 1)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_is_due_is_listed_from_its_instant_on_for_its_tenant_alone()
    {
        var due = s_at.AddDays(1);
        await Store.InsertAsync(AnIntent(1) with { DueAt = due.AddMicroseconds(1) }, Created, null);
        await Store.InsertAsync(AnIntent(2) with { DueAt = due }, Created, null);
        await Store.InsertAsync(AnIntent(3), Created, null);
        await Store.InsertAsync(AnIntent(4) with { DueAt = due, Tenant = _stranger }, Created, null);

        (await DueAsync(due.AddMicroseconds(-1))).ShouldBeEmpty();
        (await DueAsync(due)).ShouldBe([2]);
        (await DueAsync(due.AddDays(1))).ShouldBe([2, 1]);
        (await DueAsync(due.AddDays(1), limit: 1)).ShouldBe([2]);
    }

    [Fact]
    public async Task What_is_being_charged_is_not_due_and_holds_nothing_else_up()
    {
        var due = s_at.AddDays(1);
        await Store.InsertAsync(AnAuthorized(1) with { DueAt = due }, Created, null);
        await Store.InsertAsync(AnAuthorized(2) with { DueAt = due.AddSeconds(1) }, Created, null);
        await BeginChargingAsync(1);

        (await DueAsync(due.AddDays(1), limit: 1)).ShouldBe([2]);
    }

    [Fact]
    public async Task Card_data_is_destroyed_once_and_with_one_event()
    {
        var destroyed = new SetupIntentEvent(SetupIntentEventType.CardDataDestroyed, s_at.AddDays(2), "vault", "a cause");
        var intent = AnAuthorized(1) with { Status = SetupIntentStatus.Completed, DueAt = s_at.AddDays(1) };
        await Store.InsertAsync(intent, Created, null);

        await Store.DestroyCardDataAsync(intent, destroyed);
        await Store.DestroyCardDataAsync(intent, destroyed);

        var found = (await FindAsync(_tenant, 1)).ShouldNotBeNull();
        found.Card.ShouldNotBeNull().HoldsData.ShouldBeFalse();
        found.Card.Masked.ToString().ShouldBe("41111111****1111");
        found.DueAt.ShouldBeNull();
        (await EventsOfAsync(_vault, 1)).ShouldBe([.. Created, destroyed]);
    }

    [Fact]
    public async Task Card_data_whose_retention_was_prolonged_meanwhile_is_not_destroyed()
    {
        var intent = AnAuthorized(1) with { Status = SetupIntentStatus.Completed, DueAt = s_at.AddDays(90) };
        await Store.InsertAsync(intent, Created, null);
        await _vault.Get<IAccountStore>().SetRetentionAsync(_tenant.Location, 100, Ct);

        await Store.DestroyCardDataAsync(intent, new SetupIntentEvent(SetupIntentEventType.CardDataDestroyed, s_at.AddDays(95), "vault", "a cause"));

        var found = (await FindAsync(_tenant, 1)).ShouldNotBeNull();
        found.Card.ShouldNotBeNull().HoldsData.ShouldBeTrue();
        found.DueAt.ShouldBe(s_at.AddDays(100));
        (await EventsOfAsync(_vault, 1)).ShouldBe(Created);
    }

    [Fact]
    public async Task A_renewed_client_secret_is_another_one_and_nothing_else_is_changed()
    {
        var intent = AnIntent(1) with { ClientSecret = new ClientSecretState(0, s_at.AddMinutes(30)) };
        await Store.InsertAsync(intent, Created, null);

        (await Store.RenewClientSecretAsync(intent, s_at.AddHours(1))).ShouldBe(new ClientSecretState(1, s_at.AddHours(1)));
        (await Store.RenewClientSecretAsync(intent, s_at.AddHours(2))).ShouldBe(new ClientSecretState(2, s_at.AddHours(2)));

        (await FindAsync(_tenant, 1)).ShouldBe(intent with { ClientSecret = new ClientSecretState(2, s_at.AddHours(2)) });
        (await EventsOfAsync(_vault, 1)).ShouldBe(Created);
    }

    [Fact]
    public async Task A_page_is_newest_first_next_to_its_cursor_and_of_one_tenant()
    {
        foreach (var id in Enumerable.Range(1, 6))
        {
            await Store.InsertAsync(AnIntent(id) with { Tenant = id == 4 ? _stranger : _tenant }, Created, null);
        }

        (await PageAsync(new(2, null, null, new()))).ShouldBe([6, 5]);
        (await PageAsync(new(2, OlderThan: 5, null, new()))).ShouldBe([3, 2]);
        (await PageAsync(new(2, null, NewerThan: 1, new()))).ShouldBe([3, 2]);
        (await PageAsync(new(9, null, NewerThan: 6, new()))).ShouldBeEmpty();
        (await PageAsync(new(9, OlderThan: 1, null, new()))).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_keeps_to_every_part_of_its_filter()
    {
        await Store.InsertAsync(AnIntent(1), Created, null);
        await Store.InsertAsync(AnIntent(2) with { Reference = "other", CreatedAt = s_at.AddDays(1) }, Created, null);
        await Store.InsertAsync(AnAuthorized(3) with { Reference = "other", CreatedAt = s_at.AddDays(2) }, Created, null);

        (await PageAsync(new(9, null, null, new(SetupIntentStatus.Created)))).ShouldBe([2, 1]);
        (await PageAsync(new(9, null, null, new(Reference: "other")))).ShouldBe([3, 2]);
        (await PageAsync(new(9, null, null, new(Reference: "ÖTHER")))).ShouldBe([3, 2]);
        (await PageAsync(new(9, null, null, new(Reference: "othe")))).ShouldBeEmpty();
        (await PageAsync(new(9, null, null, new(CreatedFrom: s_at.AddDays(1))))).ShouldBe([3, 2]);
        (await PageAsync(new(9, null, null, new(CreatedTo: s_at.AddDays(1))))).ShouldBe([1]);
        (await PageAsync(new(9, null, null, new(SetupIntentStatus.Created, "other", s_at, s_at.AddDays(9))))).ShouldBe([2]);
    }

    [Fact]
    public async Task Idempotency_keys_are_dropped_by_their_first_use()
    {
        var claims = _vault.Get<IIdempotencyStore>();
        await claims.ClaimAsync(new IdempotencyClaim(_tenant, [1], [2], 1, s_at, s_at.AddMinutes(1)));
        await Store.InsertAsync(AnIntent(1), Created, [1]);
        await claims.ClaimAsync(new IdempotencyClaim(_tenant, [3], [2], 3, s_at.AddMicroseconds(1), s_at.AddMinutes(1)));

        (await claims.DropOlderThanAsync(s_at)).ShouldBe(0);
        (await claims.DropOlderThanAsync(s_at.AddMicroseconds(1))).ShouldBe(1);

        (await claims.ClaimAsync(new IdempotencyClaim(_tenant, [1], [9], 7, s_at.AddDays(1), s_at.AddDays(2)))).ShouldBe(new ClaimOutcome.Granted(7));
        (await claims.ClaimAsync(new IdempotencyClaim(_tenant, [3], [2], 8, s_at, s_at.AddMinutes(1)))).ShouldBeOfType<ClaimOutcome.Running>();
    }

    /// <summary>A fresh database of the engine.</summary>
    private protected abstract Task<TestVault> OpenAsync();

    /// <summary>The stored events of a setup intent, in their order.</summary>
    private protected abstract Task<IReadOnlyList<SetupIntentEvent>> EventsOfAsync(TestVault vault, long recordId);

    private static SetupIntentEvent[] Created => [new(SetupIntentEventType.Created, s_at, "key:1", "created on request")];

    private StoredSetupIntent AnIntent(long recordId) =>
        new(recordId, _tenant, SetupIntentStatus.Created, s_at, s_at, "reference", Description: null, Metadata: null, Card: null);

    private StoredSetupIntent AnAuthorized(long recordId) => AnIntent(recordId) with
    {
        Status = SetupIntentStatus.Authorized,
        Card = new StoredCard(new MaskedCardNumber("41111111", "1111"), CardScheme.Visa, new CardExpiry(2029, 12), [1], [2]),
    };

    private StoredSetupIntent AnUnresolved(long recordId) => AnAuthorized(recordId) with
    {
        Status = SetupIntentStatus.Created,
        ExpireAt = s_at.AddHours(1),
        DueAt = s_at.AddHours(1),
        Attempt = new UnresolvedAttempt("attempt", s_at),
    };

    private static SetupIntentLife.Transition Cancel(StoredSetupIntent intent) =>
        SetupIntentLife.Move(intent, SetupIntentTrigger.Cancel, s_at.AddHours(1), "key:1", "a cause").ShouldNotBeNull();

    private async Task BeginChargingAsync(long recordId)
    {
        var payment = new StoredPaymentIntent(
            100, _tenant, recordId, PaymentIntentStatus.Created, new Money(1, "GBP"), "reference", Metadata: null, DetailsJson: null, s_at, s_at, s_at.AddDays(30), Attempt: null);
        var payments = _vault.Get<IPaymentIntentStore>();
        await payments.InsertAsync(payment, new PaymentIntentEvent(PaymentIntentEventType.Created, s_at, "key:1", "created on request"));
        (await payments.BeginAsync(payment, SetupIntentStatus.Authorized, new ChargeAttempt("attempt", s_at.AddMinutes(1)))).ShouldBe(BeginOutcome.Begun);
    }

    private async Task<IEnumerable<long>> DueAsync(DateTimeOffset now, int limit = 10) =>
        (await Store.ListDueAsync(_tenant, now, limit, Ct)).Select(intent => intent.RecordId);

    private async Task<IEnumerable<long>> PageAsync(SetupIntentPage page) => (await Store.ListAsync(_tenant, page, Ct)).Select(intent => intent.RecordId);

    private Task<StoredSetupIntent?> FindAsync(Tenant tenant, long recordId) => Store.FindAsync(tenant, recordId, Ct);

    private Task SetUniqueAsync(bool unique) => _vault.Get<IAccountStore>().SetUniqueReferencesAsync(_tenant.Location, unique, Ct);
}

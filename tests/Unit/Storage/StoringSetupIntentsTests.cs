using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Idempotency;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tests.Unit.Storage;

/// <summary>What an insert stores: the history, the reference and the idempotency claim that it answers.</summary>
public sealed class StoringSetupIntentsTests : SetupIntentStoreTest
{
    [Fact]
    public async Task What_is_inserted_is_found_by_its_tenant_exactly_as_it_was()
    {
        var card = new StoredCard(new MaskedCardNumber("41111111", "1111"), CardScheme.Visa, new CardExpiry(2029, 12), [1, 2, 3], [4, 5, 6]);
        var intent = AnIntent(1) with { Description = "Zwölf Zimmer \U0001F4B3\n'; DROP TABLE accounts; --", Card = card, UpdatedAt = At.AddMicroseconds(1) };
        (await Store.InsertAsync(intent, Created, null)).ShouldBe(InsertOutcome.Inserted);

        var found = await FindAsync(Tenant, 1);

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

        var found = (await FindAsync(Tenant, 1)).ShouldNotBeNull();
        found.Description.ShouldBeNull();
        found.Metadata.ShouldBeNull();
        found.Card.ShouldBeNull();
    }

    [Fact]
    public async Task A_card_that_is_not_kept_leaves_its_mask()
    {
        var card = new StoredCard(new MaskedCardNumber("", "0009"), CardScheme.Maestro, new CardExpiry(2020, 1), [1], SealedRecord: null);
        await Store.InsertAsync(AnIntent(1) with { Card = card }, Created, null);

        var found = (await FindAsync(Tenant, 1)).ShouldNotBeNull().Card.ShouldNotBeNull();
        found.SealedRecord.ShouldBeNull();
        found.Masked.ToString().ShouldBe("****0009");
    }

    [Fact]
    public async Task It_is_found_together_with_its_history_by_its_tenant_alone()
    {
        await Store.InsertAsync(AnIntent(1), Created, null);

        var (intent, events) = (await Store.FindWithEventsAsync(Tenant, 1, Ct)).ShouldNotBeNull();

        intent.ShouldBe(await FindAsync(Tenant, 1));
        events.ShouldBe(await Store.ListEventsAsync(Tenant, 1, Ct));
        events.ShouldNotBeEmpty();
        (await Store.FindWithEventsAsync(Tenant, 2, Ct)).ShouldBeNull();
        (await Store.FindWithEventsAsync(Stranger, 1, Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task No_other_location_environment_or_account_finds_it()
    {
        await Store.InsertAsync(AnIntent(1), Created, null);

        (await FindAsync(Stranger, 1)).ShouldBeNull();
        (await FindAsync(Tenant with { Location = Stranger.Location }, 1)).ShouldBeNull();
        (await FindAsync(Tenant with { Account = Stranger.Account }, 1)).ShouldBeNull();
        (await FindAsync(Tenant with { Environment = TenantEnvironment.Production }, 1)).ShouldBeNull();
        (await FindAsync(Tenant, 2)).ShouldBeNull();
    }

    [Fact]
    public async Task Metadata_keeps_its_order_and_every_character()
    {
        Dictionary<string, string> metadata = new(StringComparer.Ordinal) { ["z"] = "1", ["a"] = "", ["\"<é\U0001F4B3>"] = "\\\u2028\t", ["B"] = "<script>" };
        await Store.InsertAsync(AnIntent(1) with { Metadata = metadata }, Created, null);

        (await FindAsync(Tenant, 1)).ShouldNotBeNull().Metadata.ShouldNotBeNull().ToArray().ShouldBe(metadata.ToArray());
    }

    [Fact]
    public async Task Empty_metadata_is_not_none()
    {
        await Store.InsertAsync(AnIntent(1) with { Metadata = new Dictionary<string, string>(StringComparer.Ordinal) }, Created, null);

        (await FindAsync(Tenant, 1)).ShouldNotBeNull().Metadata.ShouldNotBeNull().ShouldBeEmpty();
    }

    [Fact]
    public async Task Events_are_stored_in_order_with_the_intent()
    {
        SetupIntentEvent[] events =
        [
            new(SetupIntentEventType.Created, At, "key:12", "created on request"),
            new(SetupIntentEventType.Authorized, At.AddMicroseconds(1), "issuer", "the issuer approved", "transaction", "012345"),
        ];
        await Store.InsertAsync(AnIntent(1), events, null);
        await Store.InsertAsync(AnIntent(2), Created, null);

        (await EventsOfAsync(Vault, 1)).ShouldBe(events);
        (await EventsOfAsync(Vault, 2)).ShouldBe(Created);
    }

    [Fact]
    public async Task When_a_part_cannot_be_stored_nothing_is()
    {
        await Vault.Get<IAccountStore>().SetUniqueReferencesAsync(Tenant.Location, unique: true, Ct);
        SetupIntentEvent[] broken = [Created[0], new(SetupIntentEventType.Authorized, At, Actor: null!, "a cause")];
        await Should.ThrowAsync<Exception>(() => Store.InsertAsync(AnIntent(1), broken, null));

        (await FindAsync(Tenant, 1)).ShouldBeNull();
        (await EventsOfAsync(Vault, 1)).ShouldBeEmpty();

        // The reference is not taken either.
        (await Store.InsertAsync(AnIntent(2), Created, null)).ShouldBe(InsertOutcome.Inserted);
    }

    [Fact]
    public async Task A_record_id_is_never_used_twice()
    {
        await Store.InsertAsync(AnIntent(1), Created, null);
        await Should.ThrowAsync<Exception>(() => Store.InsertAsync(AnIntent(1) with { Tenant = Stranger, Reference = "other" }, Created, null));

        (await FindAsync(Tenant, 1)).ShouldNotBeNull().Reference.ShouldBe("reference");
        (await FindAsync(Stranger, 1)).ShouldBeNull();
    }

    [Fact]
    public async Task The_last_record_id_is_the_largest_of_all_tenants()
    {
        (await Store.FindLastRecordIdAsync(Ct)).ShouldBe(0);
        await Store.InsertAsync(AnIntent(long.MaxValue - 1) with { Tenant = Stranger }, Created, null);
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
        (await FindAsync(Tenant, 3)).ShouldBeNull();
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

        (await Store.InsertAsync(AnIntent(2) with { Tenant = Stranger }, Created, null)).ShouldBe(InsertOutcome.Inserted);
        (await Store.InsertAsync(AnIntent(3) with { Tenant = Stranger }, Created, null)).ShouldBe(InsertOutcome.Inserted);
        (await Store.InsertAsync(AnIntent(4) with { Tenant = Tenant with { Environment = TenantEnvironment.Production } }, Created, null)).ShouldBe(InsertOutcome.Inserted);
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
        var claims = Vault.Get<IIdempotencyStore>();
        var claim = new IdempotencyClaim(Tenant, [1], [2], 1, At, At.AddMinutes(1));
        await claims.ClaimAsync(claim);
        (await claims.ClaimAsync(claim)).ShouldBeOfType<ClaimOutcome.Running>();
        await Store.InsertAsync(AnIntent(1), Created, [1]);

        (await claims.ClaimAsync(claim)).ShouldBeOfType<ClaimOutcome.Answered>().Answer.RecordId.ShouldBe(1);
        (await claims.ClaimAsync(claim with { BodyHash = [3] })).ShouldBeOfType<ClaimOutcome.OtherRequest>();
        (await claims.ClaimAsync(claim with { Tenant = Stranger, RecordId = 9 })).ShouldBe(new ClaimOutcome.Granted(9));

        // An answered claim stays answered.
        await claims.ReleaseAsync(Tenant, [1], recordId: 1);
        (await claims.ClaimAsync(claim)).ShouldBeOfType<ClaimOutcome.Answered>();
    }

    [Fact]
    public async Task Giving_a_claim_up_twice_leaves_the_claim_that_someone_else_made_in_between()
    {
        await SetUniqueAsync(true);
        await Store.InsertAsync(AnIntent(1), Created, null);
        var claims = Vault.Get<IIdempotencyStore>();
        var claim = new IdempotencyClaim(Tenant, [1], [2], 2, At, At.AddMinutes(1));
        await claims.ClaimAsync(claim);
        (await Store.InsertAsync(AnIntent(2), Created, [1])).ShouldBe(InsertOutcome.ReferenceTaken);
        (await claims.ClaimAsync(claim with { RecordId = 3 })).ShouldBe(new ClaimOutcome.Granted(3));

        await claims.ReleaseAsync(Tenant, [1], recordId: 2);

        (await claims.ClaimAsync(claim with { RecordId = 4 })).ShouldBeOfType<ClaimOutcome.Running>();
        await claims.ReleaseAsync(Tenant, [1], recordId: 3);
        (await claims.ClaimAsync(claim with { RecordId = 4 })).ShouldBe(new ClaimOutcome.Granted(4));
    }

    [Fact]
    public async Task Idempotency_keys_are_dropped_by_their_first_use()
    {
        var claims = Vault.Get<IIdempotencyStore>();
        await claims.ClaimAsync(new IdempotencyClaim(Tenant, [1], [2], 1, At, At.AddMinutes(1)));
        await Store.InsertAsync(AnIntent(1), Created, [1]);
        await claims.ClaimAsync(new IdempotencyClaim(Tenant, [3], [2], 3, At.AddMicroseconds(1), At.AddMinutes(1)));

        (await claims.DropOlderThanAsync(At)).ShouldBe(0);
        (await claims.DropOlderThanAsync(At.AddMicroseconds(1))).ShouldBe(1);

        (await claims.ClaimAsync(new IdempotencyClaim(Tenant, [1], [9], 7, At.AddDays(1), At.AddDays(2)))).ShouldBe(new ClaimOutcome.Granted(7));
        (await claims.ClaimAsync(new IdempotencyClaim(Tenant, [3], [2], 8, At, At.AddMinutes(1)))).ShouldBeOfType<ClaimOutcome.Running>();
    }

    private Task SetUniqueAsync(bool unique) => Vault.Get<IAccountStore>().SetUniqueReferencesAsync(Tenant.Location, unique, Ct);
}

using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tests.Unit.PaymentIntents;

/// <summary>A production card is authorized once; the outcome of a lost answer is found by querying the acquirer.</summary>
public sealed class TokenizingThroughTheAcquirerTests : ChargingVaultTest
{
    public static TheoryData<int> LostAuthorizations =>
    [
        (int)AcquirerBehaviour.DropAfterAccepting,
        (int)AcquirerBehaviour.Nonsense,
        (int)AcquirerBehaviour.ServerError,
        (int)AcquirerBehaviour.HugeAnswer,
    ];

    private string Transaction => Acquirer.TransactionIds.ShouldHaveSingleItem();

    [Fact]
    public async Task An_approved_card_is_authorized_and_sealed()
    {
        var token = await Vault.TokenizeAsync();

        token.Status.ShouldBe(SetupIntentStatus.Authorized);
        var authorized = (await EventsOfAsync(token)).Single(entry => entry.Type == SetupIntentEventType.Authorized);
        (authorized.TransactionId, authorized.AuthCode).ShouldBe((Transaction, ReferenceAcquirer.AuthCode));
        Acquirer.PathOf(Transaction).ShouldBe("/v1/authorizations");
        Acquirer.TimesActed(Transaction).ShouldBe(1);
        (await Vault.GetStoredTokenAsync(token.Id)).Card!.SealedRecord.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_declined_card_is_not_kept()
    {
        Acquirer.Default = AcquirerBehaviour.Decline;
        var token = await Vault.TokenizeAsync();

        token.Status.ShouldBe(SetupIntentStatus.Created);
        (await EventsOfAsync(token)).Select(entry => entry.Type).ShouldBe([SetupIntentEventType.Created, SetupIntentEventType.Declined]);
        (await Vault.GetStoredTokenAsync(token.Id)).Card!.SealedRecord.ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_card_that_nobody_was_asked_about_is_kept_and_cannot_be_charged(bool hasAcquirer)
    {
        Acquirer.Default = AcquirerBehaviour.Refuse;
        Vault.HasAcquirer = hasAcquirer;
        await Vault.ReopenAsync();

        var token = await Vault.TokenizeAsync();

        token.Status.ShouldBe(SetupIntentStatus.Created);
        (await EventsOfAsync(token)).Select(entry => entry.Type).ShouldBe([SetupIntentEventType.Created]);
        (await Vault.GetStoredTokenAsync(token.Id)).Card!.SealedRecord.ShouldNotBeNull();
        Acquirer.TransactionIds.Count.ShouldBe(hasAcquirer ? 1 : 0);
        (await Vault.TryPrepareAsync(token.Id)).IsSuccess.ShouldBeFalse();
    }

    [Theory]
    [MemberData(nameof(LostAuthorizations))]
    public async Task A_lost_approval_is_found_out_by_asking(int behaviour)
    {
        var token = await LoseAnswerAsync((AcquirerBehaviour)behaviour);

        Acquirer.DefaultWhenAsked = null;
        await KeepHouseLaterAsync();

        var found = await Vault.GetTokenAsync(token.Id);
        found.Status.ShouldBe(SetupIntentStatus.Authorized);
        found.Events.ShouldNotBeNull()[^1].ShouldSatisfyAllConditions(
            entry => entry.Type.ShouldBe(SetupIntentEventType.Authorized), entry => entry.TransactionId.ShouldBe(Transaction));
        Acquirer.TimesPosted(Transaction).ShouldBe(1);
        (await Vault.GetStoredTokenAsync(token.Id)).Attempt.ShouldBeNull();
        (await Vault.ChargeAsync(await Vault.PrepareAsync(token.Id))).ShouldBe(Dojo.Pci.Tokenization.PaymentIntents.ChargeStatus.Successful);
    }

    [Fact]
    public async Task A_lost_decline_is_found_out_by_asking_and_the_card_destroyed()
    {
        (Acquirer.Default, Acquirer.DefaultWhenAsked) = (AcquirerBehaviour.DropBeforeReading, AcquirerBehaviour.ServerError);
        var token = await Vault.TokenizeAsync();
        Acquirer.Program(Transaction, AcquirerBehaviour.Decline);
        using (var card = VaultSamples.Card(VaultSamples.Unlisted))
        {
            // The request arrives late.
            await Vault.Get<ICardAuthorizer>().AuthorizeAsync(Vault.Tenant, card, Transaction, TestContext.Current.CancellationToken);
        }

        Acquirer.DefaultWhenAsked = null;
        await KeepHouseLaterAsync();

        var found = await Vault.GetTokenAsync(token.Id);
        found.Status.ShouldBe(SetupIntentStatus.Created);
        found.Events.ShouldNotBeNull().Select(entry => entry.Type).ShouldBe(
            [SetupIntentEventType.Created, SetupIntentEventType.AuthorizationUnknown, SetupIntentEventType.Declined]);
        var stored = await Vault.GetStoredTokenAsync(token.Id);
        stored.Card!.SealedRecord.ShouldBeNull();
        stored.Attempt.ShouldBeNull();
    }

    [Fact]
    public async Task As_long_as_nothing_is_known_it_is_asked_again_round_by_round()
    {
        var token = await LoseAnswerAsync(AcquirerBehaviour.ServerError);
        var asked = Acquirer.TimesAsked(Transaction);

        await KeepHouseLaterAsync();
        await Vault.KeepHouseAsync(); // too early for another query
        await KeepHouseLaterAsync();

        Acquirer.TimesAsked(Transaction).ShouldBe(asked + 2);
        Acquirer.TimesPosted(Transaction).ShouldBe(1);
        (await EventsOfAsync(token)).Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_the_acquirer_has_never_seen_is_asked_anew()
    {
        Acquirer.Default = AcquirerBehaviour.DropBeforeReading;
        var token = await Vault.TokenizeAsync();
        token.Status.ShouldBe(SetupIntentStatus.Created);
        Acquirer.TimesActed(Transaction).ShouldBe(0);

        Acquirer.Default = AcquirerBehaviour.Approve;
        await KeepHouseLaterAsync();

        (await Vault.GetTokenAsync(token.Id)).Status.ShouldBe(SetupIntentStatus.Authorized);
        Acquirer.TransactionIds.Sum(Acquirer.TimesActed).ShouldBe(1);
        await KeepHouseLaterAsync();
        Acquirer.TransactionIds.Sum(Acquirer.TimesPosted).ShouldBe(2);
    }

    [Fact]
    public async Task An_answer_that_does_not_come_in_time_is_unknown_and_found_out_later()
    {
        var clock = new SteppedClock();
        await using var vault = await ChargingVault.OpenAsync(clock);
        vault.Acquirer.Default = AcquirerBehaviour.Delay;

        var tokenizing = vault.TokenizeAsync();
        var transaction = await vault.Acquirer.FirstTo("authorizations");
        clock.Advance(new AcquirerOptions().Timeout);
        var token = await tokenizing;
        token.Status.ShouldBe(SetupIntentStatus.Created);

        clock.Advance(TimeSpan.FromMinutes(1));
        await vault.KeepHouseAsync();
        (await vault.GetTokenAsync(token.Id)).Status.ShouldBe(SetupIntentStatus.Authorized);
        vault.Acquirer.TimesPosted(transaction).ShouldBe(1);
    }

    [Fact]
    public async Task A_token_deleted_before_the_answer_was_found_stays_deleted()
    {
        var token = await LoseAnswerAsync(AcquirerBehaviour.ServerError);
        (await Vault.DeleteTokenAsync(token.Id)).Value.ShouldNotBeNull().Status.ShouldBe(SetupIntentStatus.Canceled);

        Acquirer.DefaultWhenAsked = null;
        await KeepHouseLaterAsync();

        (await Vault.GetTokenAsync(token.Id)).Status.ShouldBe(SetupIntentStatus.Canceled);
        (await Vault.GetStoredTokenAsync(token.Id)).Card!.SealedRecord.ShouldBeNull();
    }

    [Fact]
    public async Task Where_nothing_is_retained_a_charge_leaves_no_trace_of_the_card_in_the_files()
    {
        await Vault.Get<IAccountStore>().SetRetentionAsync(Vault.Tenant.Location, days: 0, TestContext.Current.CancellationToken);
        var token = await Vault.TokenizeAsync();
        var record = (await Vault.GetStoredTokenAsync(token.Id)).Card!.SealedRecord.ShouldNotBeNull();
        var payment = await Vault.PrepareAsync(token.Id);
        await Vault.KeepHouseAsync(); // the first round after a start always empties the log
        Contains(Vault.ReadAllData(), record).ShouldBeTrue("otherwise the search would find nothing ever");

        await Vault.ChargeAsync(payment);
        await Vault.KeepHouseAsync();

        (await Vault.GetStoredTokenAsync(token.Id)).Card!.HoldsData.ShouldBeFalse();
        Contains(Vault.ReadAllData(), record).ShouldBeFalse();
    }

    // Database pages may split a record, so this searches for a part of it.
    private static bool Contains(byte[] data, byte[] record) => data.AsSpan().IndexOf(record.AsSpan(^24..)) >= 0;

    private async Task<IReadOnlyList<SetupIntentEvent>> EventsOfAsync(SetupIntent token) => (await Vault.GetTokenAsync(token.Id)).Events.ShouldNotBeNull();

    private async Task<SetupIntent> LoseAnswerAsync(AcquirerBehaviour behaviour)
    {
        (Acquirer.Default, Acquirer.DefaultWhenAsked) = (behaviour, behaviour);
        var token = await Vault.TokenizeAsync();
        token.Status.ShouldBe(SetupIntentStatus.Created);
        var unknown = (await EventsOfAsync(token))[^1];
        (unknown.Type, unknown.TransactionId).ShouldBe((SetupIntentEventType.AuthorizationUnknown, Transaction));
        (await Vault.GetStoredTokenAsync(token.Id)).Card!.SealedRecord.ShouldNotBeNull();
        Acquirer.TimesActed(Transaction).ShouldBe(1);
        Acquirer.Default = AcquirerBehaviour.Approve;
        return token;
    }

    private async Task KeepHouseLaterAsync()
    {
        Clock.Advance(TimeSpan.FromMinutes(1));
        await Vault.KeepHouseAsync();
    }
}

using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tests.Unit.Tokens;

public sealed class BrowsingTokensTests : IAsyncLifetime
{
    private TokenVault _vault = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ITokenBrowser Browser => _vault.Get<ITokenBrowser>();

    public async ValueTask InitializeAsync() => _vault = await TokenVault.OpenAsync();

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task Pages_follow_each_other_until_there_is_none_and_the_first_says_how_many_there_are()
    {
        for (var i = 0; i < 5; i++)
        {
            await _vault.CreateAsync($"Booking {i}");
        }

        var first = await PageAsync(new TokenSearch(), limit: 2);
        first.Count.ShouldBe(new CappedCount(5, IsCapped: false));
        var second = await PageAsync(new TokenSearch(), first.After, limit: 2);
        second.Count.ShouldBeNull();
        var third = await PageAsync(new TokenSearch(), second.After, limit: 2);
        third.After.ShouldBeNull();
        first.Items.Concat(second.Items).Concat(third.Items).Select(row => row.Reference).ShouldBe(["Booking 4", "Booking 3", "Booking 2", "Booking 1", "Booking 0"]);
    }

    [Fact]
    public async Task A_token_is_found_by_its_id_alone_and_only_if_it_is_what_else_is_asked_for()
    {
        var token = await _vault.CreateAsync();
        await _vault.CreateAsync();

        (await PageAsync(new TokenSearch { Id = token.Id })).Items.ShouldHaveSingleItem().Id.ShouldBe(token.Id);
        (await PageAsync(new TokenSearch { Id = token.Id, Statuses = [SetupIntentStatus.Closed] })).Items.ShouldBeEmpty();
        (await PageAsync(new TokenSearch { Id = "si_sandbox_AAAAAAAAAAAAAAAAAAAAAA" })).Count.ShouldBe(new CappedCount(0, IsCapped: false));
        (await PageAsync(new TokenSearch { Id = "nonsense" })).Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("4111111111111111")]
    [InlineData("card 4111 1111 1111 1111!")]
    public async Task A_card_number_is_not_searched_for_nor_repeated(string text)
    {
        foreach (var search in new[] { new TokenSearch { ReferencePart = text }, new TokenSearch { ReferencePrefix = text }, new TokenSearch { Id = text } })
        {
            var error = (await Browser.SearchAsync(_vault.Member(), _vault.Tenant, search, null, 50, Ct)).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ShouldHaveSingleItem();
            error.Field.ShouldBe("Search");
            error.Message.ShouldContain("last four");
            error.Message.ShouldNotContain("1111");
        }
    }

    [Theory]
    [InlineData("123")]
    [InlineData("12345")]
    [InlineData("12a4")]
    [InlineData("١٢٣٤")]
    public async Task The_last_four_are_four_digits(string digits) =>
        (await Browser.SearchAsync(_vault.Member(), _vault.Tenant, new TokenSearch { LastFour = digits }, null, 50, Ct))
            .Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ShouldHaveSingleItem().Field.ShouldBe("LastFour");

    [Fact]
    public async Task A_cursor_that_is_no_token_is_refused() =>
        (await Browser.SearchAsync(_vault.Member(), _vault.Tenant, new TokenSearch(), "nonsense", 50, Ct)).Refusal.ShouldBeOfType<Refusal.Invalid>();

    [Fact]
    public async Task What_time_has_brought_about_is_found_as_it_is()
    {
        await _vault.CreateAsync(expiry: "07/26");
        await _vault.IndexAsync();
        _vault.Clock.Advance(TimeSpan.FromDays(60));

        (await PageAsync(new TokenSearch { Statuses = [SetupIntentStatus.CardExpired] })).Items.ShouldHaveSingleItem();
        (await PageAsync(new TokenSearch { Statuses = [SetupIntentStatus.Authorized] })).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Tokens_are_refreshed_as_far_as_the_search_still_finds_them()
    {
        var (stays, goes) = (await _vault.CreateAsync(), await _vault.CreateAsync());
        await _vault.DeleteAsync(goes);
        var search = new TokenSearch { Statuses = [SetupIntentStatus.Authorized] };

        var refreshed = (await Browser.RefreshAsync(_vault.Member(), _vault.Tenant, search, [stays.Id, goes.Id, "nonsense"], Ct)).Value.ShouldNotBeNull();

        refreshed.Items.ShouldHaveSingleItem().Id.ShouldBe(stays.Id);
    }

    [Fact]
    public async Task A_token_tells_its_history_and_who_made_it()
    {
        await _vault.ExecuteAsync($"""
            INSERT INTO api_keys (id, account_id, location_id, environment, name, hash, last_four, scopes, allowed_networks, created_at)
            VALUES (12, {_vault.Tenant.Account.Value}, {_vault.Tenant.Location.Value}, 0, 'Web shop', x'00', 'abcd', 7, '', 0)
            """);
        var token = await _vault.CreateAsync(actor: "key:12");

        var detail = (await Browser.FindAsync(_vault.Member(), _vault.Tenant, token.Id, Ct)).Value.ShouldNotBeNull();

        detail.CreatedBy.ShouldBe("Web shop");
        detail.Outcome.ShouldBe(TokenOutcome.Authorized);
        detail.Timeline.Select(entry => (entry.Event.Type, entry.By)).ShouldBe([(SetupIntentEventType.Created, "Web shop"), (SetupIntentEventType.Authorized, "issuer")]);
        detail.Intent.Events.ShouldNotBeNull().Count.ShouldBe(2);
        detail.IsBeingCharged.ShouldBeFalse();
    }

    [Fact]
    public async Task Other_tokens_of_the_card_in_the_account_are_related_wherever_they_are()
    {
        var token = await _vault.CreateAsync("this");
        await _vault.CreateAsync("other card", "4242424242424242");
        await _vault.CreateAsync("same card");
        var elsewhere = await _vault.NewLocationAsync();
        await _vault.CreateAsync("same card elsewhere", tenant: elsewhere);
        await _vault.CreateAsync("another account", tenant: await _vault.Vault.NewTenantAsync());
        var destroyed = await _vault.CreateAsync("destroyed");
        await _vault.DeleteAsync(destroyed);

        foreach (var round in new[] { false, true })
        {
            if (round)
            {
                await _vault.IndexAsync();
            }

            var related = await RelationsAsync(token.Id);
            related.SameCard.Select(other => (other.Reference, other.Location)).ShouldBe([("same card elsewhere", elsewhere.Location), ("same card", _vault.Tenant.Location)]);
            related.HasMoreOfSameCard.ShouldBeFalse();
            (await RelationsAsync(destroyed.Id)).SameCard.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task Of_very_many_tokens_of_a_card_the_latest_ten_are_related()
    {
        var token = await _vault.CreateAsync();
        for (var i = 0; i < 11; i++)
        {
            await _vault.CreateAsync();
        }

        var related = await RelationsAsync(token.Id);
        related.SameCard.Count.ShouldBe(10);
        related.HasMoreOfSameCard.ShouldBeTrue();
    }

    [Fact]
    public async Task Its_payments_are_related()
    {
        var token = await _vault.CreateAsync();
        await _vault.Get<IPaymentIntentStore>().InsertAsync(
            new StoredPaymentIntent(
                4711, _vault.Tenant, _vault.Get<SetupIntentIds>().RecordIdOf(_vault.Tenant.Environment, token.Id), PaymentIntentStatus.Created, new Money(1250, "GBP"),
                "No-show", null, null, TokenVault.Start, TokenVault.Start, TokenVault.Start.AddDays(1), null),
            new PaymentIntentEvent(PaymentIntentEventType.Created, TokenVault.Start, "key:12", "created on request"));

        var payment = (await RelationsAsync(token.Id)).Payments.ShouldHaveSingleItem();

        payment.Id.ShouldStartWith("pi_sandbox_");
        (payment.Status, payment.Amount, payment.Reference).ShouldBe((PaymentIntentStatus.Created, new Money(1250, "GBP"), "No-show"));
    }

    [Fact]
    public async Task Another_account_sees_nothing_and_no_other_place_shows_it()
    {
        var token = await _vault.CreateAsync();
        var stranger = await _vault.Vault.NewTenantAsync();
        var production = _vault.Tenant with { Environment = TenantEnvironment.Production };

        (await Browser.SearchAsync(_vault.Member(of: stranger), _vault.Tenant, new TokenSearch(), null, 50, Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Browser.SearchAsync(_vault.Member(), _vault.Tenant with { Location = stranger.Location }, new TokenSearch(), null, 50, Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Browser.FindAsync(_vault.Member(of: stranger), _vault.Tenant, token.Id, Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Browser.FindAsync(_vault.Member(of: stranger), stranger, token.Id, Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Browser.FindAsync(_vault.Member(), production, token.Id, Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Browser.FindRelationsAsync(_vault.Member(of: stranger), stranger, token.Id, Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Browser.RefreshAsync(_vault.Member(of: stranger), stranger, new TokenSearch(), [token.Id], Ct)).Value.ShouldNotBeNull().Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_auditor_sees_no_tokens()
    {
        var token = await _vault.CreateAsync();
        var auditor = _vault.Member(MemberRole.Auditor);

        (await Browser.SearchAsync(auditor, _vault.Tenant, new TokenSearch(), null, 50, Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await Browser.RefreshAsync(auditor, _vault.Tenant, new TokenSearch(), [], Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await Browser.FindAsync(auditor, _vault.Tenant, token.Id, Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await Browser.FindRelationsAsync(auditor, _vault.Tenant, token.Id, Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await _vault.Get<ITokenFeed>().SubscribeAsync(auditor, _vault.Tenant, Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await _vault.Get<ITokenExporter>().ExportAsync(auditor, _vault.Tenant, new TokenSearch(), () => ValueTask.FromResult<SignedInMember?>(auditor), Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
    }

    private async Task<TokenPage> PageAsync(TokenSearch search, string? after = null, int limit = 50) =>
        (await Browser.SearchAsync(_vault.Member(), _vault.Tenant, search, after, limit, Ct)).Value.ShouldNotBeNull();

    private async Task<TokenRelations> RelationsAsync(string id) =>
        (await Browser.FindRelationsAsync(_vault.Member(), _vault.Tenant, id, Ct)).Value.ShouldNotBeNull();
}

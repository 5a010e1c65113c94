using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tests.Unit.ApiKeys;

public sealed class ManagingApiKeysTests : IAsyncLifetime
{
    private KeyKeepers _house = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IApiKeyService Keys => _house.Keys;

    public async ValueTask InitializeAsync() => _house = await KeyKeepers.StartAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_key_that_a_member_made_is_taken_and_says_who_made_it_and_when()
    {
        var made = await _house.MakeAsync("  Till 1 ", ApiKeyScopes.Tokenize, "10.0.0.0/8, 203.0.113.7\n2001:db8::/32 203.0.113.7", _house.Now.AddDays(30));

        var key = (await Keys.GetAsync(_house.Developer, _house.Tenant, made.Key.Key.Id, Ct)).Value.ShouldNotBeNull();

        (await _house.IsTakenAsync(made.Secret)).ShouldBeTrue();
        key.Key.Name.ShouldBe("Till 1");
        key.Key.Scopes.ShouldBe(ApiKeyScopes.Tokenize);
        key.Key.AllowedNetworks.Select(network => network.ToString()).ShouldBe(["10.0.0.0/8", "203.0.113.7/32", "2001:db8::/32"]);
        key.Key.ExpiresAt.ShouldBe(_house.Now.AddDays(30));
        key.Key.Masked.ShouldBe($"sk_sandbox_…{made.Secret.LastFour}");
        key.CreatedBy.ShouldBe("member:7");
        key.Key.CreatedAt.ShouldBe(_house.Now);
        key.StatusAt(_house.Now).ShouldBe(ApiKeyStatus.Active);
        (await _house.TrailAsync(key.Key.Id)).ShouldBe(["api key created"]);
    }

    [Fact]
    public async Task What_was_made_on_the_command_line_is_listed_and_says_so()
    {
        var (made, _) = await _house.Vault.Get<IApiKeyService>().CreateAsync(new NewApiKey(_house.Tenant, "By hand"), Ct);

        (await ListAsync()).ShouldHaveSingleItem().Key.CreatedBy.ShouldBe("operator");
        (await _house.TrailAsync(made.Id)).ShouldBe(["api key created"]);
    }

    [Fact]
    public async Task A_form_makes_one_key_however_often_it_is_sent()
    {
        var form = _house.NewForm();
        var draft = new ApiKeyDraft("Till", new ApiKeyLimits(ApiKeyScopes.All), form);
        (await Keys.CreateAsync(_house.Developer, _house.Tenant, draft, Ct)).IsSuccess.ShouldBeTrue();

        var again = await Keys.CreateAsync(_house.Developer, _house.Tenant, draft, Ct);

        again.Refusal.ShouldBeOfType<Refusal.Conflict>().Message.ShouldBe("This key was already made; make another.");
        (await ListAsync()).Count.ShouldBe(1);
        var stranger = await _house.Vault.NewTenantAsync();
        (await Keys.CreateAsync(_house.Member(MemberRole.Owner, stranger), stranger, draft, Ct)).IsSuccess.ShouldBeTrue("another account's forms are its own");
    }

    [Theory]
    [InlineData("", "Name")]
    [InlineData("   ", "Name")]
    [InlineData("{61 letters}", "Name")]
    [InlineData("Card 4111 1111 1111 1111", "Name")]
    [InlineData("{an API key}", "Name")]
    [InlineData("two\nlines", "Name")]
    public async Task A_name_that_breaks_a_rule_is_refused(string name, string field)
    {
        var written = name.Replace("{61 letters}", new string('a', 61), StringComparison.Ordinal)
            .Replace("{an API key}", ApiKeySecret.Generate(TenantEnvironment.Sandbox).Reveal(), StringComparison.Ordinal);

        (await FieldsRefusedAsync(written, new ApiKeyLimits(ApiKeyScopes.All))).ShouldBe([field]);
    }

    [Fact]
    public async Task A_name_of_60_characters_is_taken() => (await _house.MakeAsync(new string('é', 60))).Key.Key.Name.Length.ShouldBe(60);

    [Theory]
    [InlineData("10.0.0.1/8")]
    [InlineData("10.1")]
    [InlineData("1")]
    [InlineData("example.com")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/")]
    [InlineData("[2001:db8::1]")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("203.0.113.7, 300.0.0.1")]
    public async Task An_address_list_with_anything_else_in_it_is_refused(string addresses) =>
        (await FieldsRefusedAsync("Till", new ApiKeyLimits(ApiKeyScopes.All, addresses))).ShouldBe(["AllowedAddresses"]);

    [Fact]
    public async Task More_than_50_addresses_no_scope_and_a_past_expiry_are_refused_together() => (await FieldsRefusedAsync(
        "Till",
        new ApiKeyLimits(ApiKeyScopes.None, string.Join(' ', Enumerable.Range(1, 51).Select(last => $"10.0.0.{last}")), _house.Now))).ShouldBe(["Scopes", "ExpiresAt", "AllowedAddresses"], ignoreOrder: true);

    [Fact]
    public async Task Changed_scopes_and_addresses_hold_from_the_next_request_on_and_are_in_the_trail()
    {
        var made = await _house.MakeAsync();
        (await _house.IsTakenAsync(made.Secret)).ShouldBeTrue();

        (await Keys.LimitAsync(_house.Developer, _house.Tenant, made.Key.Key.Id, new ApiKeyLimits(ApiKeyScopes.Read, "10.0.0.0/8"))).IsSuccess.ShouldBeTrue();

        var recognised = (await _house.Vault.Get<IApiKeyService>().AuthenticateAsync(made.Secret.Reveal(), Ct)).ShouldNotBeNull();
        recognised.Scopes.ShouldBe(ApiKeyScopes.Read);
        recognised.AllowedNetworks.ShouldHaveSingleItem();
        (await _house.TrailAsync(made.Key.Key.Id)).ShouldBe(["api key limits changed", "api key created"]);
    }

    [Fact]
    public async Task What_changes_nothing_is_not_in_the_trail()
    {
        var made = await _house.MakeAsync(expiresAt: _house.Now.AddDays(1));
        _house.Clock.Advance(TimeSpan.FromDays(2));

        (await Keys.LimitAsync(_house.Developer, _house.Tenant, made.Key.Key.Id, new ApiKeyLimits(ApiKeyScopes.All, null, made.Key.Key.ExpiresAt))).IsSuccess.ShouldBeTrue();
        (await Keys.RenameAsync(_house.Developer, _house.Tenant, made.Key.Key.Id, "Till")).IsSuccess.ShouldBeTrue();

        (await _house.TrailAsync(made.Key.Key.Id)).ShouldBe(["api key created"]);
    }

    [Theory]
    [InlineData(23, true)]
    [InlineData(24, false)]
    public async Task An_expired_key_can_be_extended_for_24_hours_and_stays_expired_after_that(int hoursLater, bool canBe)
    {
        var made = await _house.MakeAsync(expiresAt: _house.Now.AddDays(1));
        _house.Clock.Advance(TimeSpan.FromDays(1) + TimeSpan.FromHours(hoursLater));

        foreach (var expiry in new DateTimeOffset?[] { _house.Now.AddDays(1), null })
        {
            var limits = new ApiKeyLimits(ApiKeyScopes.All, null, expiry);
            var tried = await _house.Insight.TryAsync(_house.Developer, _house.Tenant, made.Key.Key.Id, limits, Ct);
            var limited = await Keys.LimitAsync(_house.Developer, _house.Tenant, made.Key.Key.Id, limits);

            (tried.IsSuccess, limited.IsSuccess).ShouldBe((canBe, canBe));
            (tried.Refusal is Refusal.WrongState, limited.Refusal is Refusal.WrongState).ShouldBe((!canBe, !canBe));
        }

        (await _house.IsTakenAsync(made.Secret)).ShouldBe(canBe);
    }

    [Fact]
    public async Task A_key_can_be_renamed()
    {
        var made = await _house.MakeAsync();

        (await Keys.RenameAsync(_house.Developer, _house.Tenant, made.Key.Key.Id, "Bar")).Value!.Key.Name.ShouldBe("Bar");

        (await ListAsync()).ShouldHaveSingleItem().Key.Key.Name.ShouldBe("Bar");
        (await Keys.RenameAsync(_house.Developer, _house.Tenant, made.Key.Key.Id, "")).Refusal.ShouldBeOfType<Refusal.Invalid>();
    }

    [Fact]
    public async Task Deleting_wants_the_name_and_is_for_good()
    {
        var made = await _house.MakeAsync();
        var id = made.Key.Key.Id;
        (await Keys.DeleteAsync(_house.Developer, _house.Tenant, id, "till")).Refusal.ShouldBeOfType<Refusal.Invalid>();
        (await _house.IsTakenAsync(made.Secret)).ShouldBeTrue();

        (await Keys.DeleteAsync(_house.Developer, _house.Tenant, id, "Till")).IsSuccess.ShouldBeTrue();

        (await _house.IsTakenAsync(made.Secret)).ShouldBeFalse();
        (await ListAsync()).ShouldBeEmpty();
        (await ListAsync(new ApiKeyFilter(ApiKeyStatus.Deleted))).ShouldHaveSingleItem().Status.ShouldBe(ApiKeyStatus.Deleted);
        (await Keys.BringBackAsync(_house.Developer, _house.Tenant, id)).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await Keys.RenameAsync(_house.Developer, _house.Tenant, id, "Back")).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await Keys.RollAsync(_house.Developer, _house.Tenant, id, new ApiKeyRoll("New", null, null, "f"))).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await _house.TrailAsync(id)).ShouldBe(["api key deleted", "api key created"]);
    }

    [Fact]
    public async Task The_list_can_be_searched_and_filtered_and_counts_the_last_seven_days()
    {
        var till = await _house.MakeAsync("Till");
        var bar = await _house.MakeAsync("Bar", expiresAt: _house.Now.AddDays(3));
        await _house.UseAsync(till.Key, 3);
        await _house.UseAsync(till.Key, 2, at: _house.Now.AddDays(-6));
        await _house.UseAsync(till.Key, 9, at: _house.Now.AddDays(-7));

        (await ListAsync()).Select(listed => listed.Key.Key.Name).ShouldBe(["Bar", "Till"]);
        (await ListAsync(new ApiKeyFilter(Search: "TIL"))).ShouldHaveSingleItem().Days.ShouldBe([2, 0, 0, 0, 0, 0, 3]);
        (await ListAsync(new ApiKeyFilter(Search: bar.Secret.LastFour))).ShouldHaveSingleItem().Key.Key.Name.ShouldBe("Bar");
        (await ListAsync(new ApiKeyFilter(ApiKeyStatus.ExpiresSoon))).ShouldHaveSingleItem().Key.Key.Name.ShouldBe("Bar");
        (await Keys.ListAsync(_house.Developer, _house.Tenant, new ApiKeyFilter(Search: "nothing"), Ct)).Value!.Total.ShouldBe(2);
    }

    private async Task<IReadOnlyList<ListedApiKey>> ListAsync(ApiKeyFilter? filter = null) =>
        (await Keys.ListAsync(_house.Developer, _house.Tenant, filter ?? new ApiKeyFilter(), Ct)).Value!.Keys;

    private async Task<string[]> FieldsRefusedAsync(string name, ApiKeyLimits limits)
    {
        var made = await Keys.CreateAsync(_house.Developer, _house.Tenant, new ApiKeyDraft(name, limits, _house.NewForm()), Ct);
        var refusal = made.Refusal.ShouldBeOfType<Refusal.Invalid>();
        refusal.Errors.ShouldAllBe(error => !error.Message.Contains("300.0.0.1"));
        return [.. refusal.Errors.Select(error => error.Field).Distinct(StringComparer.Ordinal)];
    }
}

using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tests.Unit.ApiKeys;

public sealed class WhoMayManageApiKeysTests : IAsyncLifetime
{
    private KeyKeepers _house = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _house = await KeyKeepers.StartAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Theory]
    [InlineData(MemberRole.Owner, true, true)]
    [InlineData(MemberRole.Admin, true, true)]
    [InlineData(MemberRole.Developer, true, true)]
    [InlineData(MemberRole.Auditor, true, false)]
    [InlineData(MemberRole.Viewer, false, false)]
    public async Task Every_call_asks_the_table_of_roles(MemberRole role, bool mayView, bool mayManage)
    {
        var key = (await _house.MakeAsync()).Key;

        foreach (var refusal in await ReadsAsync(_house.Member(role), _house.Tenant, key.Key.Id))
        {
            (refusal is Refusal.Forbidden).ShouldBe(!mayView);
        }

        foreach (var refusal in await ChangesAsync(_house.Member(role), _house.Tenant, key))
        {
            (refusal is Refusal.Forbidden).ShouldBe(!mayManage);
        }
    }

    [Fact]
    public async Task Keys_of_production_want_someone_who_has_just_confirmed_that_it_is_them()
    {
        var made = await _house.MakeAsync(tenant: _house.Production);
        var longAgo = _house.Member(MemberRole.Owner, confirmedAt: _house.Now - RoleTable.Freshness - TimeSpan.FromSeconds(1));

        (await ChangesAsync(longAgo, _house.Production, made.Key)).ShouldAllBe(refusal => refusal is Refusal.Unconfirmed);
        (await ReadsAsync(longAgo, _house.Production, made.Key.Key.Id)).ShouldAllBe(refusal => !(refusal is Refusal.Unconfirmed));
        _house.Keys.RefuseChanges(longAgo, TenantEnvironment.Production).ShouldBeOfType<Refusal.Unconfirmed>();
        _house.Keys.RefuseChanges(longAgo, TenantEnvironment.Sandbox).ShouldBeNull();
        (await _house.IsTakenAsync(made.Secret)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_key_of_another_account_location_or_environment_does_not_exist()
    {
        var made = await _house.MakeAsync();
        var other = await _house.Vault.NewTenantAsync();
        var owner = _house.Member(MemberRole.Owner);
        (SignedInMember Who, Tenant Tenant)[] strangers =
        [
            (_house.Member(MemberRole.Owner, other), other),
            (_house.Member(MemberRole.Owner, other), _house.Tenant),
            (owner, other),
            (owner, _house.Tenant with { Location = other.Location }),
            (owner, _house.Production),
        ];

        foreach (var (who, tenant) in strangers)
        {
            var refusals = await ReadsOfOneAsync(who, tenant, made.Key.Key.Id);
            refusals = [.. refusals, .. (await ChangesAsync(who, tenant, made.Key)).Skip(1)];
            refusals.ShouldAllBe(refusal => refusal is Refusal.NotFound);
        }

        (await _house.Keys.ListAsync(_house.Member(MemberRole.Owner, other), other, new ApiKeyFilter(), Ct)).Value!.Keys.ShouldNotContain(listed => listed.Key.Key.Id == made.Key.Key.Id);
        (await _house.Keys.ListAsync(owner, other, new ApiKeyFilter(), Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await _house.IsTakenAsync(made.Secret)).ShouldBeTrue();
    }

    [Fact]
    public async Task No_key_is_made_for_a_location_of_another_account()
    {
        var other = await _house.Vault.NewTenantAsync();
        var draft = new ApiKeyDraft("Till", new ApiKeyLimits(ApiKeyScopes.All), "form");

        (await _house.Keys.CreateAsync(_house.Developer, other, draft, Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await _house.Keys.CreateAsync(_house.Developer, _house.Tenant with { Location = other.Location }, draft, Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
    }

    private async Task<IReadOnlyList<Refusal?>> ReadsAsync(SignedInMember who, Tenant tenant, ApiKeyId id) =>
        [(await _house.Keys.ListAsync(who, tenant, new ApiKeyFilter(), Ct)).Refusal, .. await ReadsOfOneAsync(who, tenant, id)];

    private async Task<IReadOnlyList<Refusal?>> ReadsOfOneAsync(SignedInMember who, Tenant tenant, ApiKeyId id) =>
    [
        (await _house.Keys.GetAsync(who, tenant, id, Ct)).Refusal,
        (await _house.Insight.ReportAsync(who, tenant, id, TimeZoneInfo.Utc, Ct)).Refusal,
        (await _house.Insight.TryAsync(who, tenant, id, new ApiKeyLimits(ApiKeyScopes.Read), Ct)).Refusal,
        (await _house.Insight.MeterAsync(who, tenant, id, Ct)).Refusal,
        (await _house.Insight.AuditTrailAsync(who, tenant, id, Ct)).Refusal,
    ];

    private async Task<IReadOnlyList<Refusal?>> ChangesAsync(SignedInMember who, Tenant tenant, ManagedApiKey key) =>
    [
        (await _house.Keys.CreateAsync(who, tenant, new ApiKeyDraft("Till", new ApiKeyLimits(ApiKeyScopes.All), _house.NewForm()), Ct)).Refusal,
        (await _house.Keys.RenameAsync(who, tenant, key.Key.Id, "Bar")).Refusal,
        (await _house.Keys.LimitAsync(who, tenant, key.Key.Id, new ApiKeyLimits(ApiKeyScopes.Read))).Refusal,
        (await _house.Keys.RollAsync(who, tenant, key.Key.Id, new ApiKeyRoll("New", null, null, _house.NewForm()))).Refusal,
        (await _house.Keys.RetireAsync(who, tenant, key.Key.Id, at: null)).Refusal,
        (await _house.Keys.BringBackAsync(who, tenant, key.Key.Id)).Refusal,
        (await _house.Keys.DeleteAsync(who, tenant, key.Key.Id, "Bar")).Refusal,
    ];
}

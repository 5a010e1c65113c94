using Dapper;
using Dojo.Pci.Tests.Unit.ApiKeys;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Alarms;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Crypto;
using Dojo.Pci.Tokenization.Notices;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Storage;

namespace Dojo.Pci.Tests.Unit.Notices;

public sealed class MemberNoticesTests : IAsyncLifetime
{
    private KeyKeepers _house = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IMemberNotices Notices => _house.Vault.Get<IMemberNotices>();

    public async ValueTask InitializeAsync()
    {
        _house = await KeyKeepers.StartAsync();
        foreach (var id in new[] { 7, 8 })
        {
            await ExecuteAsync($"INSERT INTO members (id, account_id, handle, email, email_key, name, role, password_hash, created_at, active_since) VALUES ({id}, {_house.Tenant.Account.Value}, 'h{id}', 'm{id}@example.com', 'm{id}@example.com', 'M', 'Developer', 'x', 0, 0)");
        }
    }

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_key_is_told_of_in_the_week_before_its_expiry()
    {
        await _house.MakeAsync("Far", expiresAt: _house.Now.AddDays(8));
        (await ListAsync(_house.Developer)).ShouldBeEmpty();

        _house.Clock.Advance(TimeSpan.FromDays(1.5));
        var notice = (await ListAsync(_house.Developer)).ShouldHaveSingleItem();
        (notice.Title, notice.IsUrgent).ShouldBe(("API key Far expires soon", false));
        _house.Clock.Advance(TimeSpan.FromDays(7));
        (await ListAsync(_house.Developer)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_was_found_in_public_is_told_of_until_it_is_deleted_also_after_a_restart()
    {
        var made = await _house.MakeAsync("Live", tenant: _house.Production);
        await _house.Keys.DiscloseAsync(made.Secret.Hash(), "found in a commit", from: null, Ct);
        _house.Clock.Advance(TimeSpan.FromDays(60));
        var notice = (await ListAsync(_house.Developer, _house.Production)).ShouldHaveSingleItem();
        (notice.Title, notice.IsUrgent, notice.Key).ShouldBe(("API key Live was found in public", true, made.Key.Key.Id));

        await _house.Keys.DeleteAsync(_house.Developer with { ConfirmedAt = _house.Now }, _house.Production, made.Key.Key.Id, "Live");
        (await ListAsync(_house.Developer, _house.Production)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_disabled_webhook_endpoint_and_an_alarm_are_told_of()
    {
        var tenant = _house.Tenant;
        await ExecuteAsync($"INSERT INTO webhook_subscriptions (id, account_id, location_id, environment, url, created_at, updated_at, disabled_at) VALUES (5, {tenant.Account.Value}, {tenant.Location.Value}, 0, 'https://hooks.example.com/in', 0, 0, 1)");
        await _house.Vault.Get<IAlarms>().RaiseAsync(new Alarm { Account = tenant.Account, Tenant = tenant, Actor = "key:1", Action = AuditAction.CardTestingRefused, Subject = "key:1", Detail = "too many cards" });

        var notices = await ListAsync(_house.Developer);
        notices.Select(notice => notice.Title).ShouldBe(["Card testing refused", "A webhook endpoint was disabled"]);
        notices[0].Detail.ShouldBe("Too many cards. 1 time.");
        notices[1].Detail.ShouldContain("https://hooks.example.com/in");
        notices[1].Webhook.ShouldNotBeNull().ShouldStartWith("ws_sandbox_");
    }

    [Fact]
    public async Task The_period_of_the_key_that_seals_cards_is_told_of_before_its_end_and_after_it_until_there_is_a_new_one()
    {
        _house.Clock.Advance(TimeSpan.FromDays(334));
        (await ListAsync(_house.Developer)).ShouldBeEmpty();

        _house.Clock.Advance(TimeSpan.FromDays(2));
        var soon = (await ListAsync(_house.Developer)).ShouldHaveSingleItem();
        (soon.Title, soon.IsUrgent, soon.Due).ShouldBe(("The key that seals cards in the sandbox is nearing the end of its year", false, _house.Now.AddDays(29)));
        _house.Clock.Advance(TimeSpan.FromDays(30));
        var past = (await ListAsync(_house.Developer)).ShouldHaveSingleItem();
        (past.Title, past.Due).ShouldBe(("The key that seals cards in the sandbox is past its year", null));
        (await ListAsync(_house.Member(MemberRole.Viewer))).ShouldBeEmpty();

        await _house.Vault.Get<KeyRing>().TakeCardKeyAsync(TenantEnvironment.Sandbox, Ct);
        _house.Clock.Advance(TimeSpan.FromMinutes(1));
        (await ListAsync(_house.Developer)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_key_that_has_sealed_nearly_as_many_cards_as_it_may_is_told_of_in_its_own_environment()
    {
        await ExecuteAsync("UPDATE data_keys SET uses = 250000000 WHERE purpose = 'Card' AND environment = 1");

        (await ListAsync(_house.Developer)).ShouldBeEmpty();
        (await ListAsync(_house.Developer, _house.Production)).ShouldHaveSingleItem().Detail.ShouldStartWith("250,000,000 of 268,435,456 cards.");
    }

    [Fact]
    public async Task A_notice_is_put_away_for_one_member_alone_and_comes_back_when_they_want_it()
    {
        await _house.MakeAsync("Far", expiresAt: _house.Now.AddDays(3));
        var other = _house.Developer with { Id = new MemberId(8) };
        var id = (await ListAsync(_house.Developer)).ShouldHaveSingleItem().Id;

        (await Notices.DismissAsync(_house.Developer, _house.Tenant, [id, "nonsense"])).Value!.Open.ShouldBeEmpty();
        (await ListAsync(_house.Developer)).ShouldHaveSingleItem().IsDismissed.ShouldBeTrue();
        (await ListAsync(other)).ShouldHaveSingleItem().IsDismissed.ShouldBeFalse();
        (await _house.Vault.Get<IDatabase>().ReadAsync(connection => connection.ExecuteScalar<long>("SELECT COUNT(*) FROM member_choices"), Ct)).ShouldBe(1, "what there is not is not kept");

        (await Notices.RestoreAsync(_house.Developer, _house.Tenant, [id])).Value!.Open.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_member_sees_what_their_role_may_see_and_of_their_account_alone()
    {
        await _house.MakeAsync("Far", expiresAt: _house.Now.AddDays(3));
        (await ListAsync(_house.Member(MemberRole.Viewer))).ShouldBeEmpty();

        var stranger = await _house.Vault.NewTenantAsync();
        (await Notices.ListAsync(_house.Member(MemberRole.Owner, stranger), _house.Tenant, Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
    }

    private async Task<IReadOnlyList<MemberNotice>> ListAsync(SignedInMember who, Tenant? tenant = null) => (await Notices.ListAsync(who, tenant ?? _house.Tenant, Ct)).Value.ShouldNotBeNull().Items;

    private Task<int> ExecuteAsync(string sql) => _house.Vault.Get<IDatabase>().WriteAsync(connection => connection.Execute(sql));
}

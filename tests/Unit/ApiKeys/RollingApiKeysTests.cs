using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tests.Unit.ApiKeys;

public sealed class RollingApiKeysTests : IAsyncLifetime
{
    private KeyKeepers _house = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IApiKeyService Keys => _house.Keys;

    public async ValueTask InitializeAsync() => _house = await KeyKeepers.StartAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task A_rolled_key_and_its_successor_are_both_taken_and_know_each_other()
    {
        var old = await _house.MakeAsync("Till", ApiKeyScopes.Read, "10.0.0.0/8");

        var made = await RollAsync(old);

        (await _house.IsTakenAsync(old.Secret)).ShouldBeTrue();
        (await _house.IsTakenAsync(made.Secret)).ShouldBeTrue();
        made.Key.Key.Scopes.ShouldBe(ApiKeyScopes.Read);
        made.Key.Key.AllowedNetworks.ShouldBe(old.Key.Key.AllowedNetworks);
        made.Key.Predecessor.ShouldBe(old.Key.Key.Id);
        (await GetAsync(old)).Successor.ShouldBe(made.Key.Key.Id);
        (await _house.TrailAsync(old.Key.Key.Id)).ShouldBe(["api key rolled", "api key created"]);
        (await _house.TrailAsync(made.Key.Key.Id)).ShouldBe(["api key created"]);
    }

    [Fact]
    public async Task The_old_key_is_refused_from_the_chosen_instant_on_and_not_before()
    {
        var old = await _house.MakeAsync();
        var made = await RollAsync(old, retireAt: _house.Now.AddHours(1));
        (await GetAsync(old)).StatusAt(_house.Now).ShouldBe(ApiKeyStatus.Retiring);
        _house.Clock.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMicroseconds(1));
        (await _house.IsTakenAsync(old.Secret)).ShouldBeTrue();

        _house.Clock.Advance(TimeSpan.FromMicroseconds(1));

        (await _house.IsTakenAsync(old.Secret)).ShouldBeFalse();
        (await _house.IsTakenAsync(made.Secret)).ShouldBeTrue();
        (await GetAsync(old)).StatusAt(_house.Now).ShouldBe(ApiKeyStatus.Retired);
    }

    [Fact]
    public async Task A_key_is_rolled_once_and_then_its_successor()
    {
        var old = await _house.MakeAsync();
        var next = await RollAsync(old);

        (await Keys.RollAsync(_house.Developer, _house.Tenant, old.Key.Key.Id, Roll())).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await RollAsync(next)).Key.Predecessor.ShouldBe(next.Key.Key.Id);
    }

    [Fact]
    public async Task A_roll_that_is_sent_again_makes_no_second_key()
    {
        var old = await _house.MakeAsync();
        var roll = Roll();
        (await Keys.RollAsync(_house.Developer, _house.Tenant, old.Key.Key.Id, roll)).IsSuccess.ShouldBeTrue();

        (await Keys.RollAsync(_house.Developer, _house.Tenant, old.Key.Key.Id, roll)).Refusal.ShouldBeOfType<Refusal.Conflict>();
        (await Keys.ListAsync(_house.Developer, _house.Tenant, new ApiKeyFilter(), Ct)).Value!.Total.ShouldBe(2);
    }

    [Fact]
    public async Task A_key_that_is_retired_now_is_refused_at_once_and_comes_back_within_the_grace()
    {
        var made = await _house.MakeAsync();
        (await _house.IsTakenAsync(made.Secret)).ShouldBeTrue();

        (await RetireAsync(made)).IsSuccess.ShouldBeTrue();
        (await _house.IsTakenAsync(made.Secret)).ShouldBeFalse();
        (await RetireAsync(made)).Refusal.ShouldBeOfType<Refusal.WrongState>();

        _house.Clock.Advance(ManagedApiKey.Grace - TimeSpan.FromMicroseconds(1));
        (await Keys.BringBackAsync(_house.Developer, _house.Tenant, made.Key.Key.Id)).IsSuccess.ShouldBeTrue();
        (await _house.IsTakenAsync(made.Secret)).ShouldBeTrue();
        (await _house.TrailAsync(made.Key.Key.Id)).ShouldBe(["api key brought back", "api key retired", "api key created"]);
    }

    [Fact]
    public async Task After_the_grace_a_retired_key_does_not_come_back()
    {
        var made = await _house.MakeAsync();
        await RetireAsync(made);
        _house.Clock.Advance(ManagedApiKey.Grace);

        (await Keys.BringBackAsync(_house.Developer, _house.Tenant, made.Key.Key.Id)).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await Keys.RollAsync(_house.Developer, _house.Tenant, made.Key.Key.Id, Roll())).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await _house.IsTakenAsync(made.Secret)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_planned_retirement_can_be_planned_anew_and_undone_before_it_takes_effect()
    {
        var made = await _house.MakeAsync();
        (await RetireAsync(made, _house.Now.AddDays(10))).Value!.StatusAt(_house.Now).ShouldBe(ApiKeyStatus.Retiring);
        (await RetireAsync(made, _house.Now.AddDays(2))).Value!.Key.RetiresAt.ShouldBe(_house.Now.AddDays(2));
        (await RetireAsync(made, _house.Now)).Refusal.ShouldBeOfType<Refusal.Invalid>();

        (await Keys.BringBackAsync(_house.Developer, _house.Tenant, made.Key.Key.Id)).IsSuccess.ShouldBeTrue();

        _house.Clock.Advance(TimeSpan.FromDays(11));
        (await _house.IsTakenAsync(made.Secret)).ShouldBeTrue();
        (await Keys.BringBackAsync(_house.Developer, _house.Tenant, made.Key.Key.Id)).Refusal.ShouldBeOfType<Refusal.WrongState>();
    }

    [Fact]
    public async Task The_meter_shows_both_keys_by_address_and_minute()
    {
        var old = await _house.MakeAsync();
        var made = await RollAsync(old);
        await _house.UseAsync(old.Key, 5, address: "198.51.100.7");
        await _house.UseAsync(old.Key, 2, address: "198.51.100.8", at: _house.Now.AddMinutes(-2));
        await _house.UseAsync(old.Key, 9, at: _house.Now.AddMinutes(-RollMeter.Minutes));
        await _house.UseAsync(made.Key, 4, address: null);

        foreach (var id in new[] { old.Key.Key.Id, made.Key.Key.Id })
        {
            var meter = (await _house.Insight.MeterAsync(_house.Developer, _house.Tenant, id, Ct)).Value.ShouldNotBeNull();

            meter.Old.Key.Key.Id.ShouldBe(old.Key.Key.Id);
            meter.Old.PerMinute.ShouldBe([0, 0, 0, 0, 0, 0, 0, 2, 0, 5]);
            meter.Old.Addresses.Select(address => address.Address?.ToString()).ShouldBe(["198.51.100.7", "198.51.100.8"]);
            meter.New.PerMinute[^1].ShouldBe(4);
            meter.New.Addresses.ShouldHaveSingleItem().Address.ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_key_that_was_not_rolled_has_no_meter()
    {
        var made = await _house.MakeAsync();

        (await _house.Insight.MeterAsync(_house.Developer, _house.Tenant, made.Key.Key.Id, Ct)).Refusal.ShouldBeOfType<Refusal.WrongState>();
    }

    private ApiKeyRoll Roll(DateTimeOffset? retireAt = null) => new("Till", null, retireAt, _house.NewForm());

    private async Task<MadeApiKey> RollAsync(MadeApiKey old, DateTimeOffset? retireAt = null) =>
        (await Keys.RollAsync(_house.Developer, _house.Tenant, old.Key.Key.Id, Roll(retireAt))).Value.ShouldNotBeNull();

    private Task<Result<ManagedApiKey>> RetireAsync(MadeApiKey made, DateTimeOffset? at = null) =>
        Keys.RetireAsync(_house.Developer, _house.Tenant, made.Key.Key.Id, at);

    private async Task<ManagedApiKey> GetAsync(MadeApiKey made) => (await Keys.GetAsync(_house.Developer, _house.Tenant, made.Key.Key.Id, Ct)).Value.ShouldNotBeNull();
}

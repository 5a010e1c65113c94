using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tests.Unit.ApiKeys;

/// <summary>Changes that were decided outside a transaction.</summary>
public sealed class ApiKeyStoreTests : IAsyncLifetime
{
    private KeyKeepers _house = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IApiKeyStore Store => _house.Vault.Get<IApiKeyStore>();

    public async ValueTask InitializeAsync() => _house = await KeyKeepers.StartAsync();

    public ValueTask DisposeAsync() => _house.DisposeAsync();

    [Fact]
    public async Task What_was_decided_on_a_key_that_has_changed_since_is_not_stored()
    {
        var before = (await _house.MakeAsync("Till")).Key;
        (await Store.UpdateAsync(Rename(before, "First"))).ShouldBe(ApiKeyOutcome.Done);

        (await Store.UpdateAsync(Rename(before, "Second"))).ShouldBe(ApiKeyOutcome.Changed);

        (await Store.FindAsync(_house.Tenant, before.Key.Id, Ct)).ShouldNotBeNull().Key.Name.ShouldBe("First");
        (await _house.TrailAsync(before.Key.Id)).Count(action => action == "api key renamed").ShouldBe(1);
    }

    [Fact]
    public async Task A_roll_of_a_key_that_has_changed_since_makes_no_successor()
    {
        var before = (await _house.MakeAsync("Till")).Key;
        await Store.UpdateAsync(Rename(before, "First"));
        var successor = new ApiKeyInsertion(
            new NewApiKey(_house.Tenant, "Next"), ApiKeySecret.Generate(_house.Tenant.Environment), _house.Now, "operator", _house.NewForm(), AuditActor.Operator(_house.Tenant.Account).Entry(_house.Now, AuditAction.ApiKeyCreated, ""));

        var (outcome, made) = await Store.RollAsync(Rename(before, "Second"), successor);

        (outcome, made).ShouldBe((ApiKeyOutcome.Changed, null));
        (await Store.ListAsync(_house.Tenant, Ct)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Of_changes_at_once_none_is_lost()
    {
        var key = (await _house.MakeAsync("Till")).Key.Key;

        var changes = await Task.WhenAll(
            _house.Keys.RenameAsync(_house.Developer, _house.Tenant, key.Id, "Front till"),
            _house.Keys.LimitAsync(_house.Developer, _house.Tenant, key.Id, new ApiKeyLimits(ApiKeyScopes.Read)),
            _house.Keys.RetireAsync(_house.Developer, _house.Tenant, key.Id, _house.Now.AddHours(1)));

        changes.ShouldAllBe(change => change.IsSuccess);
        (await Store.FindAsync(_house.Tenant, key.Id, Ct)).ShouldNotBeNull().Key.ShouldSatisfyAllConditions(
            after => after.Name.ShouldBe("Front till"),
            after => after.Scopes.ShouldBe(ApiKeyScopes.Read),
            after => after.RetiresAt.ShouldBe(_house.Now.AddHours(1)));
    }

    private ApiKeyChange Rename(ManagedApiKey before, string name) =>
        new(before, before with { Key = before.Key with { Name = name } }, _house.Developer.Entry(_house.Now, AuditAction.ApiKeyRenamed, before.Key.Id.Subject));
}

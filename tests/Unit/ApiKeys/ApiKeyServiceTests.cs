using System.Net;
using System.Text;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.ApiKeys;

public sealed class ApiKeyServiceTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = Clocks.New();
    private readonly VaultDirectory _directory = new();
    private TestVault _vault = null!;
    private Tenant _tenant;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IApiKeyService Keys => _vault.Get<IApiKeyService>();

    public async ValueTask InitializeAsync()
    {
        _vault = await TestVault.OpenAsync(_directory, _clock);
        _tenant = await _vault.NewTenantAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _vault.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_new_key_is_recognised_with_everything_it_was_made_with()
    {
        var networks = new[] { IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("2001:db8::/32") };
        var (made, secret) = await Keys.CreateAsync(
            new NewApiKey(_tenant, "Till 1", ApiKeyScopes.Tokenize | ApiKeyScopes.Read, _clock.GetUtcNow().AddDays(1), networks), Ct);

        var recognised = (await Keys.AuthenticateAsync(secret.Reveal(), Ct)).ShouldNotBeNull();

        recognised.Id.ShouldBe(made.Id);
        recognised.Tenant.ShouldBe(_tenant);
        recognised.Name.ShouldBe("Till 1");
        recognised.Scopes.ShouldBe(ApiKeyScopes.Tokenize | ApiKeyScopes.Read);
        recognised.LastFour.ShouldBe(secret.LastFour);
        recognised.CreatedAt.ShouldBe(_clock.GetUtcNow());
        recognised.ExpiresAt.ShouldBe(_clock.GetUtcNow().AddDays(1));
        recognised.AllowedNetworks.ShouldBe(networks);
    }

    [Fact]
    public async Task The_secret_is_nowhere_in_what_is_stored()
    {
        var (_, secret) = await Keys.CreateAsync(new NewApiKey(_tenant, "Key"), Ct);
        await Keys.AuthenticateAsync(secret.Reveal(), Ct);
        var stored = _directory.ReadAllData();

        // Finding the hash proves that the stored data can be searched.
        stored.AsSpan().IndexOf(secret.Hash()).ShouldBeGreaterThan(0);
        var random = secret.Reveal()["sk_sandbox_".Length..][..43];
        stored.AsSpan().IndexOf(Encoding.UTF8.GetBytes(random[..12])).ShouldBe(-1);
        stored.AsSpan().IndexOf(Encoding.Unicode.GetBytes(random[..12])).ShouldBe(-1);
        stored.AsSpan().IndexOf(System.Buffers.Text.Base64Url.DecodeFromChars(random)).ShouldBe(-1);
    }

    [Fact]
    public async Task What_was_never_given_out_is_not_recognised()
    {
        var (_, secret) = await Keys.CreateAsync(new NewApiKey(_tenant, "Key"), Ct);
        foreach (var presented in new[] { "", "Basic", ApiKeySecret.Generate(TenantEnvironment.Sandbox).Reveal(), secret.Reveal() + " ", secret.Reveal()[..^1], secret.Reveal().ToUpperInvariant() })
        {
            (await Keys.AuthenticateAsync(presented, Ct)).ShouldBeNull();
        }
    }

    [Fact]
    public async Task A_revoked_key_is_refused_from_the_next_request_on()
    {
        var (key, secret) = await Keys.CreateAsync(new NewApiKey(_tenant, "Key"), Ct);
        var (_, other) = await Keys.CreateAsync(new NewApiKey(_tenant, "Other"), Ct);
        (await Keys.AuthenticateAsync(secret.Reveal(), Ct)).ShouldNotBeNull();

        (await Keys.RevokeAsync(_tenant, key.Id, Ct)).ShouldBeTrue();

        (await Keys.AuthenticateAsync(secret.Reveal(), Ct)).ShouldBeNull();
        (await Keys.AuthenticateAsync(other.Reveal(), Ct)).ShouldNotBeNull();
        (await Keys.RevokeAsync(_tenant, key.Id, Ct)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_key_that_another_process_revoked_is_refused_within_five_seconds()
    {
        var (key, secret) = await Keys.CreateAsync(new NewApiKey(_tenant, "Key"), Ct);
        await using var other = await TestVault.OpenAsync(_directory, _clock, use: VaultUse.Administration);
        (await Keys.AuthenticateAsync(secret.Reveal(), Ct)).ShouldNotBeNull();

        await other.Get<IApiKeyService>().RevokeAsync(_tenant, key.Id, Ct);
        _clock.Advance(TimeSpan.FromSeconds(5));

        (await Keys.AuthenticateAsync(secret.Reveal(), Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Steady_use_does_not_keep_a_revoked_key_alive()
    {
        var (key, secret) = await Keys.CreateAsync(new NewApiKey(_tenant, "Key"), Ct);
        await using var other = await TestVault.OpenAsync(_directory, _clock, use: VaultUse.Administration);
        await Keys.AuthenticateAsync(secret.Reveal(), Ct);
        await other.Get<IApiKeyService>().RevokeAsync(_tenant, key.Id, Ct);

        for (var second = 0; second < 5; second++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Keys.AuthenticateAsync(secret.Reveal(), Ct);
        }

        (await Keys.AuthenticateAsync(secret.Reveal(), Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_is_refused_from_the_instant_it_expires_also_when_it_was_just_used()
    {
        var (_, secret) = await Keys.CreateAsync(new NewApiKey(_tenant, "Key", ExpiresAt: _clock.GetUtcNow().AddSeconds(2)), Ct);
        _clock.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        (await Keys.AuthenticateAsync(secret.Reveal(), Ct)).ShouldNotBeNull();

        _clock.Advance(TimeSpan.FromTicks(1));
        (await Keys.AuthenticateAsync(secret.Reveal(), Ct)).ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_can_revoke_a_key_of_another_tenant()
    {
        var (key, secret) = await Keys.CreateAsync(new NewApiKey(_tenant, "Key"), Ct);
        var stranger = await _vault.NewTenantAsync();

        (await Keys.RevokeAsync(stranger, key.Id, Ct)).ShouldBeFalse();
        (await Keys.RevokeAsync(_tenant with { Environment = TenantEnvironment.Production }, key.Id, Ct)).ShouldBeFalse();
        (await Keys.RevokeAsync(_tenant with { Location = stranger.Location }, key.Id, Ct)).ShouldBeFalse();
        (await Keys.RevokeAsync(_tenant with { Account = stranger.Account }, key.Id, Ct)).ShouldBeFalse();

        (await Keys.AuthenticateAsync(secret.Reveal(), Ct)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("11.1.2.3", false)]
    [InlineData("2001:db8::1", true)]
    [InlineData("2001:db9::1", false)]
    [InlineData(null, false)]
    public void A_key_bound_to_networks_is_good_from_these_alone(string? address, bool allowed)
    {
        var parsed = address is null ? null : IPAddress.Parse(address);

        KeyFor("10.0.0.0/8", "2001:db8::/32").AllowsAddress(parsed).ShouldBe(allowed);
        KeyFor().AllowsAddress(parsed).ShouldBeTrue();
    }

    private static ApiKey KeyFor(params string[] networks) =>
        new(new ApiKeyId(1), default, "Key", ApiKeyScopes.All, "abcd", DateTimeOffset.UnixEpoch, null, [.. networks.Select(network => IPNetwork.Parse(network))]);
}

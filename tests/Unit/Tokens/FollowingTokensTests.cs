using System.Threading.Channels;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tests.Unit.Tokens;

public sealed class FollowingTokensTests : IAsyncLifetime
{
    private TokenVault _vault = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TokenFeed Feed => _vault.Get<TokenFeed>();

    public async ValueTask InitializeAsync() => _vault = await TokenVault.OpenAsync();

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task A_follower_hears_of_new_tokens_and_of_changes_once_they_are_on_disk()
    {
        using var subscription = await FollowAsync();

        var token = await _vault.CreateAsync();
        var news = await subscription.ReadAsync(Ct);
        news.Created.ShouldBe([token.Id]);
        news.Changed.ShouldBeEmpty();
        (await _vault.Get<ITokenBrowser>().RefreshAsync(_vault.Member(), _vault.Tenant, new TokenSearch(), news.Created, Ct)).Value.ShouldNotBeNull().Items.ShouldHaveSingleItem();

        await _vault.DeleteAsync(token);
        (await subscription.ReadAsync(Ct)).Changed.ShouldBe([token.Id]);
    }

    [Fact]
    public async Task What_happens_while_nobody_asks_comes_together_each_token_once()
    {
        using var subscription = await FollowAsync();
        var (first, second) = (await _vault.CreateAsync(), await _vault.CreateAsync());
        await _vault.DeleteAsync(first);

        var news = await subscription.ReadAsync(Ct);

        news.Created.ShouldBe([first.Id, second.Id]);
        news.Changed.ShouldBeEmpty();
        news.HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task A_follower_that_does_not_ask_holds_up_nobody_and_is_told_that_it_missed_something()
    {
        using var slow = await FollowAsync();
        for (var i = 1; i <= TokenSubscription.MostKept + 1; i++)
        {
            Feed.Publish(_vault.Tenant, i, isNew: true);
        }

        var news = await slow.ReadAsync(Ct);
        news.Created.Count.ShouldBe(TokenSubscription.MostKept);
        news.HasMore.ShouldBeTrue();

        Feed.Publish(_vault.Tenant, 1);
        (await slow.ReadAsync(Ct)).HasMore.ShouldBeFalse();
    }

    [Fact]
    public async Task Nobody_hears_of_another_places_tokens()
    {
        var stranger = await _vault.Vault.NewTenantAsync();
        using var subscription = await FollowAsync();
        await _vault.CreateAsync(tenant: stranger);
        Feed.Publish(_vault.Tenant with { Environment = TenantEnvironment.Production }, 4711, isNew: true);
        var own = await _vault.CreateAsync();

        (await subscription.ReadAsync(Ct)).Created.ShouldBe([own.Id]);
        (await _vault.Get<ITokenFeed>().SubscribeAsync(_vault.Member(), stranger, Ct)).IsSuccess.ShouldBeFalse();
    }

    [Fact]
    public async Task A_subscription_that_has_ended_hears_nothing_and_others_go_on()
    {
        var ended = await FollowAsync();
        using var other = await FollowAsync();
        ended.Dispose();
        await _vault.CreateAsync();

        await Should.ThrowAsync<ChannelClosedException>(() => ended.ReadAsync(Ct));
        (await other.ReadAsync(Ct)).Created.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_token_that_was_not_stored_is_no_news()
    {
        await _vault.Get<IAccountStore>().SetUniqueReferencesAsync(_vault.Tenant.Location, unique: true, Ct);
        await _vault.CreateAsync("once");
        using var subscription = await FollowAsync();
        using (var request = Harness.VaultSamples.Request("once"))
        {
            (await _vault.Get<Tokenization.SetupIntents.ISetupIntentService>().CreateAsync(new Caller(_vault.Tenant, "key:1"), request, null)).IsSuccess.ShouldBeFalse();
        }

        var next = await _vault.CreateAsync("twice");
        (await subscription.ReadAsync(Ct)).Created.ShouldBe([next.Id]);
    }

    private async Task<TokenSubscription> FollowAsync() => (await _vault.Get<ITokenFeed>().SubscribeAsync(_vault.Member(), _vault.Tenant, Ct)).Value.ShouldNotBeNull();
}

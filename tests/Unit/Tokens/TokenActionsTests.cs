using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tests.Unit.Tokens;

public sealed class TokenActionsTests : IAsyncLifetime
{
    private TokenVault _vault = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private ITokenActions Actions => _vault.Get<ITokenActions>();

    public async ValueTask InitializeAsync() => _vault = await TokenVault.OpenAsync();

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Theory]
    [InlineData("4111111111111111", SetupIntentStatus.Authorized, SetupIntentStatus.Closed, "token closed")]
    [InlineData(null, SetupIntentStatus.Created, SetupIntentStatus.Canceled, "token canceled")]
    public async Task A_member_ends_a_token_and_the_trail_says_who(string? card, SetupIntentStatus seen, SetupIntentStatus then, string action)
    {
        var token = await _vault.CreateAsync(card: card);

        var ended = (await Actions.EndAsync(_vault.Member(), _vault.Tenant, token.Id, seen)).Value.ShouldNotBeNull();

        ended.Status.ShouldBe(then);
        ended.Events.ShouldNotBeNull()[^1].Actor.ShouldBe("member:7");
        var entry = (await TrailAsync()).ShouldHaveSingleItem();
        (entry.Action, entry.Subject, entry.Actor, entry.Succeeded).ShouldBe((action, token.Id, "member:7", true));
        entry.Address.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_token_that_is_not_any_more_as_it_was_seen_is_left_alone()
    {
        var token = await _vault.CreateAsync();

        (await Actions.EndAsync(_vault.Member(), _vault.Tenant, token.Id, SetupIntentStatus.Created)).Refusal.ShouldBeOfType<Refusal.WrongState>();
        await _vault.DeleteAsync(token);
        (await Actions.EndAsync(_vault.Member(), _vault.Tenant, token.Id, SetupIntentStatus.Authorized)).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await Actions.EndAsync(_vault.Member(), _vault.Tenant, token.Id, SetupIntentStatus.Closed)).Refusal.ShouldBeOfType<Refusal.WrongState>();

        (await TrailAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(MemberRole.Owner, true)]
    [InlineData(MemberRole.Admin, true)]
    [InlineData(MemberRole.Developer, true)]
    [InlineData(MemberRole.Viewer, false)]
    [InlineData(MemberRole.Auditor, false)]
    public async Task Roles_decide_who_ends_and_creates_tokens(MemberRole role, bool allowed)
    {
        var token = await _vault.CreateAsync();

        var ended = await Actions.EndAsync(_vault.Member(role), _vault.Tenant, token.Id, SetupIntentStatus.Authorized);
        var created = await Actions.CreateTestTokenAsync(_vault.Member(role), _vault.Tenant, TestCards.All[0], "Test");

        (ended.IsSuccess, created.IsSuccess).ShouldBe((allowed, allowed));
        if (!allowed)
        {
            ended.Refusal.ShouldBeOfType<Refusal.Forbidden>();
            created.Refusal.ShouldBeOfType<Refusal.Forbidden>();
            (await _vault.Get<ISetupIntentService>().GetAsync(_vault.Tenant, token.Id, Ct)).Value.ShouldNotBeNull().Status.ShouldBe(SetupIntentStatus.Authorized);
        }
    }

    [Fact]
    public async Task Another_accounts_token_does_not_exist()
    {
        var token = await _vault.CreateAsync();
        var stranger = await _vault.Vault.NewTenantAsync();

        (await Actions.EndAsync(_vault.Member(of: stranger), _vault.Tenant, token.Id, SetupIntentStatus.Authorized)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Actions.EndAsync(_vault.Member(of: stranger), stranger, token.Id, SetupIntentStatus.Authorized)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Actions.CreateTestTokenAsync(_vault.Member(), stranger, TestCards.All[0], "Test")).Refusal.ShouldBeOfType<Refusal.NotFound>();
    }

    [Fact]
    public async Task Every_listed_card_makes_a_test_token_with_its_outcome()
    {
        foreach (var card in TestCards.All)
        {
            var created = (await Actions.CreateTestTokenAsync(_vault.Member(), _vault.Tenant, card, "Test")).Value.ShouldNotBeNull();
            created.Status.ShouldBe(card.Outcome == TestCardOutcome.Approves ? SetupIntentStatus.Authorized : SetupIntentStatus.Created);
            created.Card.ShouldNotBeNull().Scheme.ShouldBe(card.Scheme);
        }
    }

    [Fact]
    public async Task A_test_token_is_the_members_and_stands_in_the_trail()
    {
        var created = (await Actions.CreateTestTokenAsync(_vault.Member(), _vault.Tenant, TestCards.All[0], "Try 1")).Value.ShouldNotBeNull();

        created.Reference.ShouldBe("Try 1");
        var entry = (await TrailAsync()).ShouldHaveSingleItem();
        (entry.Action, entry.Subject, entry.Actor).ShouldBe(("test token created", created.Id, "member:7"));
        (await _vault.Get<ITokenBrowser>().FindAsync(_vault.Member(), _vault.Tenant, created.Id, Ct)).Value.ShouldNotBeNull().Timeline[0].Event.Actor.ShouldBe("member:7");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("4111 1111 1111 1111")]
    public async Task Its_reference_is_judged_like_that_of_a_request(string reference)
    {
        (await Actions.CreateTestTokenAsync(_vault.Member(), _vault.Tenant, TestCards.All[0], reference)).Refusal.ShouldBeOfType<Refusal.Invalid>()
            .Errors.ShouldAllBe(error => error.Field == "Reference");
        (await TrailAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task There_are_no_test_tokens_in_production() =>
        (await Actions.CreateTestTokenAsync(_vault.Member(), _vault.Tenant with { Environment = TenantEnvironment.Production }, TestCards.All[0], "Test"))
            .Refusal.ShouldBeOfType<Refusal.Forbidden>();

    [Fact]
    public async Task A_card_that_is_not_on_the_list_is_refused_anyone_who_says_it_is() =>
        (await Actions.CreateTestTokenAsync(_vault.Member(), _vault.Tenant, new TestCard(CardScheme.Visa, Harness.VaultSamples.Unlisted, TestCardOutcome.Approves, ""), "Test"))
            .Refusal.ShouldBeOfType<Refusal.Invalid>();

    [Fact]
    public async Task An_export_is_in_the_trail_before_its_first_row_and_gives_all_of_them()
    {
        for (var i = 0; i < 3; i++)
        {
            await _vault.CreateAsync($"Booking {i}");
        }

        var export = (await _vault.Get<ITokenExporter>().ExportAsync(_vault.Member(MemberRole.Viewer), _vault.Tenant, new TokenSearch(), () => ValueTask.FromResult<SignedInMember?>(_vault.Member(MemberRole.Viewer)), Ct)).Value.ShouldNotBeNull();

        (await TrailAsync()).ShouldHaveSingleItem().Action.ShouldBe("tokens exported");
        var rows = new List<string>();
        await foreach (var row in export.Rows)
        {
            rows.Add(row.Reference);
        }

        rows.ShouldBe(["Booking 2", "Booking 1", "Booking 0"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(MemberRole.Auditor)]
    public async Task An_export_gives_no_further_page_to_anyone_who_may_not_have_it_any_more(MemberRole? then)
    {
        // More than one batch reads.
        const int Tokens = 501;
        await _vault.CreateAsync();
        for (var i = 1; i < Tokens; i++)
        {
            await _vault.CreateAsync(card: null);
        }

        SignedInMember? current = _vault.Member(MemberRole.Viewer);
        var export = (await _vault.Get<ITokenExporter>().ExportAsync(current, _vault.Tenant, new TokenSearch(), () => ValueTask.FromResult<SignedInMember?>(current), Ct)).Value.ShouldNotBeNull();

        var rows = 0;
        await Should.ThrowAsync<ExportStoppedException>(async () =>
        {
            await foreach (var row in export.Rows)
            {
                rows++;
                current = then is { } role ? _vault.Member(role) : null;
            }
        });

        rows.ShouldBe(Tokens - 1);
    }

    private async Task<IReadOnlyList<AuditEntry>> TrailAsync() =>
        [.. (await _vault.Get<IAuditStore>().ListAsync(_vault.Tenant.Account, null, null, 100, Ct)).Select(recorded => recorded.Entry)];
}

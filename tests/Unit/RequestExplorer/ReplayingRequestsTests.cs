using Dojo.Pci.Portal.Api.SetupIntents;
using Dojo.Pci.Tests.Unit.RequestLogs;
using Dojo.Pci.Tests.Unit.Tokens;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tests.Unit.RequestExplorer;

public sealed class ReplayingRequestsTests : IAsyncLifetime
{
    private TokenVault _vault = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _vault = await TokenVault.OpenAsync();
        await LogAsync(Samples.Entry with { Tenant = _vault.Tenant, Body = Samples.Body("Booking 4711", "Two nights", ("room", "12b")) });
    }

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task A_tokenization_is_made_once_more_with_a_test_card_and_is_in_the_log_and_in_the_trail()
    {
        var replayed = (await ReplayAsync(_vault.Member(MemberRole.Developer))).Value!;

        replayed.Status.ShouldBe(200);
        var token = (await _vault.Get<ITokenBrowser>().FindAsync(_vault.Member(), _vault.Tenant, replayed.Token!.Id, Ct)).Value!;
        (token.Intent.Reference, token.Intent.Description, token.Intent.Card!.Masked.LastFour).ShouldBe(("Booking 4711", "Two nights", "4242"));
        token.Intent.Metadata!["room"].ShouldBe("12b");
        var entry = (await _vault.Get<IRequestExplorer>().FindAsync(_vault.Member(), _vault.Tenant, replayed.EntryId!.Value, new(), Ct)).Value!.Row.Entry;
        (entry.Status, entry.Key, entry.TokenId).ShouldBe((200, null, token.Intent.Id));
        entry.Body!.Json.ShouldContain("42424242****4242");
        (await _vault.Get<IAuditStore>().ListAsync(_vault.Tenant.Account, subject: null, before: null, limit: 10, Ct))
            .ShouldContain(recorded => recorded.Entry.Action == "request replayed" && recorded.Entry.Subject == token.Intent.Id);
    }

    [Fact]
    public async Task What_breaks_a_rule_now_is_answered_with_the_rule()
    {
        var replayed = (await ReplayAsync(_vault.Member(), compose: _ => new Refusal.Invalid([new FieldError("Reference", "It must not be empty.")]))).Value!;

        replayed.Status.ShouldBe(400);
        replayed.Problem!.Errors.ShouldHaveSingleItem().Field.ShouldBe("Reference");
        replayed.EntryId.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(MemberRole.Viewer)]
    [InlineData(MemberRole.Auditor)]
    public async Task Who_may_not_make_test_tokens_replays_nothing(MemberRole role) => (await ReplayAsync(_vault.Member(role))).Refusal.ShouldBeOfType<Refusal.Forbidden>();

    [Fact]
    public async Task In_production_nothing_is_replayed_and_what_was_not_kept_cannot_be()
    {
        var production = _vault.Tenant with { Environment = TenantEnvironment.Production };
        await LogAsync(Samples.Entry with { Tenant = production, Body = Samples.Body("Booking 1") }, Samples.Entry with { Tenant = _vault.Tenant, Status = 400, Refusal = "CardNumber" });

        (await ReplayAsync(_vault.Member(), id: 2, tenant: production)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await ReplayAsync(_vault.Member(), id: 3)).Refusal.ShouldBeOfType<Refusal.WrongState>();
        (await ReplayAsync(_vault.Member(), id: 99)).Refusal.ShouldBeOfType<Refusal.NotFound>();
    }

    [Fact]
    public async Task An_example_of_the_documentation_is_made_as_the_member_and_is_in_the_log()
    {
        var sent = (await _vault.Get<IRequestReplay>().SendExampleAsync(_vault.Member(MemberRole.Developer), _vault.Tenant, "reference", "2026-02-27", Example(), Ct)).Value!;

        sent.Status.ShouldBe(200);
        var entry = (await _vault.Get<IRequestExplorer>().FindAsync(_vault.Member(), _vault.Tenant, sent.EntryId!.Value, new(), Ct)).Value!.Row.Entry;
        (entry.Route, entry.Version, entry.Key, entry.TokenId).ShouldBe(("/setup-intents", "2026-02-27", null, sent.Token!.Id));
        (await _vault.Get<IRequestReplay>().SendExampleAsync(_vault.Member(MemberRole.Viewer), _vault.Tenant, "reference", "2026-02-27", Example(), Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await _vault.Get<IRequestReplay>().SendExampleAsync(
            _vault.Member(), _vault.Tenant with { Environment = TenantEnvironment.Production }, "reference", "2026-02-27", Example(), Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
    }

    private static Result<Tokenization.Validation.SetupIntentRequest> Example() =>
        new ReplayedBody().Read("""{"cardNumber":"5200000000001005","expiryDate":"12/29","reference":"Booking 4711"}""");

    private Task LogAsync(params RequestLogEntry[] entries) => _vault.Get<IRequestLogStore>().InsertAsync(entries);

    private Task<Result<ReplayedRequest>> ReplayAsync(
        SignedInMember who, long id = 1, Tenant? tenant = null, Func<RequestLogBody, Result<Tokenization.Validation.SetupIntentRequest>>? compose = null) =>
        _vault.Get<IRequestReplay>().ReplayAsync(
            who, tenant ?? _vault.Tenant, id, compose ?? (body => new ReplayedBody().Compose(body, TestCards.All.First(card => card.Number.EndsWith("4242", StringComparison.Ordinal)), TokenVault.Start.AddYears(3))), Ct);
}

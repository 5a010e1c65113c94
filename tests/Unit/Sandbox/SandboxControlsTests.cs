using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Webhooks;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Integrity;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Sandbox;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tests.Unit.Sandbox;

/// <summary>The members' controls of a whole sandbox: its clock and its reset.</summary>
public sealed class SandboxControlsTests() : SandboxTest(jobs: typeof(TokenIndexing))
{
    private ISandboxControls Controls => Get<ISandboxControls>();

    [Fact]
    public async Task A_preview_counts_what_falls_due_and_the_move_does_it()
    {
        await MakeDueAsync();
        var to = Portal.Clock.GetUtcNow().AddYears(5);

        var preview = (await Controls.PreviewAsync(Member(), Tenant, to, Ct)).Value.ShouldNotBeNull();
        var moved = (await Controls.MoveClockAsync(Member(), Tenant, to)).Value.ShouldNotBeNull();

        preview.ShouldBe(new DueCounts(Expiring: 1, CardsExpiring: 2, Destroyed: 2, Released: 1, Captured: 0));
        moved.Done.ShouldBe(preview);
        moved.Left.Any.ShouldBeFalse();
        moved.Time.Now.ShouldBe(to);
        (await Controls.ReadAsync(Member(), Tenant, Ct)).Value.ShouldNotBeNull().Time.Now.ShouldBe(to);
        (await LastEntryAsync()).ShouldBe(("sandbox clock moved", "member:7", "to 2031-03-04 09:15 UTC"));
    }

    [Fact]
    public async Task A_preview_is_the_same_once_the_tokens_are_indexed()
    {
        await MakeDueAsync();
        var to = Portal.Clock.GetUtcNow().AddYears(5);
        var before = (await Controls.PreviewAsync(Member(), Tenant, to, Ct)).Value;

        await Get<TokenIndexing>().RunOnceAsync(Ct);

        (await Controls.PreviewAsync(Member(), Tenant, to, Ct)).Value.ShouldBe(before);
        (await Controls.PreviewAsync(Member(), Tenant, Portal.Clock.GetUtcNow(), Ct)).Value.ShouldNotBeNull().Any.ShouldBeFalse();
    }

    [Fact]
    public async Task The_clock_does_not_go_back() =>
        (await Controls.MoveClockAsync(Member(), Tenant, Portal.Clock.GetUtcNow().AddDays(-1))).Refusal.ShouldBeOfType<Refusal.Invalid>();

    [Fact]
    public async Task A_reset_removes_what_was_made_and_leaves_keys_and_webhooks_and_sets_the_clock_right()
    {
        (await Client.SubscribeAsync(WebhookCalls.Target, "payment_intent.status_updated")).ShouldBeDone();
        await Portal.WantUniqueReferencesAsync(true);
        await MakeDueAsync();
        (await Client.AskAsync(HttpMethod.Post, "/customers", """{"name":"Alex"}"""u8.ToArray())).ShouldBeDone();
        await Client.MoveClockAsync("""{"advance":"P1D"}""");

        (await Controls.ResetAsync(Member(), Tenant, await NameAsync())).ShouldBeNull();
        (await Controls.ReadAsync(Member(), Tenant, Ct)).Value.ShouldNotBeNull().Reset.ShouldNotBeNull();
        Portal.Clock.Advance(TimeSpan.FromSeconds(1));
        var kept = await Client.CreateAsync(new ACard { Reference = "Made since" });
        await EraseAsync();

        (await Client.ListAsync()).Ids().ShouldBe([kept]);
        (await Portal.QueryAsync("SELECT 'x' FROM payment_intents UNION ALL SELECT 'x' FROM customers UNION ALL SELECT 'x' FROM webhook_deliveries")).ShouldBeEmpty();
        (await Client.ListWebhooksAsync()).Json.GetArrayLength().ShouldBe(1);
        (await Client.TokenizeAsync(new ACard { Reference = "Booking 1" }.ToJson())).ShouldBeOk()["createdAt"].ShouldStartWith("2026-03-04", customMessage: "the clock shows the real time, and the reference is free");
        (await Controls.ReadAsync(Member(), Tenant, Ct)).Value.ShouldNotBeNull().Reset.ShouldBeNull();
        (await Get<IVaultCheck>().CheckAsync(sample: null, Ct)).Faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_reset_leaves_other_locations_and_production_alone()
    {
        using var stranger = await Portal.StrangerAsync();
        using var production = Portal.ProductionClient();
        var (theirs, real) = (await stranger.CreateAsync(), await production.CreateAsync(ACard.None));

        await Controls.ResetAsync(Member(), Tenant, await NameAsync());
        await EraseAsync();

        (await stranger.ListAsync()).Ids().ShouldBe([theirs]);
        (await production.ListAsync()).Ids().ShouldBe([real]);
    }

    [Fact]
    public async Task A_reset_takes_the_name_of_the_location()
    {
        (await Controls.ResetAsync(Member(), Tenant, (await NameAsync()).ToUpperInvariant())).ShouldBeOfType<Refusal.Invalid>();
        (await Controls.ReadAsync(Member(), Tenant, Ct)).Value.ShouldNotBeNull().Reset.ShouldBeNull();
    }

    [Fact]
    public async Task Nothing_of_it_is_for_viewers_for_production_or_for_other_accounts()
    {
        (await Controls.ResetAsync(Member(MemberRole.Viewer), Tenant, await NameAsync())).ShouldBeOfType<Refusal.Forbidden>();
        (await Controls.ResetAsync(Member(), Tenant with { Environment = TenantEnvironment.Production }, await NameAsync())).ShouldBeOfType<Refusal.NotFound>();
        var other = await Portal.CreateLocationAsync();
        (await Controls.ResetAsync(Member(), new Tenant(other.Account, other.Id, TenantEnvironment.Sandbox), other.Name)).ShouldBeOfType<Refusal.NotFound>();
        (await Controls.MoveClockAsync(Member(), Tenant with { Environment = TenantEnvironment.Production }, Portal.Clock.GetUtcNow().AddDays(1))).Refusal.ShouldBeOfType<Refusal.NotFound>();
    }

    private async Task MakeDueAsync()
    {
        await Client.TokenizeAsync("""{"reference":"Booking 1","expireAt":"2026-03-05T00:00:00Z"}""");
        await Client.CreateAsync(new ACard { Reference = "Booking 2" });
        var charged = await Client.PreparedAsync(await Client.TokenOfAsync(new ACard { Reference = "Booking 3" }));
        (await Client.ChargeAsync(charged)).ShouldBeDone();
        var held = (await Client.PrepareAsync(new APayment(await Client.TokenOfAsync(new ACard { Reference = "Booking 4" }, """ "merchantInitiatedTransactionType":"Unscheduled","terms":"Again" """)) { More = """ "captureMode":"Manual" """ })).ShouldBeDone()["id"];
        (await Client.ChargeAsync(held)).ShouldBeDone();
        await Client.CreateAsync(new ACard { Reference = "Booking 5" });
    }

    private async Task EraseAsync()
    {
        await Get<TokenIndexing>().RunOnceAsync(Ct);
        await UpkeepAsync();
    }

    private async Task<string> NameAsync() => (await Get<IAccountStore>().GetLocationAsync(Tenant, Ct)).Name;

    private async Task<(string Action, string Actor, string Detail)> LastEntryAsync() =>
        (await TrailAsync(1)) is [var entry] ? (entry.Action, entry.Actor, entry.Detail) : default;
}

using Dojo.Pci.Tests.Unit.RequestLogs;
using Dojo.Pci.Tests.Unit.Tokens;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.RequestLogs;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tests.Unit.RequestExplorer;

/// <summary>Totals of the log, the check for card numbers, views and exports, over a real vault.</summary>
public sealed class RequestInsightTests : IAsyncLifetime
{
    private TokenVault _vault = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static DateTimeOffset From => TokenVault.Start.AddHours(-1);

    private RequestLogEntry Entry => Samples.Entry with { Tenant = _vault.Tenant, At = TokenVault.Start.AddMinutes(-30) };

    public async ValueTask InitializeAsync() => _vault = await TokenVault.OpenAsync();

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task Errors_are_grouped_by_cause_over_routes_and_methods()
    {
        var refused = Entry with { Status = 400, Refusal = "CardNumber" };
        await LogAsync(
            Entry, refused, refused with { At = Entry.At.AddMinutes(10), Route = "/other" }, refused with { At = Entry.At.AddDays(-2) },
            Entry with { Status = 400, Refusal = "Reference" }, refused with { Key = new ApiKeyId(9) }, Entry with { Status = 500, Refusal = "InternalServerError", At = Entry.At.AddDays(-2) });

        var groups = (await Insight.ListErrorsAsync(_vault.Member(), _vault.Tenant, From, Ct)).Value!.Groups;

        groups.Count.ShouldBe(3, "what was before the time makes no group");
        var first = groups[0];
        first.Cause.ShouldBe(new RequestErrorCause(400, "CardNumber", new ApiKeyId(3)));
        (first.Count, first.FirstAt, first.LastAt, first.ExampleId).ShouldBe((2, Entry.At.AddDays(-2), Entry.At.AddMinutes(10), 3));
        first.Routes.ShouldBe(["/other", "/setup-intents"]);
        first.Trend.Sum().ShouldBe(2);
    }

    [Fact]
    public async Task Errors_that_somebody_has_seen_are_new_again_once_they_happen_again()
    {
        var refused = Entry with { Status = 400, Refusal = "CardNumber" };
        await LogAsync(refused);
        var group = await OnlyGroupAsync();
        group.IsNew.ShouldBeTrue();

        (await Insight.MarkSeenAsync(_vault.Member(), _vault.Tenant, group.Cause, From, Ct)).Value!.Groups.ShouldHaveSingleItem().IsNew.ShouldBeFalse();
        (await OnlyGroupAsync()).IsNew.ShouldBeFalse();

        _vault.Clock.Advance(TimeSpan.FromMinutes(1));
        await LogAsync(refused with { At = _vault.Clock.GetUtcNow() });
        _vault.Clock.Advance(TimeSpan.FromMinutes(1));
        (await OnlyGroupAsync()).IsNew.ShouldBeTrue();
        (await Insight.MarkSeenAsync(_vault.Member(), _vault.Tenant, group.Cause with { Refusal = "Nothing" }, From, Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
    }

    [Fact]
    public async Task Durations_are_summed_up_by_route_and_key_to_five_percent()
    {
        await LogAsync([.. Enumerable.Range(1, 200).Select(i => Entry with { Duration = TimeSpan.FromMilliseconds(i), Status = i % 2 == 0 ? 200 : 400 })]);
        await LogAsync(Entry with { Route = "/slow", Duration = TimeSpan.FromSeconds(2) });

        var rows = (await Insight.ListLatenciesAsync(_vault.Member(), _vault.Tenant, From, Ct)).Value!.Rows;

        rows.Select(row => (row.Route, row.Count)).ShouldBe([("/slow", 1), ("/setup-intents", 200)]);
        rows[1].P50.TotalMilliseconds.ShouldBe(100, tolerance: 6);
        rows[1].P95.TotalMilliseconds.ShouldBe(190, tolerance: 11);
        rows[1].P99.TotalMilliseconds.ShouldBe(198, tolerance: 11);
        rows[1].Longest.ShouldBe(TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task A_check_reads_every_text_and_its_result_is_kept_and_recorded()
    {
        await LogAsync(Entry with { Body = Samples.Body("Booking 4711") }, Entry);
        (await Check.RunAsync(_vault.Member(), _vault.Tenant, Ct)).Value.ShouldNotBeNull().Found.ShouldBe(0);

        // As if the filters before the log had failed.
        await LogAsync(Entry with { TokenId = Samples.CardNumber }, Entry with { Body = RequestLogBody.Load($$"""{"reference":"{{Samples.CardNumber}}"}""") });
        await LogAsync(Entry with { Tenant = await _vault.NewLocationAsync(), TokenId = Samples.CardNumber });
        var result = (await Check.RunAsync(_vault.Member(), _vault.Tenant, Ct)).Value!;

        (result.Entries, result.Found).ShouldBe((4, 2), "another location's are none of this place's");
        (await Check.ListAsync(_vault.Member(), _vault.Tenant, Ct)).Value!.Results.Select(kept => kept.Found).ShouldBe([2, 0]);
        (await TrailAsync()).ShouldContain(entry => entry.Action == "request log checked" && entry.Detail.Contains("2 of 4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_export_gives_all_that_a_search_finds_with_bodies_and_is_recorded()
    {
        await LogAsync([.. Enumerable.Range(0, 1100).Select(i => Entry with { At = Entry.At.AddSeconds(i), Status = i % 2 == 0 ? 200 : 404, Body = Samples.Body($"Booking {i}") })]);

        var exported = await _vault.Get<IRequestLogExporter>().ExportAsync(_vault.Member(), _vault.Tenant, new RequestSearch { Status = 404 }, () => new(_vault.Member()), Ct);

        var rows = new List<RequestRow>();
        await foreach (var row in exported.Value!.Rows)
        {
            rows.Add(row);
        }

        rows.Count.ShouldBe(550);
        rows.Select(row => row.Entry.At).ShouldBeInOrder(SortDirection.Descending);
        rows[0].Entry.Body!.Json.ShouldContain("Booking 1099");
        (await TrailAsync()).ShouldContain(entry => entry.Action == "request log exported");
    }

    [Fact]
    public async Task Views_are_a_members_own_and_hold_no_card_number()
    {
        var (views, member) = (_vault.Get<IRequestLogViews>(), _vault.Member());

        (await views.SaveAsync(member, " Errors ", "?status=4xx", Ct)).Value!.Views.ShouldHaveSingleItem().Name.ShouldBe("Errors");
        var kept = (await views.SaveAsync(member, "Errors", "?status=5xx", Ct)).Value!.Views.ShouldHaveSingleItem();
        kept.Query.ShouldBe("?status=5xx");
        (await views.ListAsync(member with { Id = new MemberId(8) }, Ct)).Value!.Views.ShouldBeEmpty();
        (await views.DeleteAsync(member with { Id = new MemberId(8) }, kept.Id, Ct)).IsSuccess.ShouldBeTrue();
        (await views.ListAsync(member, Ct)).Value!.Views.Count.ShouldBe(1);
        (await views.SaveAsync(member, "", "", Ct)).Refusal.ShouldBeOfType<Refusal.Invalid>();
        (await views.SaveAsync(member, Samples.CardNumber, "", Ct)).Refusal.ShouldBeOfType<Refusal.Invalid>();
        (await views.SaveAsync(member, "Mine", $"?q={Samples.CardNumber}", Ct)).Refusal.ShouldBeOfType<Refusal.Invalid>();
        (await views.DeleteAsync(member, kept.Id, Ct)).Value!.Views.ShouldBeEmpty();
        for (var i = 0; i < IRequestLogViews.Most; i++)
        {
            (await views.SaveAsync(member, $"View {i}", "", Ct)).IsSuccess.ShouldBeTrue();
        }

        (await views.SaveAsync(member, "One more", "", Ct)).Refusal.ShouldBeOfType<Refusal.Invalid>();
    }

    [Theory]
    [InlineData(MemberRole.Viewer)]
    [InlineData(MemberRole.Auditor)]
    public async Task Who_may_not_read_the_log_gets_nothing_of_it(MemberRole role)
    {
        await LogAsync(Entry);
        var who = _vault.Member(role);

        (await Insight.ListErrorsAsync(who, _vault.Tenant, From, Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await Insight.ListLatenciesAsync(who, _vault.Tenant, From, Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await Check.RunAsync(who, _vault.Tenant, Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await _vault.Get<IRequestLogViews>().ListAsync(who, Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await _vault.Get<IRequestExplorer>().SearchAsync(who, _vault.Tenant, new(), null, 10, Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await _vault.Get<IRequestExplorer>().FindAsync(who, _vault.Tenant, 1, new(), Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
        (await _vault.Get<IRequestLogExporter>().ExportAsync(who, _vault.Tenant, new(), () => new(who), Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
    }

    [Fact]
    public async Task A_place_of_another_account_is_not_found()
    {
        var stranger = _vault.Member(of: await _vault.Vault.NewTenantAsync());
        await LogAsync(Entry);

        (await Insight.ListErrorsAsync(stranger, _vault.Tenant, From, Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Check.RunAsync(stranger, _vault.Tenant, Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await _vault.Get<IRequestExplorer>().FindAsync(stranger, _vault.Tenant, 1, new(), Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
    }

    private IRequestInsight Insight => _vault.Get<IRequestInsight>();

    private IRequestLogCheck Check => _vault.Get<IRequestLogCheck>();

    private Task LogAsync(params RequestLogEntry[] entries) => _vault.Get<IRequestLogStore>().InsertAsync(entries);

    private async Task<RequestErrorGroup> OnlyGroupAsync() => (await Insight.ListErrorsAsync(_vault.Member(), _vault.Tenant, From, Ct)).Value!.Groups.ShouldHaveSingleItem();

    private async Task<IReadOnlyList<AuditEntry>> TrailAsync() =>
        [.. (await _vault.Get<IAuditStore>().ListAsync(_vault.Tenant.Account, subject: null, before: null, limit: 100, Ct)).Select(recorded => recorded.Entry)];
}

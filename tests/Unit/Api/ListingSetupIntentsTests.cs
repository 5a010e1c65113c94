using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class ListingSetupIntentsTests : IAsyncLifetime
{
    private readonly PortalFactory _portal = new();
    private HttpClient _client = null!;

    public async ValueTask InitializeAsync()
    {
        await _portal.InitializeAsync();
        _client = _portal.SandboxClient();
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _portal.DisposeAsync();
    }

    [Fact]
    public async Task The_newest_come_first_without_their_events()
    {
        var ids = await CreateAsync(3);

        var list = await _client.ListAsync();

        list.PropertyNames().ShouldBe(["data"]);
        list.Ids().ShouldBe([ids[2], ids[1], ids[0]]);
        var newest = list.At("data")[0];
        newest.GetProperty("paymentDetails").GetProperty("card").GetProperty("cardNumber").GetString().ShouldBe("52000000****1005");
        newest.TryGetProperty("setupEvents", out _).ShouldBeFalse();
        newest.TryGetProperty("clientSessionSecret", out _).ShouldBeFalse();
        list.Everything.ShouldNotContain(ACard.Approved);
    }

    [Fact]
    public async Task Where_there_is_nothing_the_list_is_empty()
    {
        var list = await _client.ListAsync();

        list.Body.ShouldBe("""{"data":[]}""");
    }

    [Fact]
    public async Task Walking_on_and_back_again_meets_each_once_in_order()
    {
        var newestFirst = (await CreateAsync(7)).Reverse().ToList();

        var first = await _client.ListAsync("?limit=3");
        var second = await _client.ListAsync($"?limit=3&after={first["after"]}");
        var third = await _client.ListAsync($"?limit=3&after={second["after"]}");

        first.Ids().Concat(second.Ids()).Concat(third.Ids()).ToList().ShouldBe(newestFirst);
        (first.Find("before"), first.Find("after")).ShouldBe((null, newestFirst[2]));
        (second.Find("before"), second.Find("after")).ShouldBe((newestFirst[3], newestFirst[5]));
        (third.Find("before"), third.Find("after")).ShouldBe((newestFirst[6], null));

        var back = await _client.ListAsync($"?limit=3&before={third["before"]}");
        back.Body.ShouldBe(second.Body);
        (await _client.ListAsync($"?limit=3&before={back["before"]}")).Body.ShouldBe(first.Body);
    }

    [Fact]
    public async Task A_page_that_is_exactly_full_is_the_last()
    {
        await CreateAsync(3);

        var all = await _client.ListAsync("?limit=3");

        all.Ids().Count.ShouldBe(3);
        (all.Find("before"), all.Find("after")).ShouldBe((null, null));
        (await _client.ListAsync($"?after={all.Ids()[^1]}")).Body.ShouldBe("""{"data":[]}""");
        (await _client.ListAsync($"?before={all.Ids()[0]}")).Body.ShouldBe("""{"data":[]}""");
    }

    [Fact]
    public async Task A_page_has_50_unless_told_otherwise_and_at_most_100()
    {
        await CreateAsync(101, ACard.None);

        (await _client.ListAsync()).Ids().Count.ShouldBe(50);
        (await _client.ListAsync("?limit=1")).Ids().Count.ShouldBe(1);
        (await _client.ListAsync("?limit=100")).Ids().Count.ShouldBe(100);
    }

    [Theory]
    [InlineData("?limit=0", "Limit")]
    [InlineData("?limit=101", "Limit")]
    [InlineData("?limit=-1", "Limit")]
    [InlineData("?limit=", "Limit")]
    [InlineData("?limit=ten", "Limit")]
    [InlineData("?limit=1.0", "Limit")]
    [InlineData("?status=Gone", "Status")]
    [InlineData("?status=", "Status")]
    [InlineData("?status=1", "Status")]
    [InlineData("?createdFrom=yesterday", "CreatedFrom")]
    [InlineData("?createdTo=2026-02-30", "CreatedTo")]
    [InlineData("?createdFrom=01/02/2026", "CreatedFrom")]
    [InlineData("?createdTo=01%2F02%2F2026", "CreatedTo")]
    [InlineData("?createdFrom=Jan%205%202026", "CreatedFrom")]
    [InlineData("?createdTo=Jan+5+2026", "CreatedTo")]
    [InlineData("?createdFrom=10:00", "CreatedFrom")]
    [InlineData("?createdTo=10%3A00", "CreatedTo")]
    [InlineData("?createdFrom=2026-01-05+10:00", "CreatedFrom")]
    [InlineData("?createdFrom=", "CreatedFrom")]
    [InlineData("?page=2", "Query")]
    [InlineData("?Limit=2&limit=2", "Query")]
    [InlineData("?limit=2&limit=2", "Query")]
    [InlineData("?before=nothing", "Before")]
    [InlineData("?after=nothing", "After")]
    [InlineData("?before=", "Before")]
    [InlineData("?before=si_sandbox_AAAAAAAAAAAAAAAAAAAAAAA", "Before")]
    [InlineData("?after=si_prod_AAAAAAAAAAAAAAAAAAAAAA", "After")]
    public async Task A_query_that_breaks_a_rule_is_refused(string query, string field) =>
        (await _client.ListAsync(query)).ShouldBeProblem(400).InvalidFields().Contains(field, StringComparer.Ordinal).ShouldBeTrue();

    [Fact]
    public async Task Before_and_after_exclude_each_other()
    {
        var id = (await CreateAsync(1)).Single();

        (await _client.ListAsync($"?before={id}&after={id}")).ShouldBeInvalid("Before");
    }

    [Theory]
    [InlineData("Authorized")]
    [InlineData("authorized")]
    [InlineData("AUTHORIZED")]
    public async Task A_status_is_looked_for_in_any_case(string status)
    {
        var authorized = await _client.CreateAsync();
        await _client.CreateAsync(ACard.None);

        (await _client.ListAsync($"?status={status}")).Ids().ShouldBe([authorized]);
    }

    [Fact]
    public async Task A_reference_is_looked_for_as_a_whole()
    {
        var mine = await _client.CreateAsync(new ACard { Reference = "Zimmer 12 & 13" });
        await _client.CreateAsync(new ACard { Reference = "Zimmer 12" });

        (await _client.ListAsync($"?reference={Uri.EscapeDataString("Zimmer 12 & 13")}")).Ids().ShouldBe([mine]);
        (await _client.ListAsync("?reference=Zimmer")).Ids().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("München 12")]
    [InlineData("MÜNCHEN 12")]
    [InlineData("mu\u0308nchen 12")]
    [InlineData("munchen 12")]
    public async Task A_reference_is_looked_for_regardless_of_its_case_and_accents_and_answered_as_it_was_sent(string asked)
    {
        var mine = await _client.CreateAsync(new ACard { Reference = "MÜNCHEN 12" });
        await _client.CreateAsync(new ACard { Reference = "MÜNCHEN 123" });

        var list = await _client.ListAsync($"?reference={Uri.EscapeDataString(asked)}");

        list.Ids().ShouldBe([mine]);
        list.At("data")[0].GetProperty("reference").GetString().ShouldBe("MÜNCHEN 12");
    }

    [Fact]
    public async Task Creation_times_bound_the_list_from_and_up_to_but_not_including()
    {
        var at = _portal.Clock.GetUtcNow();
        var ids = new List<string>();
        for (var day = 0; day < 3; day++)
        {
            ids.Add(await _client.CreateAsync());
            _portal.Clock.Advance(TimeSpan.FromDays(1));
        }

        string When(int days) => Uri.EscapeDataString(at.AddDays(days).ToString("O"));
        (await _client.ListAsync($"?createdFrom={When(1)}")).Ids().ShouldBe([ids[2], ids[1]]);
        (await _client.ListAsync($"?createdTo={When(1)}")).Ids().ShouldBe([ids[0]]);
        (await _client.ListAsync($"?createdFrom={When(1)}&createdTo={When(2)}")).Ids().ShouldBe([ids[1]]);
        (await _client.ListAsync("?createdFrom=2026-03-06")).Ids().ShouldBe([ids[2]]);
    }

    [Theory]
    [InlineData("2026-03-04", "2026-03-05")]
    [InlineData("2026-03-04T09:15:27Z", "2026-03-04T09:15:28Z")]
    [InlineData("2026-03-04T09:15:27.123456Z", "2026-03-04T09:15:27.123457Z")]
    [InlineData("2026-03-04T09:15:27.1Z", "2026-03-04T09:15:27.2Z")]
    [InlineData("2026-03-04T11:15:27.123456+02:00", "2026-03-04T04:15:27.123457-05:00")]
    [InlineData("2026-03-04T11:15:27+02:00", "2026-03-04T11:15:28+02:00")]
    [InlineData("2026-03-04T09:15:27", "2026-03-04T09:15:28")]
    public async Task Creation_times_are_days_and_instants_in_ISO_8601(string from, string to)
    {
        var id = await _client.CreateAsync();
        var (start, end) = (Uri.EscapeDataString(from), Uri.EscapeDataString(to));

        (await _client.ListAsync($"?createdFrom={start}&createdTo={end}")).Ids().ShouldBe([id]);
        (await _client.ListAsync($"?createdFrom={end}")).Ids().ShouldBeEmpty();
        (await _client.ListAsync($"?createdTo={start}")).Ids().ShouldBeEmpty();
    }

    [Fact]
    public async Task Filters_hold_for_every_page()
    {
        var wanted = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            wanted.Add(await _client.CreateAsync());
            await _client.CreateAsync(ACard.None);
        }

        var first = await _client.ListAsync("?limit=3&status=Authorized");
        var second = await _client.ListAsync($"?limit=3&status=Authorized&after={first["after"]}");

        first.Ids().Concat(second.Ids()).ToList().ShouldBe([.. wanted.AsEnumerable().Reverse()]);
        second.Find("after").ShouldBeNull();
    }

    [Fact]
    public async Task What_others_have_is_never_listed()
    {
        var mine = await _client.CreateAsync();
        using var production = _portal.ProductionClient();
        using var other = _portal.ClientOf((await _portal.CreateKeyAsync(location: await _portal.CreateLocationAsync())).Secret);
        var (live, theirs) = (await production.CreateAsync(ACard.None), await other.CreateAsync());

        (await _client.ListAsync()).Ids().ShouldBe([mine]);
        (await production.ListAsync()).Ids().ShouldBe([live]);
        (await other.ListAsync()).Ids().ShouldBe([theirs]);
        (await _client.ListAsync($"?before={mine}")).Ids().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_due_is_listed_as_what_it_has_become()
    {
        var id = await _client.CreateAsync(ACard.None);
        _portal.Clock.Advance(TimeSpan.FromDays(30));

        (await _client.ListAsync("?status=Created")).Ids().ShouldBeEmpty();
        (await _client.ListAsync("?status=Expired")).Ids().ShouldBe([id]);
        (await _client.ListAsync()).At("data")[0].GetProperty("status").GetString().ShouldBe("Expired");
    }

    [Fact]
    public async Task The_first_version_lists_in_its_own_shape()
    {
        await _client.CreateAsync();

        var item = (await _client.InVersion("2022-04-07").ListAsync()).At("data")[0];

        item.TryGetProperty("paymentDetails", out _).ShouldBeFalse();
        item.TryGetProperty("paymentSource", out _).ShouldBeFalse();
    }

    private async Task<IReadOnlyList<string>> CreateAsync(int count, ACard? card = null)
    {
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            ids.Add(await _client.CreateAsync(card));
        }

        return ids;
    }
}

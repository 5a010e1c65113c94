using System.Net;
using Dapper;
using Dojo.Pci.Tests.Unit.Members;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Storage.Audit;

namespace Dojo.Pci.Tests.Unit.Audit;

public sealed class AuditTrailTests : IAsyncLifetime
{
    private MembersOfAVault _vault = null!;
    private SignedInMember _auditor = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IAuditTrail Trail => _vault.Get<IAuditTrail>();

    public async ValueTask InitializeAsync()
    {
        _vault = await MembersOfAVault.OpenAsync();
        _auditor = await _vault.AddAsync(MemberRole.Auditor, "Una");
    }

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Theory]
    [InlineData(MemberRole.Owner, true)]
    [InlineData(MemberRole.Admin, true)]
    [InlineData(MemberRole.Developer, false)]
    [InlineData(MemberRole.Viewer, false)]
    [InlineData(MemberRole.Auditor, true)]
    public async Task Each_role_reads_as_the_table_says(MemberRole role, bool reads) =>
        (await Trail.ListAsync(await _vault.AddAsync(role), new AuditFilter(), Ct)).IsSuccess.ShouldBe(reads);

    [Fact]
    public async Task Reading_is_recorded_once_in_ten_minutes_for_each_member()
    {
        var other = await _vault.AddAsync(MemberRole.Admin);
        foreach (var who in new[] { _auditor, _auditor, other, _auditor })
        {
            await Trail.ListAsync(who, new AuditFilter(), Ct);
        }

        (await ReadingsAsync()).ShouldBe([_auditor.Actor, other.Actor]);

        _vault.Clock.Advance(TimeSpan.FromMinutes(10));
        await Trail.ListAsync(_auditor, new AuditFilter(), Ct);
        (await ReadingsAsync()).ShouldBe([_auditor.Actor, other.Actor, _auditor.Actor]);
    }

    [Fact]
    public async Task Many_first_pages_at_once_are_one_reading()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Trail.ListAsync(_auditor, new AuditFilter(), Ct)));

        (await ReadingsAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Pages_lead_back_to_the_first_entry_without_gap_or_repetition()
    {
        for (var number = 0; number < 119; number++)
        {
            await AppendAsync($"key:{number}");
        }

        var (subjects, before) = (new List<string>(), (long?)null);
        do
        {
            var page = (await Trail.ListAsync(_auditor, new AuditFilter { Before = before }, Ct)).Value!;
            subjects.AddRange(page.Entries.Select(recorded => recorded.Entry.Subject));
            before = page.Next;
        }
        while (before is not null);

        subjects.ShouldBe(Enumerable.Range(0, 119).Select(number => $"key:{number}").Append("activity").Reverse());
    }

    [Fact]
    public async Task An_entry_names_the_member_who_did_it_and_leaves_an_operator_nameless()
    {
        await AppendAsync("key:1", "operator");
        await AppendAsync("key:1", _auditor.Actor);

        (await Trail.ListAsync(_auditor, new AuditFilter { Topic = AuditTopic.ApiKeys }, Ct)).Value!.Entries.Select(entry => entry.ActorName).ShouldBe(["Una", null]);
    }

    [Theory]
    [InlineData(AuditTopic.Members, "session:4", "invitation:3", "invitation", "member:2")]
    [InlineData(AuditTopic.ApiKeys, "key:1")]
    [InlineData(AuditTopic.Tokens, "si_sandbox_abc")]
    [InlineData(AuditTopic.Settings, "location:6", "account:5")]
    [InlineData(AuditTopic.AuditTrail, "activity")]
    public async Task A_topic_filters(AuditTopic topic, params string[] found)
    {
        foreach (var subject in new[] { "key:1", "member:2", "invitation", "invitation:3", "session:4", "account:5", "location:6", "si_sandbox_abc" })
        {
            await AppendAsync(subject);
        }

        var page = (await Trail.ListAsync(_auditor, new AuditFilter { Topic = topic }, Ct)).Value!;

        page.Entries.Select(recorded => recorded.Entry.Subject).ShouldBe(found);
        page.Next.ShouldBeNull();
    }

    [Fact]
    public async Task A_range_of_time_filters_from_its_first_instant_up_to_its_end()
    {
        await AppendAsync("key:1");
        _vault.Clock.Advance(TimeSpan.FromHours(1));
        var from = _vault.Clock.GetUtcNow();
        await AppendAsync("key:2");
        await AppendAsync("key:3");
        _vault.Clock.Advance(TimeSpan.FromHours(1));
        await AppendAsync("key:4");

        var page = (await Trail.ListAsync(_auditor, new AuditFilter { From = from, To = _vault.Clock.GetUtcNow() }, Ct)).Value!;

        page.Entries.Select(recorded => recorded.Entry.Subject).ShouldBe(["key:3", "key:2"]);
    }

    [Theory]
    [InlineData("CHECKOUT", "detail")]
    [InlineData("sandbox keys", "none")]
    [InlineData("manage api keys of the sandbox", "operation")]
    [InlineData("opened a page", "page")]
    [InlineData("una", "actor")]
    [InlineData("192.0.2", "detail")]
    [InlineData("100%", "percent")]
    [InlineData("_", "none")]
    public async Task A_text_finds_entries_by_what_people_read_of_them(string text, string found)
    {
        await AppendAsync("key:1", detail: "checkout", address: "192.0.2.9");
        await AppendAsync("keys", action: "operation refused", detail: nameof(Operation.ManageSandboxApiKeys));
        await AppendAsync("/settings", action: "page refused", detail: nameof(Operation.ViewSettings));
        await AppendAsync("key:2", _auditor.Actor);
        await AppendAsync("key:3", detail: "100% done");

        var page = (await Trail.ListAsync(_auditor, new AuditFilter { Text = text, Topic = null }, Ct)).Value!;

        page.Entries.Where(recorded => recorded.Entry.Action != "activity read").Select(recorded => recorded.Entry.Subject).ShouldBe(found switch
        {
            "detail" => ["key:1"],
            "operation" => ["keys"],
            "page" => ["/settings"],
            "actor" => ["key:2"],
            "percent" => ["key:3"],
            _ => [],
        });
    }

    [Theory]
    [InlineData(101)]
    [InlineData(5000)]
    public async Task A_text_that_is_too_long_is_refused(int length) =>
        (await Trail.ListAsync(_auditor, new AuditFilter { Text = new string('a', length) }, Ct)).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ShouldHaveSingleItem().Field.ShouldBe("Text");

    [Fact]
    public async Task A_subject_has_the_name_that_it_has_now_and_only_within_the_account()
    {
        var ann = await _vault.AddAsync(MemberRole.Viewer, "Ann");
        var stranger = await _vault.AddAsync(MemberRole.Viewer, "Stranger", account: await _vault.NewAccountAsync());
        await AppendAsync(ann.Actor);
        await AppendAsync(stranger.Actor);
        await AppendAsync($"location:{_vault.Tenant.Location.Value}");
        await AppendAsync("si_sandbox_abc");

        var entries = (await Trail.ListAsync(_auditor, new AuditFilter(), Ct)).Value!.Entries;

        entries.Select(AuditWords.Subject).ShouldBe(["Audit trail", "si_sandbox_abc", "Location Location", "Member", "Member Ann"]);
    }

    [Fact]
    public async Task An_export_has_every_entry_once_and_is_noted()
    {
        for (var number = 0; number < 1203; number++)
        {
            await AppendAsync($"key:{number}");
        }

        var export = (await Trail.ExportAsync(_auditor, new AuditFilter { Topic = AuditTopic.ApiKeys }, () => new(_auditor), Ct)).Value!;

        (await export.Rows.Select(recorded => recorded.Entry.Subject).ToListAsync(Ct)).ShouldBe(Enumerable.Range(0, 1203).Select(number => $"key:{number}").Reverse());
        var noted = (await _vault.TrailAsync(limit: 2000))[^1];
        (noted.Action, noted.Actor, noted.Detail).ShouldBe(("activity exported", _auditor.Actor, "filtered"));
    }

    [Fact]
    public async Task An_export_ends_when_its_member_may_not_read_any_more()
    {
        for (var number = 0; number < 600; number++)
        {
            await AppendAsync($"key:{number}");
        }

        var asked = 0;
        var export = (await Trail.ExportAsync(_auditor, new AuditFilter(), () => new(asked++ == 0 ? _auditor : _auditor with { Role = MemberRole.Viewer }), Ct)).Value!;

        await Should.ThrowAsync<ExportStoppedException>(async () => await export.Rows.CountAsync(Ct));
        (await Trail.ExportAsync(_auditor with { Role = MemberRole.Developer }, new AuditFilter(), () => new(_auditor), Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();
    }

    [Trait("Engine", "Sqlite")]
    [Theory]
    [InlineData(null, null, "ix_audit_entries_time")]
    [InlineData(AuditTopic.Members, null, "ix_audit_entries_topic")]
    [InlineData(null, 7L, "ix_audit_entries_actor")]
    public async Task A_page_is_read_in_the_order_of_an_index(AuditTopic? topic, long? actor, string index)
    {
        var filter = new AuditFilter { Topic = topic, Actor = actor is { } id ? new MemberId(id) : null, From = DateTimeOffset.UnixEpoch, Before = 9 };
        var plan = await _vault.ReadAsync(connection => connection.Query(
            $"EXPLAIN QUERY PLAN {AuditTrailStore.SqlFor(filter, "")}",
            new { account = 1L, topic = topic?.ToString(), actor = $"member:{actor}", from = 0L, before = 9L, limit = 50 }).Select(row => (string)row.detail).ToList());

        plan.ShouldContain(step => step.Contains(index, StringComparison.Ordinal));
        plan.ShouldNotContain(step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_actor_filters()
    {
        await AppendAsync("key:1", "operator");
        await AppendAsync("key:2", "member:9999");

        (await Trail.ListAsync(_auditor, new AuditFilter { Actor = new MemberId(9999) }, Ct)).Value!.Entries.ShouldHaveSingleItem().Entry.Subject.ShouldBe("key:2");
    }

    [Fact]
    public async Task Another_accounts_trail_is_never_seen()
    {
        var stranger = await _vault.AddAsync(MemberRole.Owner, account: await _vault.NewAccountAsync());
        await AppendAsync("key:1", "operator");

        (await Trail.ListAsync(stranger, new AuditFilter(), Ct)).Value!.Entries.ShouldHaveSingleItem().Entry.Action.ShouldBe("activity read");
        (await Trail.ListAsync(_auditor, new AuditFilter(), Ct)).Value!.Entries.ShouldAllBe(recorded => recorded.Entry.Actor != stranger.Actor);
    }

    [Fact]
    public async Task Who_may_not_read_leaves_no_reading()
    {
        var developer = await _vault.AddAsync(MemberRole.Developer);

        (await Trail.ListAsync(developer, new AuditFilter(), Ct)).Refusal.ShouldBeOfType<Refusal.Forbidden>();

        (await ReadingsAsync()).ShouldBeEmpty();
        (await _vault.TrailAsync()).ShouldHaveSingleItem().Succeeded.ShouldBeFalse("the attempt is noted");
    }

    private async Task AppendAsync(string subject, string actor = "operator", string action = "something done", string detail = "", string? address = null) =>
        await _vault.WriteAsync(connection => AuditStore.Insert(connection, new AuditEntry
        {
            Account = _vault.Tenant.Account,
            At = _vault.Clock.GetUtcNow(),
            Actor = actor,
            Action = action,
            Subject = subject,
            Topic = AuditThing.Of(subject).Topic,
            Detail = detail,
            Address = address is null ? null : IPAddress.Parse(address),
        }));

    private async Task<IReadOnlyList<string>> ReadingsAsync() => [.. (await _vault.TrailAsync()).Where(entry => entry.Action == "activity read").Select(entry => entry.Actor)];
}

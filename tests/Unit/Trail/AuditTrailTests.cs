using Dojo.Pci.Tests.Unit.Members;
using Dojo.Pci.Tokenization.Trail;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Storage;

namespace Dojo.Pci.Tests.Unit.Trail;

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
    [InlineData(AuditTopic.Activity, "activity")]
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

    private async Task AppendAsync(string subject, string actor = "operator") => await _vault.WriteAsync(connection => AuditStore.Insert(connection, new AuditEntry
    {
        Account = _vault.Tenant.Account,
        At = _vault.Clock.GetUtcNow(),
        Actor = actor,
        Action = "something done",
        Subject = subject,
    }));

    private async Task<IReadOnlyList<string>> ReadingsAsync() => [.. (await _vault.TrailAsync()).Where(entry => entry.Action == "activity read").Select(entry => entry.Actor)];
}

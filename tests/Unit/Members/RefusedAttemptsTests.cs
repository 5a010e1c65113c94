using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Metrics;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Settings;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Tokens;

namespace Dojo.Pci.Tests.Unit.Members;

public sealed class RefusedAttemptsTests : IAsyncLifetime
{
    private MembersOfAVault _vault = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _vault = await MembersOfAVault.OpenAsync();

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task What_a_role_does_not_allow_leaves_an_entry_whichever_service_was_asked()
    {
        var viewer = await _vault.AddAsync(MemberRole.Viewer);
        var auditor = await _vault.AddAsync(MemberRole.Auditor);

        (await TryEverythingAsync(viewer, auditor)).ShouldAllBe(refusal => refusal is Refusal.Forbidden);

        var trail = await _vault.TrailAsync();
        trail.ShouldAllBe(entry => !entry.Succeeded && entry.Action == "operation refused" && MembersOfAVault.Address.Equals(entry.Address));
        trail.Where(entry => entry.Actor == viewer.Actor).Select(entry => (entry.Detail, entry.Subject)).ShouldBe(
        [
            ("ViewApiKeys", "api keys"),
            ("ManageSandboxApiKeys", "key:1"),
            ("ManageProductionApiKeys", "api keys"),
            ("ViewMembers", "members"),
            ("ManageMembers", $"member:{auditor.Id.Value}"),
            ("ViewActivity", "activity"),
            ("ViewSettings", $"account:{viewer.Account.Value}"),
            ("ManageSettings", $"location:{_vault.Tenant.Location.Value}"),
            ("EndTokens", "token"),
        ]);
        trail.Where(entry => entry.Actor == auditor.Actor).Select(entry => (entry.Detail, entry.Subject)).ShouldBe(
            [("ExportTokens", $"location:{_vault.Tenant.Location.Value}"), ("BrowseTokens", $"location:{_vault.Tenant.Location.Value}")]);
    }

    [Fact]
    public async Task The_same_attempt_is_noted_once_a_minute_for_each_member()
    {
        var viewer = await _vault.AddAsync(MemberRole.Viewer);
        var auditor = await _vault.AddAsync(MemberRole.Auditor);
        await TryEverythingAsync(viewer, auditor);
        var once = (await _vault.TrailAsync()).Count;

        await TryEverythingAsync(viewer, auditor);
        (await _vault.TrailAsync()).Count.ShouldBe(once);

        await _vault.Get<IAuditTrail>().ListAsync(await _vault.AddAsync(MemberRole.Viewer), new AuditFilter(), Ct);
        (await _vault.TrailAsync()).Count.ShouldBe(once + 1);

        _vault.Clock.Advance(IRefusedAttempts.Apart);
        await TryEverythingAsync(viewer, auditor);
        (await _vault.TrailAsync()).Count.ShouldBe((2 * once) + 1);
    }

    [Fact]
    public async Task An_attempt_that_could_not_be_noted_does_not_keep_the_next_one_out()
    {
        var log = new BrokenLog();
        var attempts = new RefusedAttempts(log, _vault.Clock);
        var viewer = await _vault.AddAsync(MemberRole.Viewer);

        await Should.ThrowAsync<UnavailableException>(() => attempts.RecordAsync(viewer, AuditAction.PageRefused, "ViewMembers", "/members"));
        log.Works = true;
        await attempts.RecordAsync(viewer, AuditAction.PageRefused, "ViewMembers", "/members");

        log.Entries.ShouldHaveSingleItem().Subject.ShouldBe("/members");
    }

    private async Task<IReadOnlyList<Refusal?>> TryEverythingAsync(SignedInMember viewer, SignedInMember auditor)
    {
        var place = _vault.Tenant;
        var production = place with { Environment = TenantEnvironment.Production };
        var draft = new ApiKeyDraft("Till", new ApiKeyLimits(ApiKeyScopes.All), "form");
        return
        [
            (await _vault.Get<IApiKeyService>().ListAsync(viewer, place, new ApiKeyFilter(), Ct)).Refusal,
            (await _vault.Get<IApiKeyInsight>().ReportAsync(viewer, place, new ApiKeyId(1), TimeZoneInfo.Utc, Ct)).Refusal,
            (await _vault.Get<IApiMetrics>().ListExpiringKeysAsync(viewer, place, Ct)).Refusal,
            (await _vault.Get<IApiKeyService>().RenameAsync(viewer, place, new ApiKeyId(1), "Bar")).Refusal,
            (await _vault.Get<IApiKeyService>().CreateAsync(viewer, production, draft, Ct)).Refusal,
            (await _vault.Get<IMemberManagement>().ListAsync(viewer, Ct)).Refusal,
            (await _vault.Get<IMemberManagement>().ListKeysOfAsync(viewer, auditor.Id, Ct)).Refusal,
            (await _vault.Get<IMemberManagement>().DisableAsync(viewer, auditor.Id)).Refusal,
            (await _vault.Get<IAuditTrail>().ListAsync(viewer, new AuditFilter(), Ct)).Refusal,
            (await _vault.Get<IAccountSettings>().ReadAsync(viewer, Ct)).Refusal,
            (await _vault.Get<IAccountSettings>().PreviewRetentionAsync(viewer, place.Location, 30, Ct)).Refusal,
            (await _vault.Get<ITokenActions>().EndAsync(viewer, place, "none of ours", SetupIntentStatus.Created)).Refusal,
            (await _vault.Get<ITokenExporter>().ExportAsync(auditor, place, new TokenSearch(), () => ValueTask.FromResult<SignedInMember?>(auditor), Ct)).Refusal,
            (await _vault.Get<ITokenBrowser>().SearchAsync(auditor, place, new TokenSearch(), after: null, 10, Ct)).Refusal,
        ];
    }

    private sealed class BrokenLog : IAuditLog
    {
        public bool Works { get; set; }

        public List<AuditEntry> Entries { get; } = [];

        public Task RecordAsync(AuditEntry entry)
        {
            if (!Works)
            {
                throw new UnavailableException("Not now.");
            }

            Entries.Add(entry);
            return Task.CompletedTask;
        }
    }
}

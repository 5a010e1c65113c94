using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.Members;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.BackgroundJobs;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Settings;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tests.Unit.Settings;

public sealed class AccountSettingsTests : IAsyncLifetime
{
    private MembersOfAVault _vault = null!;
    private SignedInMember _admin = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IAccountSettings Settings => _vault.Get<IAccountSettings>();

    private LocationId Here => _vault.Tenant.Location;

    public async ValueTask InitializeAsync()
    {
        _vault = await MembersOfAVault.OpenAsync();
        _admin = await _vault.AddAsync(MemberRole.Admin);
    }

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Theory]
    [InlineData(MemberRole.Owner, true, true)]
    [InlineData(MemberRole.Admin, true, true)]
    [InlineData(MemberRole.Developer, true, false)]
    [InlineData(MemberRole.Viewer, false, false)]
    [InlineData(MemberRole.Auditor, true, false)]
    public async Task Each_role_sees_and_changes_as_the_table_says(MemberRole role, bool sees, bool changes)
    {
        var who = await _vault.AddAsync(role);

        (await Settings.ReadAsync(who, Ct)).IsSuccess.ShouldBe(sees);
        (await Settings.RenameAccountAsync(who, "New")).IsSuccess.ShouldBe(changes);
        (await Settings.AddLocationAsync(who, "New")).IsSuccess.ShouldBe(changes);
        (await Settings.RenameLocationAsync(who, Here, "Newer")).IsSuccess.ShouldBe(changes);
        (await Settings.SetUniqueReferencesAsync(who, Here, true)).IsSuccess.ShouldBe(changes);
        (await Settings.SetRepeatedChargesAsync(who, Here, true)).IsSuccess.ShouldBe(changes);
        (await Settings.PreviewRetentionAsync(who, Here, 1, Ct)).IsSuccess.ShouldBe(changes);
        (await Settings.SetRetentionAsync(who, Here, 1)).IsSuccess.ShouldBe(changes);
        (await _vault.TrailAsync()).Count(entry => entry.Succeeded).ShouldBe(changes ? 6 : 0);
    }

    [Fact]
    public async Task Every_change_says_from_what_to_what()
    {
        await Settings.RenameAccountAsync(_admin, " Blue Door ");
        await Settings.RenameLocationAsync(_admin, Here, "Dockside");
        await Settings.SetUniqueReferencesAsync(_admin, Here, true);
        await Settings.SetRepeatedChargesAsync(_admin, Here, true);
        await Settings.SetRetentionAsync(_admin, Here, 7);

        (await _vault.TrailAsync()).Select(entry => (entry.Action, entry.Detail)).ShouldBe(
        [
            ("account renamed", "Account → Blue Door"),
            ("location renamed", "Location → Dockside"),
            ("unique references changed", "off → on"),
            ("repeated charges changed", "off → on"),
            ("retention changed", "90 → 7 days"),
        ]);
        var overview = (await Settings.ReadAsync(_admin, Ct)).Value!;
        overview.Name.ShouldBe("Blue Door");
        var location = overview.Locations.ShouldHaveSingleItem();
        (location.Name, location.Slug, location.UniqueReferences, location.RepeatedCharges, location.Retention.Days).ShouldBe(("Dockside", "location", true, true, 7));
    }

    [Fact]
    public async Task A_change_to_what_is_set_already_is_none()
    {
        await Settings.RenameAccountAsync(_admin, "Account");
        await Settings.RenameLocationAsync(_admin, Here, "Location");
        await Settings.SetUniqueReferencesAsync(_admin, Here, false);
        await Settings.SetRetentionAsync(_admin, Here, 90);

        (await _vault.TrailAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_new_location_has_the_safest_settings_and_an_address_of_its_own()
    {
        var made = (await Settings.AddLocationAsync(_admin, "Location 2")).Value!;

        made.ShouldSatisfyAllConditions(
            () => made.Slug.ShouldBe("location-2"),
            () => made.RepeatedCharges.ShouldBeFalse(),
            () => made.Retention.Days.ShouldBe(90));
        (await Settings.ReadAsync(_admin, Ct)).Value!.Locations.Count.ShouldBe(2);
        (await _vault.TrailAsync()).ShouldHaveSingleItem().Subject.ShouldBe($"location:{made.Id.Value}");
    }

    [Fact]
    public async Task Two_locations_of_an_account_never_have_one_name()
    {
        var made = (await Settings.AddLocationAsync(_admin, "Dockside")).Value!;

        (await Settings.AddLocationAsync(_admin, "DOCKSIDE")).Refusal.ShouldBeOfType<Refusal.Conflict>();
        (await Settings.RenameLocationAsync(_admin, made.Id, "location")).Refusal.ShouldBeOfType<Refusal.Conflict>();
        (await Settings.RenameLocationAsync(_admin, made.Id, "dockside")).IsSuccess.ShouldBeTrue();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    [InlineData("a\nb")]
    [InlineData("card 4111 1111 1111 1111")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901")]
    public async Task What_is_no_name_is_refused(string? name)
    {
        (await Settings.RenameAccountAsync(_admin, name)).Refusal.ShouldBeOfType<Refusal.Invalid>();
        (await Settings.AddLocationAsync(_admin, name)).Refusal.ShouldBeOfType<Refusal.Invalid>();
        (await Settings.RenameLocationAsync(_admin, Here, name)).Refusal.ShouldBeOfType<Refusal.Invalid>();
        (await _vault.TrailAsync()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    [InlineData(36_500, true)]
    [InlineData(36_501, false)]
    public async Task Card_data_is_kept_from_no_time_to_a_century(int days, bool taken)
    {
        (await Settings.PreviewRetentionAsync(_admin, Here, days, Ct)).IsSuccess.ShouldBe(taken);
        (await Settings.SetRetentionAsync(_admin, Here, days)).IsSuccess.ShouldBe(taken);
    }

    [Fact]
    public async Task A_shorter_retention_says_how_many_cards_it_destroys()
    {
        await CreateAsync("06/26");
        await CreateAsync("07/26");
        _vault.Clock.Advance(new DateTimeOffset(2026, 8, 11, 12, 0, 0, TimeSpan.Zero) - _vault.Clock.GetUtcNow());
        await _vault.Get<RetentionJob>().RunOnceAsync(Ct);

        (await PreviewAsync(42)).ShouldBe(0);
        (await PreviewAsync(41)).ShouldBe(1, "the first card's last month ended 41 days ago");
        (await PreviewAsync(0)).ShouldBe(2);
    }

    [Fact]
    public async Task A_change_counts_from_the_next_request_on()
    {
        var directory = _vault.Get<LocationDirectory>();
        (await directory.GetAsync(_vault.Tenant, Ct)).UniqueReferences.ShouldBeFalse();

        await Settings.SetUniqueReferencesAsync(_admin, Here, true);

        (await directory.GetAsync(_vault.Tenant, Ct)).UniqueReferences.ShouldBeTrue();
    }

    [Fact]
    public async Task Another_accounts_location_is_not_found()
    {
        var stranger = await _vault.AddAsync(MemberRole.Owner, account: await _vault.NewAccountAsync());

        (await Settings.RenameLocationAsync(stranger, Here, "Mine")).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Settings.SetUniqueReferencesAsync(stranger, Here, true)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Settings.SetRepeatedChargesAsync(stranger, Here, true)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Settings.PreviewRetentionAsync(stranger, Here, 0, Ct)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Settings.SetRetentionAsync(stranger, Here, 0)).Refusal.ShouldBeOfType<Refusal.NotFound>();
        (await Settings.ReadAsync(stranger, Ct)).Value!.Locations.ShouldNotContain(location => location.Id == Here);
        (await Settings.ReadAsync(_admin, Ct)).Value!.Locations.ShouldHaveSingleItem().Retention.Days.ShouldBe(90);
    }

    private async Task<int> PreviewAsync(int days) => (await Settings.PreviewRetentionAsync(_admin, Here, days, Ct)).Value!.Cards;

    private async Task CreateAsync(string expiry)
    {
        using var request = VaultSamples.Request(expiry: expiry);
        await _vault.Get<ISetupIntentService>().CreateAsync(new Caller(_vault.Tenant, "key:1"), request, idempotencyKey: null);
    }
}

using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tests.Unit.Members;

public sealed class MemberPreferencesTests : IAsyncLifetime
{
    private MembersOfAVault _vault = null!;
    private SignedInMember _ann = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private IMemberPreferences Preferences => _vault.Get<IMemberPreferences>();

    public async ValueTask InitializeAsync()
    {
        _vault = await MembersOfAVault.OpenAsync();
        _ann = await _vault.AddAsync(MemberRole.Viewer, "Ann");
    }

    public ValueTask DisposeAsync() => _vault.DisposeAsync();

    [Fact]
    public async Task A_member_who_chose_nothing_has_the_zone_of_the_browser_and_the_first_steps() =>
        (await Preferences.GetAsync(_ann, Ct)).ShouldBe(new MemberPreferences(null, HasDismissedFirstSteps: false));

    [Fact]
    public async Task A_zone_is_kept_for_the_member_alone_until_it_is_given_back()
    {
        var other = await _vault.AddAsync(MemberRole.Viewer, "Bob");

        (await Preferences.ChooseTimeZoneAsync(_ann, "Europe/Copenhagen")).Value!.TimeZone.ShouldBe("Europe/Copenhagen");

        (await _vault.Get<IMemberStore>().FindAsync(_ann.Id, Ct))!.TimeZone.ShouldBe("Europe/Copenhagen");
        (await Preferences.GetAsync(other, Ct)).TimeZone.ShouldBeNull();
        (await Preferences.ChooseTimeZoneAsync(_ann, "")).Value!.TimeZone.ShouldBeNull();
    }

    [Theory]
    [InlineData("Mars/Olympus")]
    [InlineData("../etc/passwd")]
    [InlineData("Atlantis")]
    public async Task What_is_no_zone_is_refused_by_its_field_without_repeating_it(string zone)
    {
        var fault = (await Preferences.ChooseTimeZoneAsync(_ann, zone)).Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ShouldHaveSingleItem();

        fault.Field.ShouldBe("TimeZone");
        fault.Message.ShouldNotContain(zone);
        (await Preferences.GetAsync(_ann, Ct)).TimeZone.ShouldBeNull();
    }

    [Fact]
    public async Task The_first_steps_are_put_away_and_shown_again()
    {
        (await Preferences.DismissFirstStepsAsync(_ann)).HasDismissedFirstSteps.ShouldBeTrue();
        (await Preferences.GetAsync(_ann, Ct)).HasDismissedFirstSteps.ShouldBeTrue();

        (await Preferences.ShowFirstStepsAsync(_ann)).HasDismissedFirstSteps.ShouldBeFalse();
    }

    [Fact]
    public async Task The_layout_of_a_list_is_kept_for_the_member_and_the_list_alone()
    {
        var other = await _vault.AddAsync(MemberRole.Viewer, "Bob");
        (await Preferences.ChooseLayoutAsync(_ann, MemberList.Logs, new ListLayout(IsDense: true, "time,route"))).IsSuccess.ShouldBeTrue();

        (await Preferences.GetLayoutAsync(_ann, MemberList.Logs, Ct)).ShouldBe(new ListLayout(IsDense: true, "time,route"));
        (await Preferences.GetLayoutAsync(_ann, MemberList.Tokens, Ct)).ShouldBe(ListLayout.Usual);
        (await Preferences.GetLayoutAsync(other, MemberList.Logs, Ct)).ShouldBe(ListLayout.Usual);

        await Preferences.ChooseLayoutAsync(_ann, MemberList.Logs, ListLayout.Usual);
        (await Preferences.GetLayoutAsync(_ann, MemberList.Logs, Ct)).ShouldBe(ListLayout.Usual);
    }

    [Theory]
    [InlineData("")]
    [InlineData("time route")]
    [InlineData("4111111111111111")]
    public async Task What_are_no_names_of_columns_is_not_kept(string columns)
    {
        (await Preferences.ChooseLayoutAsync(_ann, MemberList.Logs, new ListLayout(IsDense: false, columns))).Refusal.ShouldBeOfType<Refusal.Invalid>();
        (await Preferences.GetLayoutAsync(_ann, MemberList.Logs, Ct)).ShouldBe(ListLayout.Usual);
    }
}

using System.Net;
using Dojo.Pci.Portal;
using Dojo.Pci.Portal.Components.Layout;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tests.Unit.Pages;

public sealed class PaletteEntriesTests
{
    private const string Token = "si_sandbox_AAAAAAAAAAAAAAAAAAAAAA";

    private static readonly Location s_dockside = new(new LocationId(2), new AccountId(1), "Dockside", UniqueReferences: false) { Slug = "dockside" };
    private static readonly SelectedTenant s_place = new(s_dockside, TenantEnvironment.Sandbox, [s_dockside]);

    [Fact]
    public void Nothing_typed_offers_every_page_of_the_role_and_each_in_the_place_where_the_member_is()
    {
        var entries = For(MemberRole.Owner, "");

        entries.Select(entry => entry.Label).Take(4).ShouldBe(["Home", "Tokens", "Duplicate cards", "Logs"]);
        entries.Single(entry => entry.Label == "Tokens").Address.ShouldBe("/tokens?location=dockside&env=sandbox");
    }

    [Theory]
    [InlineData("memb", "Members")]
    [InlineData("HOOK add", "Add a webhook endpoint")]
    [InlineData("prod", "Switch to production")]
    [InlineData("refused", "See requests that were refused")]
    public void A_few_letters_in_any_case_and_order_find_pages_and_actions(string typed, string label) =>
        For(MemberRole.Owner, typed)[0].Label.ShouldBe(label);

    [Fact]
    public void A_token_and_a_trace_id_are_opened_first()
    {
        For(MemberRole.Owner, Token)[0].Address.ShouldStartWith($"/tokens/{Token}?");
        For(MemberRole.Owner, "0af7651916cd43dd8448eb211c80319c")[0].Kind.ShouldBe("Request");
        For(MemberRole.Owner, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")[0].Address.ShouldStartWith("/logs?");
    }

    [Fact]
    public void What_is_known_nowhere_is_searched_for_among_tokens_and_requests()
    {
        var entries = For(MemberRole.Owner, "Booking 4711");

        entries.Select(entry => entry.Label).ShouldBe(["Tokens with “Booking 4711”", "Requests about “Booking 4711”"]);
        entries[0].Address.ShouldContain("q=Booking%204711");
    }

    [Theory]
    [InlineData("")]
    [InlineData("create")]
    [InlineData("invite")]
    [InlineData("log")]
    [InlineData(Token)]
    [InlineData("0af7651916cd43dd8448eb211c80319c")]
    public void Nothing_is_offered_that_the_role_does_not_allow(string typed)
    {
        foreach (var entry in For(MemberRole.Viewer, typed))
        {
            entry.Address.ShouldNotStartWith("/logs");
            entry.Address.ShouldNotContain("/new");
            entry.Address.ShouldNotContain("/invite");
        }
    }

    private static IReadOnlyList<PaletteEntry> For(MemberRole role, string typed) =>
        PaletteEntries.For(new SignedInMember(new MemberId(7), s_dockside.Account, "olive@example.com", "Olive", role, new SessionId(1), DateTimeOffset.UnixEpoch, IPAddress.Loopback), s_place, [], typed);
}

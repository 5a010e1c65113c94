using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Members;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tests.Unit.Members;

public sealed class RoleTableTests
{
    // Owner, Admin, Developer, Viewer, Auditor; x: allowed, c: allowed after confirming, -: not allowed.
    private static readonly Dictionary<Operation, string> s_cells = new()
    {
        [Operation.ViewMetrics] = "xxxxx",
        [Operation.BrowseTokens] = "xxxx-",
        [Operation.ExportTokens] = "xxxx-",
        [Operation.EndTokens] = "xxx--",
        [Operation.CreateTestTokens] = "xxx--",
        [Operation.ManageSandbox] = "xxx--",
        [Operation.ViewApiKeys] = "xxx-x",
        [Operation.ManageSandboxApiKeys] = "xxx--",
        [Operation.ManageProductionApiKeys] = "ccc--",
        [Operation.ViewWebhooks] = "xxx-x",
        [Operation.ManageSandboxWebhooks] = "xxx--",
        [Operation.ManageProductionWebhooks] = "ccc--",
        [Operation.RevealWebhookSecrets] = "ccc--",
        [Operation.ViewMembers] = "xx--x",
        [Operation.ManageMembers] = "cc---",
        [Operation.ManageOwners] = "c----",
        [Operation.ViewSettings] = "xxx-x",
        [Operation.ManageSettings] = "xx---",
        [Operation.ViewActivity] = "xx--x",
        [Operation.ViewRequestLogs] = "xxx--",
    };

    private static readonly DateTimeOffset s_now = new(2026, 6, 15, 9, 30, 0, TimeSpan.Zero);

    public static TheoryData<MemberRole, Operation> Cells()
    {
        var cells = new TheoryData<MemberRole, Operation>();
        foreach (var operation in Enum.GetValues<Operation>())
        {
            foreach (var role in Enum.GetValues<MemberRole>())
            {
                cells.Add(role, operation);
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Each_role_may_what_the_table_says_and_nothing_else(MemberRole role, Operation operation)
    {
        var cell = s_cells[operation][(int)role];

        var fresh = RoleTable.Refuse(Member(role, s_now - RoleTable.Freshness), operation, s_now);
        var stale = RoleTable.Refuse(Member(role, s_now - RoleTable.Freshness - TimeSpan.FromSeconds(1)), operation, s_now);

        fresh?.GetType().ShouldBe(cell == '-' ? typeof(Refusal.Forbidden) : null);
        stale?.GetType().ShouldBe(cell == '-' ? typeof(Refusal.Forbidden) : cell == 'c' ? typeof(Refusal.Unconfirmed) : null);
        if (cell == '-')
        {
            fresh.ShouldNotBeNull();
        }
    }

    [Fact]
    public void What_is_not_in_the_table_is_refused() => RoleTable.Allows(MemberRole.Owner, (Operation)999).ShouldBeFalse();

    [Fact]
    public void A_role_that_does_not_exist_may_nothing() =>
        Enum.GetValues<Operation>().ShouldAllBe(operation => !RoleTable.Allows((MemberRole)999, operation));

    private static SignedInMember Member(MemberRole role, DateTimeOffset confirmedAt) =>
        new(new MemberId(1), new AccountId(1), "ada@example.com", "Ada", role, new SessionId(1), confirmedAt, Address: null);
}

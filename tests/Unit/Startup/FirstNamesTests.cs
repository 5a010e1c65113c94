using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tests.Unit.SigningIn;
using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Metrics;
using Dojo.Pci.Tokenization.Storage;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Dojo.Pci.Tests.Unit.Startup;

[Trait("Engine", "Sqlite")]
public sealed class FirstNamesTests
{
    [Fact]
    public async Task The_first_account_and_its_location_do_not_share_a_name_and_the_printed_key_ticks_the_first_step()
    {
        var ct = TestContext.Current.CancellationToken;
        await using var portal = new PortalFactory { EnvironmentName = "Development", MakesRootKey = false };
        portal.StartServer();
        var accounts = portal.Services.GetRequiredService<IAccountStore>();
        var location = (await accounts.ListLocationsAsync(ct)).ShouldHaveSingleItem();

        (await accounts.GetNameAsync(location.Account, ct)).ShouldNotBe(location.Name, StringComparer.Ordinal);

        while (await portal.Services.GetRequiredService<IDatabase>().ReadAsync(connection => connection.ExecuteScalar<long>("SELECT count(*) FROM member_links"), ct) == 0)
        {
            await Task.Delay(20, ct); // the link that the first start prints would invalidate the one that is created here
        }

        using var owner = await APerson.OwnerAsync(portal, location.Account);
        var member = (await owner.FindMemberAsync())!;
        var who = new SignedInMember(member.Id, member.Account, member.Email, member.Name, member.Role, default, portal.Clock.GetUtcNow(), null);
        var steps = (await portal.Services.GetRequiredService<IApiMetrics>()
            .ReadFirstStepsAsync(who, new Tenant(location.Account, location.Id, TenantEnvironment.Sandbox), ct)).Value!;
        steps.ShouldBe(new FirstSteps(HasKey: true, HasToken: false, HasWebhook: false));
        steps.AreShown.ShouldBeTrue();
    }
}

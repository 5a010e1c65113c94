using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tests.Unit.Startup;

public sealed class DevelopmentStartTests
{
    [Fact]
    public async Task Development_makes_what_is_missing_and_nobody_else_can_read_it()
    {
        await using var portal = await PortalFactory.StartAsync(new PortalFactory { EnvironmentName = "Development", MakesRootKey = false });

        (await portal.TokenizeAsync(new ACard())).ShouldBeOk();

        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(Path.Combine(portal.KeyDirectory, "root.key")).ShouldBe(UnixFileMode.UserRead);
            foreach (var directory in new[] { portal.DataDirectory, portal.KeyDirectory })
            {
                File.GetUnixFileMode(directory).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            foreach (var file in Directory.EnumerateFiles(portal.DataDirectory))
            {
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
            }
        }
    }

    [Fact]
    public async Task A_second_start_keeps_the_key_and_the_data()
    {
        await using var first = await PortalFactory.StartAsync(new PortalFactory { EnvironmentName = "Development", MakesRootKey = false });
        var key = await File.ReadAllBytesAsync(Path.Combine(first.KeyDirectory, "root.key"), TestContext.Current.CancellationToken);
        (await first.TokenizeAsync(new ACard())).ShouldBeOk();
        await first.RevokeAsync(first.ProductionKey);

        await using var second = await first.RestartAsync();

        (await File.ReadAllBytesAsync(Path.Combine(second.KeyDirectory, "root.key"), TestContext.Current.CancellationToken)).ShouldBe(key);
        (await second.CountSetupIntentsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_database_with_a_working_production_key_is_refused_until_the_key_is_revoked()
    {
        using var program = new PortalProgram();
        program.MakeRootKey();
        (await program.RunAsync("Development", "api-keys", "create", "sandbox")).ExitCode.ShouldBe(0);
        (await program.RunAsync("Development", "api-keys", "create", "production")).ExitCode.ShouldBe(0);

        var refused = await program.RunAsync("Development", "--urls=http://127.0.0.1:0");

        refused.ExitCode.ShouldBe(1);
        refused.Faults.ShouldHaveSingleItem().ShouldContain("holds 1 working API keys for production");
        refused.Errors.ShouldNotContain("   at ");

        // The remedy that the refusal names works.
        (await program.RunAsync("Development", "api-keys", "list")).Output.ShouldContain("sk_prod_");
        (await program.RunAsync("Development", "api-keys", "revoke", "2")).ExitCode.ShouldBe(0);
        (await program.RunAsync("Development", "--urls=nonsense")).Errors.ShouldStartWith("The service could not start");
    }

    [Fact]
    public async Task Single_sign_on_for_an_account_that_is_not_there_is_refused_with_the_accounts_that_are()
    {
        using var program = new PortalProgram();
        program.MakeRootKey();
        (await program.RunAsync("Development", "api-keys", "create", "sandbox")).ExitCode.ShouldBe(0);
        var secret = Path.Combine(program.Root, "client.secret");
        await File.WriteAllTextAsync(secret, "secret", TestContext.Current.CancellationToken);
        PortalProgram.SetMode(secret, UnixFileMode.UserRead);

        var refused = await program.RunAsync(
            "Development",
            "--urls=http://127.0.0.1:0",
            "--SingleSignOn:Authority=http://127.0.0.1:9",
            "--SingleSignOn:ClientId=portal",
            $"--SingleSignOn:ClientSecretFile={secret}",
            "--SingleSignOn:ViewerGroups=everybody",
            "--SingleSignOn:Account=7");

        refused.ExitCode.ShouldBe(1);
        refused.Faults.ShouldHaveSingleItem().ShouldBe("SingleSignOn:Account is 7, but there is no account with that number. The accounts are: 1.");
    }

    [Fact]
    public async Task A_production_key_that_has_expired_is_no_reason_to_refuse()
    {
        await using var first = await PortalFactory.StartAsync(new PortalFactory { EnvironmentName = "Development", MakesRootKey = false });
        await first.RevokeAsync(first.ProductionKey);
        await first.CreateKeyAsync(TenantEnvironment.Production, expiresAt: first.Clock.GetUtcNow().AddDays(1));
        first.Clock.Advance(TimeSpan.FromDays(2));

        await using var second = await first.RestartAsync();

        (await second.TokenizeAsync(new ACard())).ShouldBeOk();
    }
}

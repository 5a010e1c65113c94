using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;

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

        await using var second = await first.RestartAsync();

        (await File.ReadAllBytesAsync(Path.Combine(second.KeyDirectory, "root.key"), TestContext.Current.CancellationToken)).ShouldBe(key);
        (await second.CountSetupIntentsAsync()).ShouldBe(1);
    }
}

using System.Globalization;
using System.Text;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Api;

public sealed class VersionTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    [Theory]
    [InlineData("2022-04-07", "2022-04-07")]
    [InlineData("2022-04-08", "2022-04-07")]
    [InlineData("2023-11-11", "2022-04-07")]
    [InlineData("2023-11-12", "2023-11-12")]
    [InlineData("2024-01-15", "2023-11-12")]
    [InlineData("2024-02-04", "2023-11-12")]
    [InlineData("2024-02-05", "2024-02-05")]
    [InlineData("2024-02-29", "2024-02-05")]
    [InlineData("2025-09-09", "2024-02-05")]
    [InlineData("2025-09-10", "2025-09-10")]
    [InlineData("2026-02-26", "2025-09-10")]
    [InlineData("2026-02-27", "2026-02-27")]
    [InlineData("2099-12-31", "2026-02-27")]
    [InlineData("9999-12-31", "2026-02-27")]
    public async Task A_date_stands_for_the_newest_version_on_or_before_it(string sent, string resolved)
    {
        var answer = await AskAsync(sent);

        answer.ShouldBeOk().Header("version").ShouldBe(resolved);
    }

    [Fact]
    public async Task Today_stands_for_the_newest_version() =>
        (await AskAsync(DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))).ShouldBeOk().Header("version").ShouldBe("2026-02-27");

    [Theory]
    [InlineData("2022-04-06")]
    [InlineData("2022-01-03")]
    [InlineData("0001-01-01")]
    [InlineData("")]
    [InlineData("2025-02-30")]
    [InlineData("2025-02-29")]
    [InlineData("2025-13-01")]
    [InlineData("2025-00-10")]
    [InlineData("2025-9-10")]
    [InlineData("25-09-10")]
    [InlineData("2025/09/10")]
    [InlineData("20250910")]
    [InlineData("10-09-2025")]
    [InlineData("2025-09-10T00:00:00Z")]
    [InlineData("2025-09-10, 2025-09-10")]
    [InlineData("v1")]
    [InlineData("latest")]
    [InlineData("12025-09-10")]
    public async Task Anything_else_is_refused_naming_the_version(string sent)
    {
        var answer = await AskAsync(sent);

        answer.ShouldBeInvalid("Version");
        answer.Headers["version"].ShouldBeEmpty();
        answer.Body.ShouldNotContain($"'{sent}'");
    }

    [Fact]
    public async Task A_missing_version_is_refused()
    {
        using var client = portal.AnonymousClient();

        (await client.TokenizeAsync(new ACard().ToJson(), ("Authorization", $"Basic {portal.SandboxKey.Secret}"))).ShouldBeInvalid("Version");
    }

    [Fact]
    public async Task Two_versions_are_refused_even_if_they_are_the_same()
    {
        var head = RawHttp.Head(portal.SandboxKey.Secret, "version: 2025-09-10", "Content-Length: 2");

        (await RawHttp.SendAsync(portal.BaseAddress, head, Encoding.UTF8.GetBytes("{}"))).ShouldBeInvalid("Version");
    }

    [Theory]
    [InlineData("version")]
    [InlineData("Version")]
    [InlineData("VERSION")]
    public async Task The_name_of_the_header_may_be_written_in_any_case(string name)
    {
        using var client = portal.AnonymousClient();

        (await client.TokenizeAsync(new ACard().ToJson(), ("Authorization", $"Basic {portal.SandboxKey.Secret}"), (name, "2025-09-10"))).ShouldBeOk();
    }

    [Fact]
    public async Task Errors_after_the_version_was_resolved_say_it_too() =>
        (await portal.TokenizeAsync("{}")).ShouldBeProblem(400).Header("version").ShouldBe("2025-09-10");

    private async Task<ApiAnswer> AskAsync(string version)
    {
        using var client = portal.AnonymousClient();
        return await client.TokenizeAsync(new ACard().ToJson(), ("Authorization", $"Basic {portal.SandboxKey.Secret}"), ("version", version));
    }
}

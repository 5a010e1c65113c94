using System.Net;
using System.Net.Sockets;

namespace Dojo.Pci.Tests.Unit.Startup;

/// <summary>Arguments override the environment, which overrides the shipped settings. A refusal names the source that won.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly PortalProgram _portal = new();

    public void Dispose() => _portal.Dispose();

    [Fact]
    public async Task Without_either_it_listens_on_port_5080_of_this_machine() =>
        (await _portal.RunAsync("Production")).Errors.ShouldContain("http://localhost:5080 is plain HTTP");

    [Theory]
    [InlineData("ASPNETCORE_URLS")]
    [InlineData("Urls")]
    public async Task The_environment_wins_over_the_default(string variable)
    {
        _portal.Environment[variable] = "http://localhost:5081";

        var run = await _portal.RunAsync("Production");

        run.Errors.ShouldContain("http://localhost:5081 is plain HTTP");
        run.Errors.ShouldNotContain("5080");
    }

    [Fact]
    public async Task Arguments_win_over_the_environment()
    {
        _portal.Environment["ASPNETCORE_URLS"] = "http://localhost:5081";

        var run = await _portal.RunAsync("Production", "--urls", "http://localhost:5082");

        run.Errors.ShouldContain("http://localhost:5082 is plain HTTP");
        run.Errors.ShouldNotContain("5081");
        run.Errors.ShouldNotContain("5080");
    }

    [Fact]
    public async Task A_file_of_settings_in_the_working_directory_does_not_count()
    {
        await File.WriteAllTextAsync(Path.Combine(_portal.Root, "appsettings.json"), """{ "Urls": "http://localhost:5083" }""", TestContext.Current.CancellationToken);
        _portal.Environment["ASPNETCORE_URLS"] = "http://localhost:5081";

        (await _portal.RunAsync("Production")).Errors.ShouldContain("http://localhost:5081 is plain HTTP");
    }

    [Fact]
    public async Task Relative_directories_count_from_the_working_directory()
    {
        _portal.Environment["Portal__DataDirectory"] = "there/data";
        _portal.Environment["Vault__KeyDirectory"] = "there/keys";

        (await _portal.RunAsync("Production")).Errors.ShouldContain(Path.Combine(_portal.Root, "there/keys/root.key"));
    }

    [Fact]
    public async Task The_verb_that_makes_keys_prints_one_and_nothing_else()
    {
        _portal.MakeRootKey();

        var run = await _portal.RunAsync("Production", "api-keys", "create", "production");

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.Trim().ShouldMatch("^sk_prod_[A-Za-z0-9_-]{43}[0-9a-f]{8}$");
    }

    [Fact]
    public async Task A_word_it_does_not_know_is_answered_with_those_it_knows()
    {
        var run = await _portal.RunAsync("Production", "serve");

        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain("api-keys");
        Directory.Exists(_portal.DataDirectory).ShouldBeFalse();
    }

    [Fact]
    public async Task An_address_in_use_refuses_the_start_in_a_sentence()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        var run = await _portal.RunAsync("Development", "--urls", $"http://{taken.LocalEndpoint}");

        run.ExitCode.ShouldBe(1);
        run.Errors.ShouldContain("The service could not start: Failed to bind");
    }

    [Theory]
    [InlineData("api-keys")]
    [InlineData("api-keys create")]
    [InlineData("api-keys create staging")]
    [InlineData("api-keys delete production")]
    public async Task The_verb_that_makes_keys_explains_itself(string arguments)
    {
        var run = await _portal.RunAsync("Production", arguments.Split(' '));

        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain("Usage:");
        run.Errors.ShouldContain("api-keys");
    }
}

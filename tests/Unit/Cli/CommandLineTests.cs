using Dojo.Pci.Portal.Cli;
using Dojo.Pci.Tests.Unit.Startup;

namespace Dojo.Pci.Tests.Unit.Cli;

/// <summary>The command line as an operator uses it: a process, its output, and its exit code.</summary>
public sealed class CommandLineTests : IDisposable
{
    private const string CardNumber = "4111111111111111";
    private readonly PortalProgram _portal = new();

    public CommandLineTests() => _portal.MakeRootKey();

    public void Dispose() => _portal.Dispose();

    [Theory]
    [InlineData("before")]
    [InlineData("between")]
    [InlineData("after")]
    public async Task A_command_is_found_wherever_its_settings_stand(string where)
    {
        var elsewhere = $"--Portal:DataDirectory={Path.Combine(_portal.Root, "elsewhere")}";
        string[] arguments = where switch
        {
            "before" => [elsewhere, "api-keys", "create", "sandbox"],
            "between" => ["api-keys", elsewhere, "create", "sandbox"],
            _ => ["api-keys", "create", "sandbox", elsewhere],
        };

        var run = await _portal.RunAsync("Production", arguments);

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.Trim().ShouldStartWith("sk_sandbox_");
        Directory.Exists(Path.Combine(_portal.Root, "elsewhere")).ShouldBeTrue();
        Directory.Exists(_portal.DataDirectory).ShouldBeFalse();
    }

    [Theory]
    [InlineData("accounts create " + CardNumber, "card number")]
    [InlineData("accounts create 4111-1111-1111-1111", "card number")]
    [InlineData("accounts create aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "at most 60 characters")]
    [InlineData("accounts create a\tb", "one line")]
    [InlineData("accounts link 0", "ID must be")]
    [InlineData("accounts link -1", "ID must be")]
    [InlineData("accounts link 1,000", "ID must be")]
    [InlineData("accounts link 99999999999999999999", "ID must be")]
    [InlineData("api-keys create 7", "production")]
    [InlineData("api-keys create 1", "production")]
    [InlineData("api-keys create sandbox,production", "production")]
    [InlineData("api-keys create sandbox production", "Unrecognized")]
    [InlineData("api-keys revoke one", "ID must be")]
    [InlineData("api-keys revoke 1 --force", "--force")]
    [InlineData("api-keys list " + CardNumber, "withheld")]
    [InlineData("locations set 1 retention-days -1", "DAYS must be")]
    [InlineData("locations set 1 retention-days 36501", "DAYS must be")]
    [InlineData("locations set 1 retention-days 7.5", "DAYS must be")]
    [InlineData("locations set 1 unique-references yes", "on or off")]
    [InlineData("locations set x unique-references on", "ID must be")]
    [InlineData("locations set unique-references on", "missing")]
    [InlineData("database", "Required command")]
    [InlineData("keys check", "missing")]
    [InlineData("migrate now", "Unrecognized")]
    [InlineData("storage copy --from sqlite --to sqlite", "different engines")]
    [InlineData("storage copy --from sqlite", "--to")]
    [InlineData("storage copy --from sqlite --to oracle", "oracle")]
    [InlineData("migrat", "Unrecognized")]
    [InlineData("bench", "Unrecognized")]
    [InlineData("@file", "Unrecognized")]
    [InlineData("-x", "Unrecognized")]
    public async Task What_is_not_understood_says_why_and_how_it_is_used_and_ends_with_2(string words, string why)
    {
        var run = await ParseAsync(words.Split(' '));

        run.ExitCode.ShouldBe(2, run.Errors);
        run.Errors.ShouldContain(why);
        run.Errors.ShouldContain("Usage:");
        run.Output.ShouldBeEmpty();
        ShouldBePlain(run);
    }

    [Fact]
    public async Task A_name_of_no_characters_is_none()
    {
        var run = await ParseAsync("accounts", "create", " ");

        run.ExitCode.ShouldBe(2);
        run.Errors.ShouldContain("Write a name.");
    }

    [Fact]
    public async Task What_does_not_exist_ends_with_1_in_a_sentence()
    {
        foreach (var words in new[] { "accounts link 99", "api-keys revoke 99", "locations set 99 unique-references on" })
        {
            var run = await _portal.RunAsync("Production", words.Split(' '));

            run.ExitCode.ShouldBe(1, words);
            run.Errors.ShouldContain("There is no such ");
            ShouldBePlain(run);
        }
    }

    [Theory]
    [InlineData("--Api:RequestsPerSecondPerKey=many", "Api:RequestsPerSecondPerKey must be a number")]
    [InlineData("--SetupIntents:DefaultLifetime=2920000.00:00:00", "SetupIntents:DefaultLifetime must be a time")]
    [InlineData("--Storage:Provider=0", "Storage:Provider must be one of")]
    [InlineData("--Portal:DataDirectroy=x", "Portal:DataDirectroy is not a setting")]
    [InlineData("--Storage:ConnectionString=Data Source=/dev/null/portal.db", "The database")]
    [InlineData("--Logging:LogLevel:Default=Loud", "failed")]
    public async Task A_command_with_a_setting_that_makes_no_sense_ends_with_1_in_a_sentence(string setting, string why)
    {
        var run = await _portal.RunAsync("Production", "api-keys", "list", setting);

        run.ExitCode.ShouldBe(1, run.Errors);
        run.Errors.ShouldContain(why);
        ShouldBePlain(run);
    }

    [Theory]
    [InlineData("--help", "api-keys")]
    [InlineData("-h", "locations")]
    [InlineData("api-keys --help", "revoke")]
    [InlineData("api-keys create --help", "sandbox|production")]
    [InlineData("accounts create -h", "NAME")]
    [InlineData("locations set --help", "retention-days")]
    [InlineData("database check --help", "whole database")]
    [InlineData("keys check --help", "standard input")]
    [InlineData("migrate --help", "schema")]
    public async Task Every_command_explains_itself_and_ends_with_0(string words, string explanation)
    {
        var run = await ParseAsync(words.Split(' '));

        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldContain(explanation);
        run.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_version_is_that_of_the_build()
    {
        var run = await ParseAsync("--version");

        run.ExitCode.ShouldBe(0);
        run.Output.Trim().ShouldMatch(@"^\d+\.\d+\.\d+\S*$");
        run.Output.ShouldNotContain("+");
    }

    [Fact]
    public async Task The_whole_of_a_text_is_looked_through_for_keys_no_matter_what_it_begins_with()
    {
        var run = await _portal.RunAsync("Production", "keys", "check", "--Api:Key=nothing");

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("No API key found.");
    }

    // Invalid commands and help texts need no process.
    private static async Task<ProgramRun> ParseAsync(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = await CommandLine.RunAsync(arguments, output, errors);
        return new ProgramRun(exitCode, output.ToString(), errors.ToString());
    }

    private static void ShouldBePlain(ProgramRun run)
    {
        (run.Output + run.Errors).ShouldNotContain("   at ");
        (run.Output + run.Errors).ShouldNotContain("Unhandled");
        (run.Output + run.Errors).ShouldNotContain(CardNumber);
    }
}

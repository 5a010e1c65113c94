using Dojo.Pci.Portal.Cli;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tests.Unit.Cli;

public sealed class KeyCheckCommandTests
{
    private static readonly string s_key = ApiKeySecret.Generate(TenantEnvironment.Sandbox).Reveal();
    private static readonly string s_other = ApiKeySecret.Generate(TenantEnvironment.Production).Reveal();

    [Theory]
    [InlineData("{key}")]
    [InlineData("Authorization: Basic {key}")]
    [InlineData("\"apiKey\":\"{key}\",")]
    [InlineData("{key}_and-more")]
    [InlineData("{wrong} {key}")]
    [InlineData("{cut}{key}")]
    [InlineData("first line\n{key}\n")]
    public async Task A_key_with_a_right_checksum_is_found_wherever_it_stands(string text)
    {
        var (exitCode, printed) = await CheckAsync(text);

        exitCode.ShouldBe(0);
        printed.ShouldContain($"sk_sandbox_…{s_key[^4..]}  checksum right");
    }

    [Theory]
    [InlineData("{wrong}")]
    [InlineData("{cut}")]
    [InlineData("Authorization: Basic {wrong}, {cut}")]
    public async Task A_key_with_a_wrong_checksum_is_named_and_does_not_count(string text)
    {
        var (exitCode, printed) = await CheckAsync(text);

        exitCode.ShouldBe(1);
        printed.ShouldContain("checksum wrong");
    }

    [Theory]
    [InlineData("")]
    [InlineData("sk_sandbox_your_key")]
    [InlineData("sk_live_4eC39HqLyjWDarjtT1zdp7dc")]
    public async Task A_text_without_a_key_says_so(string text) => (await CheckAsync(text)).ShouldBe((1, $"No API key found.{Environment.NewLine}"));

    [Fact]
    public async Task Several_keys_are_told_apart()
    {
        var (exitCode, printed) = await CheckAsync("{key} and {other} and {wrong}");

        exitCode.ShouldBe(0);
        printed.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(3);
        printed.ShouldContain($"sk_prod_…{s_other[^4..]}  checksum right");
    }

    private static async Task<(int ExitCode, string Printed)> CheckAsync(string text)
    {
        var wrong = s_key[..^1] + (s_key[^1] == '0' ? '1' : '0');
        using var input = new StringReader(text.Replace("{key}", s_key, StringComparison.Ordinal).Replace("{other}", s_other, StringComparison.Ordinal)
            .Replace("{wrong}", wrong, StringComparison.Ordinal).Replace("{cut}", s_key[..40], StringComparison.Ordinal));
        await using var output = new StringWriter();
        var exitCode = await KeyCheckCommand.RunAsync(input, output);
        output.ToString().ShouldNotContain(s_key[11..40]);
        return (exitCode, output.ToString());
    }
}

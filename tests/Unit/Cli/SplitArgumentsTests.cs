using Dojo.Pci.Portal.Cli;

namespace Dojo.Pci.Tests.Unit.Cli;

public sealed class SplitArgumentsTests
{
    private static readonly HashSet<string> s_options = new(StringComparer.Ordinal) { "--help", "--version", "--sample" };

    [Theory]
    [InlineData("", "", "")]
    [InlineData("migrate", "", "migrate")]
    [InlineData("--Portal:DataDirectory=x migrate", "--Portal:DataDirectory=x", "migrate")]
    [InlineData("migrate --Portal:DataDirectory=x", "--Portal:DataDirectory=x", "migrate")]
    [InlineData("api-keys --Portal:DataDirectory=x create --Vault:KeyDirectory y sandbox", "--Portal:DataDirectory=x --Vault:KeyDirectory y", "api-keys create sandbox")]
    [InlineData("--urls http://localhost:5081", "--urls http://localhost:5081", "")]
    [InlineData("--urls http://localhost:5081 api-keys list", "--urls http://localhost:5081", "api-keys list")]
    [InlineData("Portal:DataDirectory=x /Vault:KeyDirectory=y /urls=z migrate", "Portal:DataDirectory=x /Vault:KeyDirectory=y /urls=z", "migrate")]
    [InlineData("--anything=the-framework-knows", "--anything=the-framework-knows", "")]
    [InlineData("api-keys revoke 2 --reason=lost", "", "api-keys revoke 2 --reason=lost")]
    [InlineData("api-keys revoke 2 --reason lost", "", "api-keys revoke 2 --reason lost")]
    [InlineData("--force api-keys revoke 2", "", "--force api-keys revoke 2")]
    [InlineData("migrate --urls", "", "migrate --urls")]
    [InlineData("database check --sample=100 --help", "", "database check --sample=100 --help")]
    [InlineData("accounts create A=B", "", "accounts create A=B")]
    [InlineData("accounts create -- A:B=C", "", "accounts create -- A:B=C")]
    [InlineData("accounts create /shop", "", "accounts create /shop")]
    [InlineData("accounts create http://shop.example/?a=b", "", "accounts create http://shop.example/?a=b")]
    [InlineData("keys check --Api:Key=sk_sandbox_x", "", "keys check --Api:Key=sk_sandbox_x")]
    public void Settings_are_found_wherever_they_stand_and_nothing_else_is_taken_for_one(string arguments, string settings, string words)
    {
        var split = SplitArguments.Of(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), s_options);

        string.Join(' ', split.Settings).ShouldBe(settings);
        string.Join(' ', split.Words).ShouldBe(words);
    }
}

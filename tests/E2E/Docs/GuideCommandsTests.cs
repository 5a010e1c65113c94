using System.Text;
using Dojo.Pci.Tests.E2E.Api;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Docs;

/// <summary>Every command of every guide, run from top to bottom as a reader would, so that the guides stay correct.</summary>
[Collection(DocsTests.Name)]
public sealed class GuideCommandsTests(PortalAndBrowser shared)
{
    private const string Address = "http://localhost:5080";
    private const string Key = "sk_sandbox_your_key";

    // A failing call ends the script; where the guide shows a refusal, a succeeding call does.
    private const string Curl = """
        expectation=success
        curl() {
          if [ "$expectation" = success ]; then command curl --silent --show-error --fail-with-body "$@"
          elif command curl --silent --show-error --fail "$@" 2>/dev/null; then echo 'A call succeeded that the guide says is refused.' >&2; return 1
          fi
        }

        """;

    public static TheoryData<string> Guides => [.. Folder().EnumerateFiles("*.md").Select(file => file.Name)];

    [Theory]
    [MemberData(nameof(Guides))]
    public async Task Every_command_of_a_guide_does_what_the_guide_says(string guide)
    {
        var ct = TestContext.Current.CancellationToken;
        var script = ScriptOf(await File.ReadAllLinesAsync(Path.Combine(Folder().FullName, guide), ct))
            .Replace(Address, shared.Portal.BaseAddress.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)
            .Replace(Key, await Calls.FirstKeyAsync(shared.Portal), StringComparison.Ordinal);

        var (exitCode, output, errors) = await Script.RunAsync(Curl + script, new Dictionary<string, string>(StringComparer.Ordinal), ct);

        exitCode.ShouldBe(0, $"{output}\n{errors}");
        script.Contains("curl", StringComparison.Ordinal).ShouldBe(guide != "going-to-production.md", "commands were found");
    }

    private static string ScriptOf(IEnumerable<string> lines)
    {
        var script = new StringBuilder();
        string? fence = null;
        foreach (var line in lines)
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                fence = fence is null ? line[3..].Trim() : null;
                if (fence is "bash" or "bash refused")
                {
                    script.Append("expectation=").Append(fence is "bash" ? "success" : "refusal").Append('\n');
                }
            }
            else if (fence is "bash" or "bash refused")
            {
                script.Append(line).Append('\n');
            }
        }

        return script.ToString();
    }

    private static DirectoryInfo Folder() => new(Path.Combine(RepositoryPaths.Root, "docs", "guides"));
}

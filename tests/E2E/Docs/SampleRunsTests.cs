using System.Net;
using System.Text.RegularExpressions;
using Dojo.Pci.Tests.E2E.Api;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Docs;

/// <summary>The samples of the documentation, taken from its pages and run unchanged except for the key.</summary>
[Trait("Length", "Long")]
[Collection(DocsTests.Name)]
public sealed partial class SampleRunsTests(PortalAndBrowser shared)
{
    private const string ExampleToken = "si_sandbox_zO9He6VSK0WV3_g33nVDVw";
    private const string WithCard = """{"cardNumber":"5200000000001005","expiryDate":"12/48","reference":"Booking 4711"}""";
    private const string WithoutCard = """{"reference":"Booking 4711","terms":"A no-show is charged.","merchantInitiatedTransactionType":"NoShow"}""";
    private const string PlaceholderKey = "sk_sandbox_your_key";

    // For compiled languages one operation with a body and one with a path are enough; the templates differ in nothing else.
    private static readonly string[] s_few = ["setup-intents-create", "setup-intents-get"];
    private static readonly string[] s_more = [.. s_few, "setup-intents-list", "setup-intents-refresh-client-secret", "payment-intents-create", "setup-intents-get-public"];

    private static readonly Dictionary<string, (string File, string Run, bool IsSlow)> s_languages = new(StringComparer.Ordinal)
    {
        ["curl"] = ("sample.sh", "bash -eu sample.sh", false),
        ["python"] = ("sample.py", "/usr/bin/python3 sample.py", false),
        ["python-http-client"] = ("sample.py", "/usr/bin/python3 sample.py", false),
        ["node"] = ("sample.mjs", "node sample.mjs", false),
        ["php"] = ("sample.php", "php sample.php", false),
        ["ruby"] = ("sample.rb", "ruby sample.rb", false),
        ["go"] = ("sample.go", "go run sample.go", true),
        ["java"] = ("Sample.java", "java Sample.java", true),
        ["c"] = ("sample.c", "gcc -Wall -Werror sample.c -lcurl -o sample && ./sample", false),
        ["powershell"] = ("sample.ps1", "pwsh -NoProfile -File sample.ps1", true),
        // Redirected to files: the compiler server would keep a pipe open after the program has ended.
        ["csharp"] = ("sample.cs", "dotnet run sample.cs > answer.txt 2> faults.txt; status=$?; cat answer.txt; cat faults.txt >&2; exit $status", true),
    };

    private static readonly string[] s_inBrowser = ["jquery", "xhr"];

    /// <summary>Samples that cannot run here, because the tools of the tests include no compiler for them.</summary>
    private static readonly string[] s_notRun = ["swift", "kotlin"];

    public static TheoryData<string> Languages => [.. s_languages.Keys];

    public static TheoryData<string> BrowserLanguages => [.. s_inBrowser];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_language_of_the_documentation_is_run_here_or_named_as_one_that_is_not()
    {
        var page = await shared.Portal.Client.GetStringAsync(new Uri("docs/api/setup-intents-create", UriKind.Relative), Ct);

        LanguageLink().Matches(page).Select(link => link.Groups["slug"].Value).ShouldBe([.. s_languages.Keys, .. s_inBrowser, .. s_notRun], ignoreOrder: true);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public async Task A_sample_works_as_it_is_copied(string language)
    {
        var (file, run, isSlow) = s_languages[language];
        var key = await Calls.FirstKeyAsync(shared.Portal);
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["DOJO_API_KEY"] = key,
            ["PATH"] = $"{Environment.GetEnvironmentVariable("PATH")}:{Path.Combine(RepositoryPaths.Artifacts, "tools")}", // where ./test puts PowerShell
            ["DOTNET_NOLOGO"] = "true",
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["UseSharedCompilation"] = "false",
        };
        var folder = Directory.CreateTempSubdirectory("dojo-pci-sample-").FullName;
        try
        {
            foreach (var operation in isSlow ? s_few : s_more)
            {
                var (sample, expected) = await SampleAsync(operation, language);
                await File.WriteAllTextAsync(Path.Combine(folder, file), sample, Ct);

                var (exitCode, output, errors) = await Script.RunAsync("bash", ["-c", run], variables, folder, Ct);

                exitCode.ShouldBe(0, $"{operation}\n{output}\n{errors}");
                output.ShouldMatch(expected, $"{operation}\n{errors}");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(BrowserLanguages))]
    public async Task A_sample_for_a_browser_works_on_a_page_that_allows_it(string language)
    {
        var key = await Calls.FirstKeyAsync(shared.Portal);
        await using var visit = await Visit.BeginAsync(shared.Browser, shared.Portal);
        await visit.Page.RouteAsync("**/shop", route => route.FulfillAsync(new() { ContentType = "text/html", Body = "<title>Shop</title><script src='/jquery.js'></script>" }));
        await visit.Page.RouteAsync("**/jquery.js", route => route.FulfillAsync(new() { ContentType = "text/javascript", Path = "/usr/share/javascript/jquery/jquery.min.js" }));
        foreach (var operation in s_more)
        {
            var (sample, expected) = await SampleAsync(operation, language);
            await visit.Page.GotoAsync("/shop");

            var answer = await visit.Page.RunAndWaitForConsoleMessageAsync(() => visit.Page.AddScriptTagAsync(new() { Content = sample.Replace(PlaceholderKey, key, StringComparison.Ordinal) }));

            answer.Text.ShouldMatch(expected, operation);
        }
    }

    /// <summary>Returns the sample of an operation on an existing object, and the text that its answer must contain.</summary>
    private async Task<(string Sample, string Expected)> SampleAsync(string operation, string language)
    {
        var page = await shared.Portal.Client.GetStringAsync(new Uri($"docs/api/{operation}?lang={language}", UriKind.Relative), Ct);
        var sample = WebUtility.HtmlDecode(Sample().Match(page).Groups["text"].Value);
        sample.ShouldNotBeEmpty();
        if (operation == "setup-intents-create")
        {
            return (sample, "\"status\":\"Authorized\"");
        }

        // A secret can be renewed only while there is no card.
        var token = await TokenAsync(operation == "setup-intents-refresh-client-secret" ? WithoutCard : WithCard);
        return (sample.Replace(ExampleToken, token, StringComparison.Ordinal), operation is "setup-intents-list" ? "\"data\":" : token);
    }

    private async Task<string> TokenAsync(string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "setup-intents");
        request.Headers.TryAddWithoutValidation("Authorization", $"Basic {await Calls.FirstKeyAsync(shared.Portal)}");
        request.Headers.Add("version", "2026-02-27");
        request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await shared.Portal.Client.SendAsync(request, Ct);
        return Token().Match(await answer.Content.ReadAsStringAsync(Ct)).Value;
    }

    [GeneratedRegex("data-testid=\"sample\"[^>]*><code[^>]*>(?<text>.*?)</code>", RegexOptions.Singleline, 1000)]
    private static partial Regex Sample();

    [GeneratedRegex("lang=(?<slug>[a-z-]+)", RegexOptions.None, 1000)]
    private static partial Regex LanguageLink();

    [GeneratedRegex("si_sandbox_[A-Za-z0-9_-]{22}", RegexOptions.None, 1000)]
    private static partial Regex Token();
}

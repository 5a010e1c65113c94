using System.Text.Json.Nodes;
using Dojo.Pci.Portal.Docs;
using Dojo.Pci.Portal.Docs.Samples;
using Dojo.Pci.Portal.Presentation;

namespace Dojo.Pci.Tests.Unit.Docs;

public sealed class SamplesTests
{
    private const string Base = "https://vault.example/";

    public static TheoryData<string> Languages => [.. SampleLanguage.All.Select(language => language.Slug)];

    [Fact]
    public void The_languages_are_those_of_the_seed_and_two_more() =>
        SampleLanguage.All.Select(language => language.Name).ShouldBe(
            ["Python http.client", "Node", "curl", "PHP", "C# RestSharp", "Python requests", "jQuery", "XHR", "Swift", "Ruby", "Go", "C libcurl", "PowerShell", "Java", "Kotlin"], ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Languages))]
    public void Every_operation_has_a_sample_with_its_address_its_version_and_no_key(string language)
    {
        foreach (var operation in ApiDescription.Operations)
        {
            var request = SampleRequest.Of(operation, Base, PublishedVersion.Newest, new SampleKey());
            var sample = SampleLanguage.Find(language)!.Write(request);

            sample.ShouldContain("vault.example");
            sample.ShouldContain(request.Address.AbsolutePath);
            sample.Contains(PublishedVersion.Newest, StringComparison.Ordinal).ShouldBe(request.Headers.Any(header => header.Name == "version"), operation.Id);
            sample.Contains("Authorization", StringComparison.Ordinal).ShouldBe(operation.NeedsKey, operation.Id);
            (request.Body is null || sample.Contains(((JsonObject)request.Body).First().Key, StringComparison.Ordinal)).ShouldBeTrue(operation.Id);
        }
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_key_that_is_shown_once_stands_in_the_sample_and_nothing_else_asks_for_it(string language)
    {
        var sample = SampleLanguage.Find(language)!.Write(SampleRequest.Of(ApiDescription.Operation("SetupIntents_List"), Base, PublishedVersion.Newest, new SampleKey("sk_sandbox_abc")));

        sample.ShouldContain("Basic sk_sandbox_abc");
        sample.ShouldNotContain("DOJO_API_KEY");
        sample.ShouldNotContain(SampleKey.Placeholder);
    }

    // Characters with a special meaning in a language's string literals: quotes, variables, escapes.
    [Theory]
    [InlineData("curl", "it'\\''s \\\"$x\\\"")]
    [InlineData("php", "it\\'s \"$x\" #{x} \\\\ `y`")]
    [InlineData("ruby", "it's \\\"$x\\\" \\#{x} \\\\ `y`")]
    [InlineData("kotlin", "it's \\\"${'$'}x\\\"")]
    [InlineData("powershell", "it''s \\\"$x\\\"")]
    [InlineData("go", "\"{\\n  \\\"reference\\\"")]
    public void A_text_stays_the_same_text_in_every_language(string language, string written)
    {
        var body = new JsonObject { ["reference"] = "it's \"$x\" #{x} \\ `y`" };
        var sample = SampleLanguage.Find(language)!.Write(SampleRequest.Of(ApiDescription.Operation("SetupIntents_Create"), Base, PublishedVersion.Newest, new SampleKey(), body: body));

        sample.ShouldContain(written);
    }
}

using System.Reflection;
using Dojo.Pci.Portal.Docs;
using Dojo.Pci.Portal.Docs.Errors;
using Dojo.Pci.Portal.Docs.Samples;
using Dojo.Pci.Portal.Presentation;
using Dojo.Pci.Tests.Unit.Api;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tests.Unit.Docs;

public sealed class ErrorPagesTests(PortalFactory portal) : IClassFixture<PortalFactory>
{
    /// <summary>Every page with an example that can be tried.</summary>
    public static TheoryData<string> Examples => [.. ErrorCatalog.Statuses.Concat(ErrorCatalog.Fields).Where(page => page.Example is not null).Select(page => page.Code)];

    [Fact]
    public void Every_status_that_is_refused_with_has_a_page() =>
        ProblemTypes.All.Where(type => ErrorCatalog.Find(type.Code) is not { } page || page.Status != type.Status).ShouldBeEmpty();

    [Fact]
    public void Every_field_that_the_validators_name_has_a_page()
    {
        var fields = typeof(Fields).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetValue(null)!).ToList();

        fields.Count.ShouldBeGreaterThan(15);
        fields.Where(field => ErrorCatalog.Find(ErrorCodes.OfField(field)) is null).ShouldBeEmpty();
    }

    [Fact]
    public void Every_property_and_parameter_that_is_described_has_a_page()
    {
        var names = ApiDescription.Operations.SelectMany(operation =>
            (operation.BodySchema is { } schema && schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().Select(property => property.Name) : [])
            .Concat(operation.Parameters.Where(parameter => parameter.In == "query").Select(parameter => parameter.Name)));

        names.Where(name => ErrorCatalog.Find(ErrorCodes.OfField(Fields.Of(name))) is null).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task A_request_that_a_page_says_is_refused_is_refused_and_leads_to_that_page_and_the_corrected_one_does_not(string code)
    {
        var page = ErrorCatalog.Find(code)!;
        var token = (await portal.TokenizeAsync(new ACard())).ShouldBeOk()["id"];
        var values = new Dictionary<string, string>(StringComparer.Ordinal) { ["setupIntentId"] = token };
        var (refused, corrected) = page.Example!.At("https://localhost", PublishedVersion.Newest, new SampleKey(portal.SandboxKey.Secret), values);

        var (status, help) = await SendAsync(refused);
        var (_, helpAfter) = await SendAsync(corrected);

        status.ShouldBe(page.Status);
        help.ShouldContain($"/docs/errors/{code}>");
        helpAfter.ShouldNotContain($"/docs/errors/{code}>");
    }

    [Theory]
    [InlineData("CardNumber", "card-number")]
    [InlineData("Amount.CurrencyCode", "amount")]
    [InlineData("ItemLines[0].Caption", "item-lines")]
    [InlineData("Url", "url")]
    public void A_field_has_the_page_of_its_name_and_what_is_inside_of_it_too(string field, string code) => ErrorCodes.OfField(field).ShouldBe(code);

    [Fact]
    public async Task A_refusal_of_two_fields_leads_to_both_pages_and_its_body_stays_as_it_is_documented()
    {
        var answer = (await portal.TokenizeAsync("""{"cardNumber":"1","expiryDate":"12/29"}""")).ShouldBeProblem(400);

        answer.Header("Link").ShouldBe("<https://localhost/docs/errors/card-number>; rel=\"help\", <https://localhost/docs/errors/reference>; rel=\"help\"");
        answer.PropertyNames().ShouldBe(["errors", "type", "title", "status", "traceId"]);
    }

    private async Task<(int Status, string Help)> SendAsync(SampleRequest sample)
    {
        using var client = portal.AnonymousClient();
        using var request = new HttpRequestMessage(new HttpMethod(sample.Method), new Uri(sample.Address.PathAndQuery, UriKind.Relative));
        if (sample.Body is not null)
        {
            request.Content = new StringContent(SampleJson.Compact(sample.Body));
            request.Content.Headers.ContentType = null;
        }

        request.Headers.TryAddWithoutValidation("Authorization", $"Basic {sample.Key!.Literal}");
        foreach (var (name, value) in sample.Headers)
        {
            (request.Headers.TryAddWithoutValidation(name, value) || request.Content!.Headers.TryAddWithoutValidation(name, value)).ShouldBeTrue();
        }

        var answer = await client.ReadAsync(request);
        return ((int)answer.Status, answer.Header("Link") ?? "");
    }
}

using System.Text;
using System.Text.Json;
using Dojo.Pci.Portal.Presentation;

namespace Dojo.Pci.Tests.Unit.OpenApi;

/// <summary>The document satisfies its own promises.</summary>
public sealed class OpenApiDocumentTests
{
    private static readonly string[] s_partsWithBody = ["requestBody", "responses"];
    private static readonly string[] s_refusals = ["400", "401", "403", "405", "429", "431", "500", "503"];

    private static OpenApiContract Contract => OpenApiContract.Current;

    public static TheoryData<string> Operations => [.. Contract.Operations.Select(operation => operation.ToString())];

    public static TheoryData<string> OperationsWithKey => [.. Contract.Operations.Where(operation => operation.NeedsKey).Select(operation => operation.ToString())];

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_example_of_an_operation_fits_its_schema(string operation)
    {
        var contents = ContentsOf(Definition(operation)).ToList();

        contents.ShouldAllBe(content => content.Value.GetProperty("examples").EnumerateObject().Any());
        foreach (var content in contents)
        {
            foreach (var example in content.Value.GetProperty("examples").EnumerateObject())
            {
                Contract.Validate(example.Value.GetProperty("value"), content.Value.GetProperty("schema")).ShouldBeEmpty($"{content.Name} {example.Name}");
            }
        }
    }

    [Fact]
    public void Its_examples_show_the_newest_version()
    {
        var components = Contract.Document.GetProperty("components");
        components.GetProperty("parameters").GetProperty("Version").GetProperty("example").GetString().ShouldBe(PublishedVersion.Newest);
        components.GetProperty("headers").GetProperty("Version").GetProperty("example").GetString().ShouldBe(PublishedVersion.Newest);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_parameter_and_header_has_an_example_that_fits(string operation)
    {
        var definition = Definition(operation);
        var parameters = definition.TryGetProperty("parameters", out var listed) ? listed.EnumerateArray() : default;
        var headers = definition.GetProperty("responses").EnumerateObject()
            .Select(response => Contract.Resolve(response.Value))
            .SelectMany(response => response.TryGetProperty("headers", out var named) ? named.EnumerateObject() : default)
            .Select(header => header.Value);

        foreach (var described in parameters.Concat(headers).Select(Contract.Resolve).Where(described => !IsBefore(described)))
        {
            Contract.Validate(described.GetProperty("example"), described.GetProperty("schema")).ShouldBeEmpty(described.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void No_example_of_a_request_asks_for_the_page_before_and_the_page_after_at_once(string operation)
    {
        var definition = Definition(operation);
        var parameters = definition.TryGetProperty("parameters", out var listed) ? listed.EnumerateArray().Select(Contract.Resolve) : [];
        parameters.Count(parameter => parameter.GetProperty("name").GetString() is "before" or "after" && parameter.TryGetProperty("example", out _)).ShouldBeLessThan(2);

        var bodies = definition.TryGetProperty("requestBody", out var body) ? Contract.Resolve(body).GetProperty("content").EnumerateObject() : default;
        foreach (var example in bodies.SelectMany(content => content.Value.GetProperty("examples").EnumerateObject()))
        {
            var value = example.Value.GetProperty("value");
            var page = value.TryGetProperty("cursor", out var cursor) ? cursor : value;
            (page.TryGetProperty("before", out _) && page.TryGetProperty("after", out _)).ShouldBeFalse(example.Name);
        }
    }

    [Fact]
    public void Every_example_of_a_schema_fits_it()
    {
        foreach (var schema in Contract.Document.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            foreach (var example in schema.Value.TryGetProperty("examples", out var examples) ? examples.EnumerateArray() : default)
            {
                Contract.Validate(example, schema.Value).ShouldBeEmpty(schema.Name);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_example_of_an_answer_is_one_that_Dojos_clients_understand(string operation)
    {
        foreach (var response in Definition(operation).GetProperty("responses").EnumerateObject())
        {
            foreach (var (type, example) in ExamplesOf(response.Value))
            {
                var version = example.Name == "version20220407" ? "2022-04-07" : "2025-09-10";
                var value = example.Value.GetProperty("value");
                var body = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
                var (method, path) = (operation.Split(' ')[0], operation.Split(' ')[1]);
                Contract.Check(new ValidatedAnswer(method, path, int.Parse(response.Name), type, Encoding.UTF8.GetBytes(body), version));
            }
        }
    }

    [Theory]
    [MemberData(nameof(OperationsWithKey))]
    public void Every_operation_with_a_key_documents_how_it_can_be_refused(string operation) =>
        s_refusals.Where(status => !Definition(operation).GetProperty("responses").TryGetProperty(status, out _)).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(OperationsWithKey))]
    public void Every_operation_with_a_key_takes_and_names_a_version(string operation)
    {
        var definition = Definition(operation);

        definition.GetProperty("parameters").EnumerateArray().Any(parameter => Contract.Resolve(parameter).GetProperty("name").ValueEquals("version")).ShouldBeTrue();
        var responses = definition.GetProperty("responses");
        var done = responses.TryGetProperty("200", out var answer) ? answer : responses.GetProperty("204");
        done.GetProperty("headers").TryGetProperty("version", out _).ShouldBeTrue();
    }

    [Fact]
    public void Operation_ids_are_unique() =>
        Contract.Operations.GroupBy(operation => operation.Id, StringComparer.Ordinal).Where(same => same.Count() > 1).ShouldBeEmpty();

    [Fact]
    public void What_tokenizing_answers_are_the_seven_members_of_the_seed() =>
        Contract.Document.GetProperty("components").GetProperty("schemas").GetProperty("TokenizedSetupIntent").GetProperty("properties")
            .EnumerateObject().Select(member => member.Name)
            .ShouldBe(["id", "status", "createdAt", "updatedAt", "reference", "description", "metadata"]);

    [Theory]
    [InlineData("""{"reference":"a"}""", true)]
    [InlineData("""{"reference":"a","cardNumber":null,"expiryDate":null}""", true)]
    [InlineData("""{"reference":"a","cardNumber":"5200000000001005","expiryDate":"12/29"}""", true)]
    [InlineData("""{"reference":"a","intendedAmount":{"value":1000,"currencyCode":"GBP"}}""", true)]
    [InlineData("""{"reference":"a","intendedAmount":{"value":1000,"currencyCode":"USD"}}""", false)]
    [InlineData("""{"reference":"a","cardNumber":"5200000000001005"}""", false)]
    [InlineData("""{"reference":"a","expiryDate":"12/29"}""", false)]
    [InlineData("""{"reference":"a","cardNumber":"5200000000001005","expiryDate":null}""", false)]
    [InlineData("""{"reference":"a","cardNumber":"5200 0000 0000 1005","expiryDate":"12/29"}""", false)]
    [InlineData("""{"reference":"a","cardNumber":"5200000000001005","expiryDate":"13/29"}""", false)]
    [InlineData("""{"reference":"a","cvv":"123"}""", false)]
    [InlineData("""{"reference":""}""", false)]
    [InlineData("{}", false)]
    [InlineData("""{"reference":"a","cardNumber":null,"expiryDate":"12/29"}""", false)]
    public void The_request_of_the_seed_is_described_exactly(string request, bool valid)
    {
        using var parsed = JsonDocument.Parse(request);

        var schema = Contract.Document.GetProperty("components").GetProperty("schemas").GetProperty("CreateSetupIntentRequest");
        (Contract.Validate(parsed.RootElement, schema).Count == 0).ShouldBe(valid);
    }

    [Theory]
    [InlineData("""{"advance":"P30D"}""", true)]
    [InlineData("""{"advance":"P1DT2H30M"}""", true)]
    [InlineData("""{"advance":"PT0.5S"}""", true)]
    [InlineData("""{"set":"2026-04-03T09:15:27Z"}""", true)]
    [InlineData("""{"advance":"-P1D"}""", false)]
    [InlineData("""{"advance":"P"}""", false)]
    [InlineData("""{"advance":"PT"}""", false)]
    [InlineData("""{"advance":"P1DT"}""", false)]
    [InlineData("""{"advance":0}""", false)]
    [InlineData("""{"advance":1,"set":"2026-04-03T09:15:27Z"}""", false)]
    [InlineData("{}", false)]
    public void The_clock_is_moved_in_one_of_two_ways(string request, bool valid)
    {
        using var parsed = JsonDocument.Parse(request);

        var schema = Contract.Document.GetProperty("components").GetProperty("schemas").GetProperty("MoveClockRequest");
        (Contract.Validate(parsed.RootElement, schema).Count == 0).ShouldBe(valid);
    }

    [Fact]
    public void No_schema_leaves_a_choice_to_generated_clients_but_that_of_null()
    {
        // Generators create wrappers, or nothing, for a value of several possible types.
        foreach (var part in ObjectsIn(Contract.Document))
        {
            part.TryGetProperty("anyOf", out _).ShouldBeFalse(part.ToString());
            if (part.TryGetProperty("oneOf", out var choices))
            {
                choices.EnumerateArray().Count(choice => choice.TryGetProperty("$ref", out _)).ShouldBe(1, part.ToString());
                choices.EnumerateArray().Count(choice => choice.TryGetProperty("type", out var type) && type.ValueEquals("null")).ShouldBe(1, part.ToString());
                choices.GetArrayLength().ShouldBe(2, part.ToString());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_refusal_is_the_one_type_of_problem(string operation)
    {
        foreach (var response in Definition(operation).GetProperty("responses").EnumerateObject().Where(response => response.Name[0] is '4' or '5'))
        {
            MediaTypesOf(response.Value).Single().Value.GetProperty("schema").GetProperty("$ref").GetString().ShouldBe("#/components/schemas/Problem", response.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public void Every_header_of_a_request_has_one_name(string operation)
    {
        // Generators remove hyphens: idempotencyKey and Idempotency-Key would become the same argument twice.
        var names = (Definition(operation).TryGetProperty("parameters", out var listed) ? listed.EnumerateArray() : default)
            .Select(Contract.Resolve).Select(parameter => parameter.GetProperty("name").GetString()!.Replace("-", "", StringComparison.Ordinal));

        names.ShouldBeUnique(StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public void Every_extension_says_what_it_extends()
    {
        var extensions = ObjectsIn(Contract.Document).Where(part => part.TryGetProperty("x-extension", out _) && !part.TryGetProperty("name", out _)).ToList();

        extensions.ShouldNotBeEmpty();
        extensions.ShouldAllBe(part => part.GetProperty("x-extension-note").GetString()!.EndsWith('.'));
    }

    private static JsonElement Definition(string operation) => Contract.Operations.Single(candidate => candidate.ToString() == operation).Definition;

    private static IEnumerable<JsonProperty> ContentsOf(JsonElement operation) =>
        s_partsWithBody.SelectMany(part => operation.TryGetProperty(part, out var found)
            ? part == "requestBody" ? MediaTypesOf(found) : found.EnumerateObject().SelectMany(response => MediaTypesOf(response.Value))
            : []);

    private static IEnumerable<JsonProperty> MediaTypesOf(JsonElement message) =>
        Contract.Resolve(message).TryGetProperty("content", out var content) ? content.EnumerateObject() : Enumerable.Empty<JsonProperty>();

    private static IEnumerable<(string Type, JsonProperty Example)> ExamplesOf(JsonElement response) =>
        from content in MediaTypesOf(response)
        from example in content.Value.GetProperty("examples").EnumerateObject()
        select (content.Name, example);

    private static IEnumerable<JsonElement> ObjectsIn(JsonElement part) => part.ValueKind switch
    {
        JsonValueKind.Object => part.EnumerateObject().SelectMany(member => ObjectsIn(member.Value)).Prepend(part),
        JsonValueKind.Array => part.EnumerateArray().SelectMany(ObjectsIn),
        _ => [],
    };

    // It excludes "after", which has one.
    private static bool IsBefore(JsonElement described) => described.TryGetProperty("name", out var name) && name.GetString() == "before";
}

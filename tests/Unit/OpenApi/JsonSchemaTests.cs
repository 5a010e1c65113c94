using System.Text.Json;

namespace Dojo.Pci.Tests.Unit.OpenApi;

public sealed class JsonSchemaTests
{
    [Theory]
    [InlineData("""{"type":"string"}""", "\"a\"", "1")]
    [InlineData("""{"type":"object"}""", "{}", "[]")]
    [InlineData("""{"type":"array"}""", "[]", "{}")]
    [InlineData("""{"type":"boolean"}""", "false", "\"false\"")]
    [InlineData("""{"type":"number"}""", "1.5", "\"1.5\"")]
    [InlineData("""{"type":"integer"}""", "1.0", "1.5")]
    [InlineData("""{"type":["string","null"]}""", "null", "1")]
    [InlineData("""{"type":"string"}""", "\"\"", "null")]
    [InlineData("""{"enum":["A","B"]}""", "\"B\"", "\"b\"")]
    [InlineData("""{"const":400}""", "400", "404")]
    [InlineData("""{"minLength":1}""", "\"\uD83D\uDE00\"", "\"\"")]
    [InlineData("""{"maxLength":1}""", "\"\uD83D\uDE00\"", "\"ab\"")]
    [InlineData("""{"pattern":"^[0-9]+$"}""", "\"12\"", "\"12\\n\"")]
    [InlineData("""{"pattern":"b"}""", "\"abc\"", "\"ac\"")]
    [InlineData("""{"minimum":1}""", "1", "0")]
    [InlineData("""{"maximum":1}""", "1", "2")]
    [InlineData("""{"format":"date-time"}""", "\"2026-03-04T09:15:27.123456789Z\"", "\"2026-03-04 09:15:27Z\"")]
    [InlineData("""{"format":"date-time"}""", "\"2026-03-04T09:15:27+01:00\"", "\"2026-13-04T09:15:27Z\"")]
    [InlineData("""{"format":"date"}""", "\"2026-03-04\"", "\"2026-02-30\"")]
    [InlineData("""{"format":"uri"}""", "\"https://example.com/a\"", "\"not a uri\"")]
    [InlineData("""{"format":"int32"}""", "2147483647", "2147483648")]
    [InlineData("""{"format":"int64"}""", "2147483648", "9223372036854775808")]
    [InlineData("""{"minItems":1}""", "[1]", "[]")]
    [InlineData("""{"maxItems":1}""", "[1]", "[1,2]")]
    [InlineData("""{"minProperties":1}""", """{"a":1}""", "{}")]
    [InlineData("""{"maxProperties":1}""", """{"a":1}""", """{"a":1,"b":2}""")]
    [InlineData("""{"items":{"type":"string"}}""", """["a"]""", """["a",1]""")]
    [InlineData("""{"required":["a"]}""", """{"a":null}""", """{"b":1}""")]
    [InlineData("""{"properties":{"a":{"type":"string"}}}""", """{"b":1}""", """{"a":1}""")]
    [InlineData("""{"properties":{"a":{}},"additionalProperties":false}""", """{"a":1}""", """{"a":1,"b":1}""")]
    [InlineData("""{"additionalProperties":{"type":"string"}}""", """{"a":"1"}""", """{"a":1}""")]
    [InlineData("""{"propertyNames":{"pattern":"^[A-Z]"}}""", """{"A":1}""", """{"a":1}""")]
    [InlineData("""{"allOf":[{"type":"integer"},{"minimum":1}]}""", "1", "0")]
    [InlineData("""{"anyOf":[{"type":"integer"},{"minimum":1}]}""", "1.5", "0.5")]
    [InlineData("""{"oneOf":[{"type":"integer"},{"minimum":1}]}""", "1.5", "1")]
    [InlineData("""{"if":{"required":["a"]},"then":{"required":["b"]}}""", """{"a":1,"b":1}""", """{"a":1}""")]
    [InlineData("""{"if":{"required":["a"]},"else":{"required":["b"]}}""", """{"a":1}""", """{"c":1}""")]
    [InlineData("""{"unevaluatedProperties":false,"allOf":[{"properties":{"a":{}}}],"properties":{"b":{}}}""", """{"a":1,"b":1}""", """{"a":1,"c":1}""")]
    [InlineData("""{"anyOf":[{"properties":{"a":{"type":"string"}},"required":["a"]},{"properties":{"b":{}}}],"unevaluatedProperties":false}""", """{"b":1}""", """{"a":1}""")]
    [InlineData("""{"$ref":"#/$defs/a~1b","minLength":2}""", "\"ab\"", "\"a\"")]
    [InlineData("""{"$ref":"#/$defs/a~1b"}""", "\"a\"", "1")]
    [InlineData("""{"x-extension":true,"description":"anything","type":"string"}""", "\"a\"", "1")]
    public void Each_keyword_lets_pass_and_refuses(string schema, string valid, string invalid)
    {
        Validate(schema, valid).ShouldBeEmpty();
        Validate(schema, invalid).ShouldNotBeEmpty();
    }

    [Fact]
    public void Says_where_and_which_rule_but_never_the_value()
    {
        var violation = Validate("""{"properties":{"data":{"items":{"properties":{"status":{"enum":["Created"]}}}}}}""", """{"data":[{"status":"Created"},{"status":"5200000000001005"}]}""")
            .ShouldHaveSingleItem();

        violation.ToString().ShouldBe("""$.data[1].status: enum must be ["Created"]""");
    }

    [Fact]
    public void Of_branches_that_all_fail_the_nearest_is_named() =>
        Validate("""{"oneOf":[{"type":"string"},{"type":"object","required":["a"]}]}""", """{"b":1}""")
            .Select(violation => violation.ToString())
            .ShouldBe(["$: oneOf: fits none of 2; the nearest says:", "$: type must be \"string\""], ignoreOrder: true);

    [Theory]
    [InlineData("""{"patternProperties":{}}""")]
    [InlineData("""{"type":"text"}""")]
    [InlineData("""{"format":"colour"}""")]
    [InlineData("""{"$ref":"#/nowhere"}""")]
    [InlineData("""{"$ref":"other.json"}""")]
    [InlineData("""{"$ref":"#/$defs/endless"}""")]
    public void A_schema_that_it_does_not_understand_is_an_error(string schema) =>
        Should.Throw<InvalidSchemaException>(() => Validate(schema, "\"a\""));

    private static IReadOnlyList<SchemaViolation> Validate(string schema, string instance)
    {
        using var root = JsonDocument.Parse("""{"$defs":{"a/b":{"type":"string"},"endless":{"$ref":"#/$defs/endless"}}}""");
        using var parsedSchema = JsonDocument.Parse(schema);
        using var parsedInstance = JsonDocument.Parse(instance);
        return new JsonSchema(root.RootElement).Validate(parsedInstance.RootElement, parsedSchema.RootElement);
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Dojo.Pci.Portal.Docs.Samples;
using static Dojo.Pci.Portal.Docs.Errors.Requests;

namespace Dojo.Pci.Portal.Docs.Errors;

/// <summary>
/// The pages about fields. Some are written here; every other property and parameter of the OpenAPI description has a page that is generated
/// from it, so that a new field is explained as soon as it is described.
/// </summary>
internal static class FieldErrorPages
{
    private const string Create = "SetupIntents_Create";
    private const string CreatePayment = "PaymentIntents_Create";

    private static readonly ErrorPage[] s_written =
    [
        Page("Body", "The body as a whole", "One JSON object in UTF-8, with only the properties of this operation, each once and spelled exactly. Verification codes, PINs and track data are refused under any name. The error names an unknown property if its name consists of letters.",
            new(Operation(Create), WithProperty("refrence", "Booking 4711"))),
        Page("Version", "The version header", "Every call names a version once, as a date `yyyy-MM-dd`. It must not be before 2022-04-07; the newest version on or before that date answers.",
            new(Operation(Create), WithHeader("version", null))),
        Page("IdempotencyKey", "The idempotency key", "`idempotencyKey` or `Idempotency-Key`, once, with 1 to 100 characters; if you send both, they must be the same. A refund requires one.",
            new(Operation("Refunds_Create"), WithHeader("idempotencyKey", null))),
        Page("CardNumber", "The card number", "12 to 19 digits, without spaces or separators, not beginning with 0, with a correct check digit. Send it together with `expiryDate`, or send neither. In the sandbox it must be one of the [test cards](/docs/test-cards); production refuses all of them. Never send it in another property.",
            new(Operation(Create), WithProperty("cardNumber", "5200 0000 0000 1005"))),
        Page("ExpiryDate", "The expiry date", "`MM/YY`, with a month from 01 to 12, together with `cardNumber`. A month in the past is not an error when tokenizing: the answer says `CardExpired`.",
            new(Operation(Create), WithProperty("expiryDate", "2029-12"))),
        Page("Reference", "The reference", "Required: 1 to 60 characters of your own, such as an order number. It must not contain a card number. It need not be unique, unless the location accepts each reference only once.",
            new(Operation(Create), WithProperty("reference", null))),
        Page("Description", "The description", "At most 4096 characters, and no card number in it.",
            new(Operation(Create), WithProperty("description", 4711))),
        Page("Metadata", "The metadata", "An object of strings: at most 50 entries, keys of 1 to 40 characters, values of at most 500, no key twice, no card number anywhere. The error does not name the wrong entry, because its key may itself be what must not be repeated.",
            new(Operation(Create), WithProperty("metadata", new JsonObject { ["covers"] = 12 }))),
        Page("Amount", "The amount", "An object of `value`, in the smallest unit, and `currencyCode`, `GBP` or `EUR`. For captures and refunds it is only the number, at most what is left.",
            new(Operation(CreatePayment), WithProperty("amount", new JsonObject { ["value"] = "25.00", ["currencyCode"] = "GBP" }), WithProperty("setupIntentId", null))),
        Page("SetupIntentId", "The token to charge", "The id of a setup intent of the same location and environment. Any other is refused as if it did not exist.",
            new(Operation(CreatePayment), WithProperty("setupIntentId", "4711"), WithProperty("setupIntentId", null))),
        Page("ExpireAt", "When it expires", "A date and time in the future, in RFC 3339 format; without an offset it means UTC. In a sandbox, the sandbox's own clock counts.",
            new(Operation(Create), WithProperty("expireAt", "2020-01-01T00:00:00Z"))),
        Page("Terms", "What the cardholder agreed to", "1 to 10240 characters. Without a card, send both `terms` and `merchantInitiatedTransactionType`, or neither.",
            new(Operation(Create), WithBody("""{"reference":"Booking 4712","merchantInitiatedTransactionType":"NoShow"}"""), WithBody("""{"reference":"Booking 4712","merchantInitiatedTransactionType":"NoShow","terms":"A no-show is charged."}"""))),
        Page("MerchantInitiatedTransactionType", "Why the merchant charges the card", "`NoShow` or `Unscheduled`. Without a card, send both `terms` and `merchantInitiatedTransactionType`, or neither.",
            new(Operation(Create), WithBody("""{"reference":"Booking 4712","terms":"A no-show is charged."}"""), WithBody("""{"reference":"Booking 4712","merchantInitiatedTransactionType":"NoShow","terms":"A no-show is charged."}"""))),
        Page("Url", "Where events are sent", "An `https` address, port 443 or 8443, without user and fragment, at most 2048 characters. Addresses of the service's own machine and networks are refused, however they are written.",
            new(Operation("Webhooks_Subscribe"), WithProperty("url", "http://example.com/incoming-events"))),
        Page("Events", "The events of a subscription", "At least one, each by a name that `GET /webhooks/events` lists. The error lists them too.",
            new(Operation("Webhooks_Subscribe"), WithProperty("events", new JsonArray("payment.done")))),
        Page("Query", "The query as a whole", "Only the parameters of the operation, each once. The error lists them.",
            new(Operation("SetupIntents_List"), WithQuery("page", "2"))),
        Page("Advance", "How far the clock moves", "A duration in ISO 8601 format, such as `P1M` or `PT1H30M`, or whole seconds. It must move the clock forward, to a time before the year 2200.",
            new(Operation("Sandbox_MoveClock"), WithBody("""{"advance":"yesterday"}"""))),
        Page("Set", "Where the clock is moved to", "A date and time in RFC 3339 format, after the sandbox's own and before the year 2200.",
            new(Operation("Sandbox_MoveClock"), WithBody("""{"set":"2020-01-01T00:00:00Z"}"""), WithBody("""{"advance":"PT1S"}"""))),
        Page("Size", "How much sample data", "The number of tokens, from 10 to 100,000.",
            new(Operation("Sandbox_Seed"), WithBody("""{"size":1000000}"""), WithBody("""{"size":1000,"seed":1}"""))),
        Page("Seed", "Which sample data", "A whole number from 0 to 9999; 1 if it is missing. The same size and seed make the same data.",
            new(Operation("Sandbox_Seed"), WithBody("""{"size":1000,"seed":"one"}"""), WithBody("""{"size":1000,"seed":1}"""))),
        Page("Lifetime", "How long a throwaway sandbox lives", "A duration in ISO 8601 format, without months and years, such as `PT15M`, or whole seconds: from a minute to what the service allows, by default a day.",
            new(Operation("Sandbox_CreateSandbox"), WithBody("""{"lifetime":"P1M"}"""), WithBody("""{"lifetime":"PT15M"}"""))),
    ];

    /// <summary>The pages that are written here and those that are generated, one for each name.</summary>
    public static IReadOnlyList<ErrorPage> All { get; } = [.. s_written.Concat(Made()).DistinctBy(page => page.Code, StringComparer.Ordinal)];

    private static ErrorPage Page(string field, string title, string rule, ErrorExample? example) => new(ErrorCodes.OfField(field), title, StatusCodes.Status400BadRequest, field, rule, example);

    private static IEnumerable<ErrorPage> Made() =>
        ApiDescription.Operations.SelectMany(operation => PropertiesOf(operation).Select(property => OfProperty(operation, property.Name, property.Value))
            .Concat(operation.Parameters.Select(parameter => OfParameter(operation, parameter))));

    private static JsonElement.ObjectEnumerator PropertiesOf(ApiOperation operation) =>
        operation.BodySchema is { } schema && schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : default;

    private static ErrorPage OfProperty(ApiOperation operation, string name, JsonElement schema)
    {
        var field = FieldOf(name);
        return Page(field, $"The property {name}", SchemaWords.RuleOf(schema), new ErrorExample(operation, WithProperty(name, SchemaWords.WrongValueFor(schema))));
    }

    private static ErrorPage OfParameter(ApiOperation operation, ApiParameter parameter) => Page(
        FieldOf(parameter.Name),
        $"The {(parameter.In == "header" ? "header" : "parameter")} {parameter.Name}",
        parameter.Description,
        parameter.In == "query" ? new ErrorExample(operation, WithQuery(parameter.Name, "?")) : null);

    private static string FieldOf(string name) => string.Concat(name.Split('-').Select(part => $"{char.ToUpperInvariant(part[0])}{part[1..]}"));
}

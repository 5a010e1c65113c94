using System.Text;
using System.Text.Json;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tests.Unit.Validation;

public sealed class PaymentIntentValidatorTests : IDisposable
{
    private const string Token = "si_sandbox_AAAAAAAAAAAAAAAAAAAAAA";
    private readonly PaymentIntentValidator _validator = new();

    public void Dispose() => _validator.Dispose();

    [Fact]
    public void A_request_with_everything_is_taken_as_it_was_sent()
    {
        var at = new DateTimeOffset(2026, 7, 1, 12, 0, 0, TimeSpan.FromHours(2));
        SayRequired();
        _validator.ExpireAt(at);
        _validator.Metadata();
        _validator.MetadataEntry("b"u8, "1"u8);
        _validator.MetadataEntry("a"u8, ""u8);
        Keep("description", "\"A room\"");
        Keep("customer", """{"id":"c1"}""");

        var request = _validator.Validate().Value.ShouldNotBeNull();

        request.Amount.ShouldBe(new Money(1999, "GBP"));
        request.Reference.ShouldBe("Booking 4711");
        request.SetupIntentId.ShouldBe(Token);
        request.ExpireAt.ShouldBe(at);
        request.ExpireAt!.Value.Offset.ShouldBe(TimeSpan.Zero);
        request.Metadata.ShouldBe([new("b", "1"), new("a", "")]);
        request.DetailsJson.ShouldBe("""{"description":"A room","customer":{"id":"c1"}}""");
    }

    [Fact]
    public void Amount_reference_and_token_are_enough()
    {
        SayRequired();

        var request = _validator.Validate().Value.ShouldNotBeNull();

        request.ExpireAt.ShouldBeNull();
        request.Metadata.ShouldBeNull();
        request.DetailsJson.ShouldBeNull();
    }

    [Fact]
    public void Amount_and_reference_are_required() => Errors().ShouldBe(
    [
        new(Fields.Reference, "The Reference field is required."),
        new(Fields.Amount, "The Amount field is required."),
    ], ignoreOrder: true);

    [Theory]
    [InlineData("""{"value":1999}""", "Amount.CurrencyCode", "The Amount.CurrencyCode field is required.")]
    [InlineData("""{"currencyCode":"GBP"}""", "Amount.Value", "The Amount.Value field is required.")]
    [InlineData("""{"value":null,"currencyCode":"GBP"}""", "Amount.Value", "The Amount.Value field is required.")]
    [InlineData("""{"value":1999,"currencyCode":"USD"}""", "Amount.CurrencyCode", "The Amount.CurrencyCode field must be one of GBP, EUR.")]
    [InlineData("""{"value":-1,"currencyCode":"GBP"}""", "Amount.Value", "The Amount.Value field must be a whole number from 0 to 999999999999.")]
    [InlineData("""{"value":1000000000000,"currencyCode":"GBP"}""", "Amount.Value", "The Amount.Value field must be a whole number from 0 to 999999999999.")]
    [InlineData("""{"value":0,"currencyCode":"GBP"}""", "Amount", "The Amount field must be greater than 0.")]
    [InlineData("""{"value":"0","currencyCode":"GBP"}""", "Amount", "The Amount field must be greater than 0.")]
    [InlineData("1999", "Amount", "The Amount field must be an object.")]
    [InlineData("\"1999\"", "Amount", "The Amount field must be an object.")]
    [InlineData("[]", "Amount", "The Amount field must be an object.")]
    [InlineData("""{"value":1,"currencyCode":"GBP","tip":1}""", "Amount", "The Amount field has the property tip, which it may not have.")]
    [InlineData("""{"value":1,"value":2,"currencyCode":"GBP"}""", "Amount", "The Amount field has the property value twice.")]
    public void An_amount_that_breaks_a_rule_is_reported_once_by_its_name(string amount, string field, string message)
    {
        SayRequired(amount);

        Errors().ShouldBe([new(field, message)]);
    }

    [Theory]
    [InlineData("""{"value":"1999","currencyCode":"eur"}""", 1999)]
    [InlineData("""{"value":1,"currencyCode":"EUR"}""", 1)]
    [InlineData("""{"currencyCode":"EUR","value":999999999999}""", 999_999_999_999)]
    public void An_amount_may_be_a_string_of_digits_and_a_currency_in_any_case(string amount, long value)
    {
        SayRequired(amount);

        _validator.Validate().Value.ShouldNotBeNull().Amount.ShouldBe(new Money(value, "EUR"));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public void The_id_of_a_token_has_1_to_50_characters(int length, bool taken)
    {
        SayRequired(token: new string('x', length));

        Errors().ShouldBe(taken ? [] : [new(Fields.SetupIntentId, "The SetupIntentId field must be the id of a setup intent.")]);
    }

    [Fact]
    public void A_card_number_in_place_of_a_token_is_refused_without_repeating_it()
    {
        SayRequired(token: VaultSamples.Visa);

        Errors().ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            error => error.Field.ShouldBe(Fields.SetupIntentId),
            error => error.Message.ShouldNotContain("4111"));
    }

    public static TheoryData<string, string, string> CardNumbersInDetails => new()
    {
        { "description", "\"4111111111111111\"", "Description" },
        { "customer", """{"emailAddress":"4111111111111111@example.com"}""", "Customer.EmailAddress" },
        { "billingAddress", """{"countryCode":"GB","address1":"4111 1111 1111 1111"}""", "BillingAddress.Address1" },
        { "shippingDetails", """{"address":{"countryCode":"GB","city":"4111-1111-1111-1111"}}""", "ShippingDetails.Address.City" },
        { "config", """{"title":"4111111111111111"}""", "Config.Title" },
        { "requestSecurity", """{"userAgent":"4111111111111111"}""", "RequestSecurity.UserAgent" },
        { "itemLines", """[{"name":"4111111111111111","amountTotal":{"value":1,"currencyCode":"GBP"}}]""", "ItemLines.Name" },
        { "taxLines", """[{"caption":"4111111111111111","amountTotal":{"value":1,"currencyCode":"GBP"}}]""", "TaxLines.Caption" },
    };

    [Theory]
    [MemberData(nameof(CardNumbersInDetails))]
    public void A_card_number_at_any_level_is_refused_by_the_name_of_its_field(string member, string json, string field)
    {
        SayRequired();
        Keep(member, json);

        var error = Errors().ShouldHaveSingleItem();
        error.Field.ShouldBe(field);
        error.Message.ShouldContain("must not contain a card number");
        error.Message.ShouldNotContain("1111");
    }

    [Theory]
    [InlineData(4096, true)]
    [InlineData(4097, false)]
    public void A_description_has_at_most_4096_characters(int length, bool taken)
    {
        SayRequired();
        Keep("description", JsonSerializer.Serialize(new string('x', length)));

        Errors().ShouldBe(taken ? [] : [new(Fields.Description, "The field Description must be a string with a maximum length of 4096.")]);
    }

    [Theory]
    [InlineData("itemLines", """[{"amountTotal":{"value":1}}]""", "ItemLines.AmountTotal.CurrencyCode")]
    [InlineData("taxLines", """[{"amountTotal":{"currencyCode":"GBP"}}]""", "TaxLines.AmountTotal.Value")]
    [InlineData("billingAddress", "{}", "BillingAddress.CountryCode")]
    [InlineData("shippingDetails", """{"address":{"city":"York"}}""", "ShippingDetails.Address.CountryCode")]
    public void A_nested_member_that_is_required_is_named_with_its_path(string member, string json, string field)
    {
        SayRequired();
        Keep(member, json);

        Errors().ShouldBe([new(field, $"The {field} field is required.")]);
    }

    [Theory]
    [InlineData("customer", "[]", "Customer")]
    [InlineData("customer", """{"id":1}""", "Customer.Id")]
    [InlineData("shippingDetails", """{"address":"York"}""", "ShippingDetails.Address")]
    [InlineData("config", """{"payment":{"tipsAllowed":"yes"}}""", "Config.Payment.TipsAllowed")]
    [InlineData("paymentMethods", "\"Card\"", "PaymentMethods")]
    [InlineData("paymentMethods", """["Cash"]""", "PaymentMethods")]
    [InlineData("itemLines", """["x"]""", "ItemLines")]
    [InlineData("itemLines", """[{"quantity":"one","amountTotal":{"value":1,"currencyCode":"GBP"}}]""", "ItemLines.Quantity")]
    [InlineData("cardHolderNotPresent", "\"true\"", "CardHolderNotPresent")]
    public void A_wrong_type_is_named_at_every_level(string member, string json, string field)
    {
        SayRequired();
        Keep(member, json);

        Errors().ShouldHaveSingleItem().Field.ShouldBe(field);
    }

    [Fact]
    public void Every_kept_member_is_judged_and_none_takes_a_number()
    {
        foreach (var member in PaymentIntentValidator.KeptNames)
        {
            using var validator = new PaymentIntentValidator();
            Read("5", (ref reader) => validator.Keep(member, ref reader));
            validator.Validate().Refusal.ShouldBeOfType<Refusal.Invalid>().Errors.ShouldContain(error => error.Field == Fields.Of(member));
        }

        PaymentIntentValidator.KeptNames.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("Auto", CaptureMode.Auto)]
    [InlineData("manual", CaptureMode.Manual)]
    public void Capture_is_automatic_or_manual(string mode, CaptureMode expected)
    {
        SayRequired();
        _validator.CaptureMode(Encoding.UTF8.GetBytes(mode));

        _validator.Validate().Value.ShouldNotBeNull().CaptureMode.ShouldBe(expected);
    }

    [Fact]
    public void Any_other_way_to_capture_is_refused()
    {
        SayRequired();
        _validator.CaptureMode("Later"u8);

        Errors().ShouldBe([new(Fields.CaptureMode, "The CaptureMode field must be one of Auto, Manual.")]);
    }

    [Fact]
    public void A_body_that_breaks_a_rule_as_a_whole_misses_nothing_besides()
    {
        _validator.Body("The body has the same member twice.");

        Errors().ShouldBe([new(Fields.Body, "The body has the same member twice.")]);
    }

    private delegate void Reading(ref Utf8JsonReader reader);

    private static void Read(string json, Reading read)
    {
        var reader = new Utf8JsonReader(VaultSamples.Utf8(json));
        reader.Read();
        read(ref reader);
    }

    private void SayRequired(string amount = """{"value":1999,"currencyCode":"GBP"}""", string token = Token)
    {
        Read(amount, (ref reader) => _validator.Amount(ref reader));
        _validator.Reference("Booking 4711"u8);
        _validator.SetupIntentId(VaultSamples.Utf8(token));
    }

    private void Keep(string member, string json) => Read(json, (ref reader) => _validator.Keep(member, ref reader));

    private IReadOnlyList<FieldError> Errors() => _validator.Validate().Refusal is Refusal.Invalid invalid ? invalid.Errors : [];
}

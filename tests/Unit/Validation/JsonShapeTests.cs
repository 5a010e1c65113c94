using System.Buffers;
using System.Text;
using System.Text.Json;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tests.Unit.Validation;

public sealed class JsonShapeTests
{
    private const string Path = "Thing";
    private static readonly JsonShape s_list = JsonShape.ListOf(JsonShape.Text(3));
    private static readonly JsonShape s_object = JsonShape.ObjectWith(
        ["name"], ("name", JsonShape.Text(3)), ("inner", JsonShape.ObjectWith(["flag"], ("flag", JsonShape.Boolean()))));

    [Theory]
    [InlineData("\"\"", true)]
    [InlineData("\"abc\"", true)]
    [InlineData("\"\U0001F4B3\U0001F4B3\U0001F4B3\"", true)]
    [InlineData("\"abcd\"", false)]
    [InlineData("\"\\ud83d\\udcb3\\ud83d\\udcb3\\ud83d\\udcb3\"", true)]
    public void A_text_is_measured_in_code_points(string json, bool taken) =>
        Validate(JsonShape.Text(3), json).Errors.ShouldBe(taken ? [] : [new FieldError(Path, "The field Thing must be a string with a maximum length of 3.")]);

    [Theory]
    [InlineData("\"\"", false)]
    [InlineData("\"a\"", true)]
    [InlineData("\"abcd\"", false)]
    public void A_text_may_have_a_minimum(string json, bool taken) =>
        Validate(JsonShape.Text(3, minimumLength: 1), json).Errors.ShouldBe(
            taken ? [] : [new FieldError(Path, "The field Thing must be a string with a minimum length of 1 and a maximum length of 3.")]);

    [Theory]
    [InlineData("1")]
    [InlineData("true")]
    [InlineData("[\"a\"]")]
    [InlineData("{\"a\":\"b\"}")]
    [InlineData("\"\\ud83d\"")]
    public void What_is_no_text_is_refused(string json) => ShouldExpect(JsonShape.Text(3), json, "a string");

    [Theory]
    [InlineData("4915112345678")]
    [InlineData("+49 (0) 151 12345678")]
    [InlineData("4912345678904")]
    [InlineData("ask at reception, room 214")]
    public void A_phone_number_is_taken_no_matter_what_else_its_digits_may_be(string number) =>
        Validate(PartyShapes.Customer, $$"""{"phoneNumber":"{{number}}"}""").Errors.ShouldBeEmpty();

    [Theory]
    [InlineData("phoneNumber", "4111111111111111")]
    [InlineData("phoneNumber", "+4111 1111 1111 1111")]
    [InlineData("phoneNumber", "378282246310005")]
    [InlineData("phoneNumber", "+378282246310005")]
    [InlineData("phoneNumber", "36227206271667")]
    [InlineData("phoneNumber", "+44 20 7946 0958 ext 4111111111111111")]
    [InlineData("emailAddress", "4111111111111111@example.com")]
    [InlineData("id", "4111111111111111123")]
    public void A_card_number_is_refused_in_every_field_of_a_customer(string field, string text) =>
        Validate(PartyShapes.Customer, $$"""{"{{field}}":"{{text}}"}""").Errors.ShouldHaveSingleItem().Message.ShouldContain("must not contain a card number");

    [Theory]
    [InlineData("203.0.113.7", true)]
    [InlineData("2606:4700:4700::1111", true)]
    [InlineData("4111:1111:1111:1111::", false)]
    [InlineData("4111111111111111", false)]
    public void An_IP_address_is_taken_and_a_card_number_that_looks_like_one_is_not(string text, bool taken) =>
        Validate(PartyShapes.RequestSecurity, $$"""{"ipAddress":"{{text}}"}""").Errors.Count.ShouldBe(taken ? 0 : 1);

    [Theory]
    [InlineData("https://shop.example/done?order=ORD-2026-000123&ts=1795343095123", true)]
    [InlineData("https://shop.example/done?card=4111+1111+1111+1111", false)]
    [InlineData("https://shop.example/done?card=4111%201111%201111%201111", false)]
    [InlineData("https://shop.example/done?card=%34%31%31%31111111111111", false)]
    [InlineData("https://shop.example/4111/1111/1111/1111", false)]
    public void An_address_is_looked_through_decoded(string url, bool taken) =>
        Validate(PartyShapes.Config, $$"""{"redirectUrl":"{{url}}"}""").Errors.Count.ShouldBe(taken ? 0 : 1);

    [Theory]
    [InlineData("\"4111111111111111\"")]
    [InlineData("\"4111 1111 1111 1111\"")]
    [InlineData("\"\\u0034111111111111111\"")]
    public void A_card_number_is_refused_and_neither_repeated_nor_copied(string json)
    {
        var (copy, errors) = Validate(JsonShape.Text(100), json);

        errors.ShouldHaveSingleItem().Message.ShouldContain("must not contain a card number");
        errors[0].Message.ShouldNotContain("1111");
        copy.ShouldNotContain("1111");
    }

    [Theory]
    [InlineData("0", 0)]
    [InlineData("7", 7)]
    [InlineData("999999999999", 999_999_999_999)]
    [InlineData("\"0\"", 0)]
    [InlineData("\"1000\"", 1000)]
    [InlineData("1000.0", 1000)]
    [InlineData("1e3", 1000)]
    [InlineData("\"999999999999\"", 999_999_999_999)]
    public void A_whole_number_may_be_sent_as_its_digits_and_is_copied_as_a_number(string json, long number)
    {
        var (copy, errors) = Validate(JsonShape.Integer(), json);

        errors.ShouldBeEmpty();
        copy.ShouldBe(number.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("1000000000000")]
    [InlineData("99999999999999999999")]
    [InlineData("\"\"")]
    [InlineData("\"+1\"")]
    [InlineData("\"-1\"")]
    [InlineData("\" 1\"")]
    [InlineData("\"1 \"")]
    [InlineData("\"1e3\"")]
    [InlineData("\"1.0\"")]
    [InlineData("\"1,000\"")]
    [InlineData("\"0x10\"")]
    [InlineData("\"\\u0031\"")]
    [InlineData("\"١٢\"")]
    [InlineData("\"1000000000000\"")]
    [InlineData("\"99999999999999999999\"")]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("{\"value\":1}")]
    public void What_is_no_whole_number_in_range_is_refused(string json) => ShouldExpect(JsonShape.Integer(), json, "a whole number from 0 to 999999999999");

    [Theory]
    [InlineData("\"GBP\"", "\"GBP\"")]
    [InlineData("\"gbp\"", "\"GBP\"")]
    [InlineData("\"E\\u0075r\"", "\"EUR\"")]
    public void A_name_is_taken_in_any_case_and_copied_as_it_is_written(string json, string copied) =>
        Validate(JsonShape.OneOf("GBP", "EUR"), json).ShouldSatisfyAllConditions(validated => validated.Errors.ShouldBeEmpty(), validated => validated.Copy.ShouldBe(copied));

    [Theory]
    [InlineData("\"USD\"")]
    [InlineData("\"GBP \"")]
    [InlineData("\"\"")]
    [InlineData("1")]
    [InlineData("[\"GBP\"]")]
    public void Another_name_is_refused(string json) => ShouldExpect(JsonShape.OneOf("GBP", "EUR"), json, "one of GBP, EUR");

    [Theory]
    [InlineData("true", true)]
    [InlineData("false", true)]
    [InlineData("\"true\"", false)]
    [InlineData("1", false)]
    [InlineData("{}", false)]
    public void A_flag_is_true_or_false(string json, bool taken)
    {
        var (copy, errors) = Validate(JsonShape.Boolean(), json);

        errors.ShouldBe(taken ? [] : [new FieldError(Path, "The Thing field must be true or false.")]);
        copy.ShouldBe(taken ? json : "");
    }

    [Fact]
    public void An_instant_is_copied_in_universal_time() =>
        Validate(JsonShape.Instant(), "\"2026-03-04T10:00:00+01:00\"").Copy.ShouldBe("\"2026-03-04T09:00:00Z\"");

    [Theory]
    [InlineData("\"yesterday\"")]
    [InlineData("\"04/03/2026\"")]
    [InlineData("1772614800")]
    [InlineData("[]")]
    public void What_is_no_instant_is_refused(string json) => ShouldExpect(JsonShape.Instant(), json, "a date and time in RFC 3339 format, such as 2027-01-31T12:00:00Z");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    public void A_list_of_up_to_100_items_is_copied(int count)
    {
        var json = "[" + string.Join(',', Enumerable.Repeat("\"a\"", count)) + "]";

        Validate(s_list, json).ShouldSatisfyAllConditions(validated => validated.Errors.ShouldBeEmpty(), validated => validated.Copy.ShouldBe(json));
    }

    [Theory]
    [InlineData(101)]
    [InlineData(300)]
    public void A_list_of_more_is_refused_once(int count) =>
        Validate(s_list, "[" + string.Join(',', Enumerable.Repeat("\"a\"", count)) + "]").Errors.ShouldBe(
            [new FieldError(Path, "The Thing field must have at most 100 items.")]);

    [Theory]
    [InlineData("{}")]
    [InlineData("\"a\"")]
    [InlineData("1")]
    public void What_is_no_list_is_refused(string json) => ShouldExpect(s_list, json, "a list");

    [Theory]
    [InlineData("[1]")]
    [InlineData("[\"a\",null]")]
    [InlineData("[[\"a\"]]")]
    public void Every_item_of_a_list_is_judged(string json) =>
        Validate(s_list, json).Errors.ShouldBe([new FieldError(Path, "The Thing field must be a string.")]);

    [Fact]
    public void An_object_is_copied_with_the_members_it_may_have() =>
        Validate(s_object, """{ "inner": {"flag" :true}, "name":"a\u0062" }""").ShouldSatisfyAllConditions(
            validated => validated.Errors.ShouldBeEmpty(),
            validated => validated.Copy.ShouldBe("""{"inner":{"flag":true},"name":"ab"}"""));

    [Theory]
    [InlineData("[]")]
    [InlineData("\"a\"")]
    [InlineData("true")]
    public void What_is_no_object_is_refused(string json) => ShouldExpect(s_object, json, "an object");

    [Theory]
    [InlineData("""{"name":"a","other":1}""", "The Thing field has the property other, which it may not have.")]
    [InlineData("""{"name":"a","Name":"a"}""", "The Thing field has a property whose name is written in another case: write name.")]
    [InlineData("""{"name":"a","other":{"deep":[{}]}}""", "The Thing field has the property other, which it may not have.")]
    [InlineData("""{"name":"a","other1":1}""", "The Thing field has a property that it may not have. Verification codes, PINs and track data are never accepted.")]
    [InlineData("""{"name":"a","name":"a"}""", "The Thing field has the property name twice.")]
    [InlineData("""{"name":"a","n\u0061me":"b"}""", "The Thing field has the property name twice.")]
    public void A_member_that_is_unknown_or_sent_twice_is_refused(string json, string message) =>
        Validate(s_object, json).Errors.ShouldBe([new FieldError(Path, message)]);

    [Fact]
    public void A_nested_member_sent_twice_is_refused_under_its_path() =>
        Validate(s_object, """{"name":"a","inner":{"flag":true,"flag":false}}""").Errors.ShouldBe(
            [new FieldError("Thing.Inner", "The Thing.Inner field has the property flag twice.")]);

    [Theory]
    [InlineData("""{"name":5}""", "Thing.Name")]
    [InlineData("""{"name":{}}""", "Thing.Name")]
    [InlineData("""{"name":"a","inner":[]}""", "Thing.Inner")]
    [InlineData("""{"name":"a","inner":{"flag":"true"}}""", "Thing.Inner.Flag")]
    [InlineData("""{"name":"a","inner":{"flag":[true]}}""", "Thing.Inner.Flag")]
    public void A_wrong_type_is_named_at_its_level(string json, string field) => Validate(s_object, json).Errors.ShouldHaveSingleItem().Field.ShouldBe(field);

    [Theory]
    [InlineData("{}", "Thing.Name")]
    [InlineData("""{"name":null}""", "Thing.Name")]
    [InlineData("""{"name":"a","inner":{}}""", "Thing.Inner.Flag")]
    [InlineData("""{"name":"a","inner":{"flag":null}}""", "Thing.Inner.Flag")]
    public void A_required_member_that_is_missing_or_null_is_named_with_its_path(string json, string field) =>
        Validate(s_object, json).Errors.ShouldBe([new FieldError(field, $"The {field} field is required.")]);

    [Fact]
    public void Every_broken_rule_is_reported_and_the_reader_is_left_at_the_end()
    {
        var (_, errors) = Validate(s_object, """{"name":[1,{"a":2}],"x":{"y":[]},"inner":{"flag":{},"z":1}}""");

        errors.Select(error => error.Field).ShouldBe(["Thing.Name", "Thing", "Thing.Inner.Flag", "Thing.Inner"]);
    }

    private static void ShouldExpect(JsonShape shape, string json, string expected)
    {
        var (copy, errors) = Validate(shape, json);

        errors.ShouldBe([new FieldError(Path, $"The Thing field must be {expected}.")]);
        copy.ShouldBeEmpty();
    }

    /// <summary>Returns the copy and the errors. A value after the validated one shows where the reader stopped.</summary>
    private static (string Copy, IReadOnlyList<FieldError> Errors) Validate(JsonShape shape, string json)
    {
        var errors = new FieldErrors();
        var copied = new ArrayBufferWriter<byte>();
        var reader = new Utf8JsonReader(VaultSamples.Utf8($"[{json},\"end\"]"));
        reader.Read();
        reader.Read();
        using (var copy = new Utf8JsonWriter(copied, new JsonWriterOptions { SkipValidation = true }))
        {
            shape.Read(ref reader, Path, errors, copy);
        }

        reader.Read().ShouldBeTrue();
        reader.ValueTextEquals("end").ShouldBeTrue("the reader must be left at the end of what was validated");
        return (Encoding.UTF8.GetString(copied.WrittenSpan), errors.ToRefusal().Errors);
    }
}

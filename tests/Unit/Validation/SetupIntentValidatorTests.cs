using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tests.Unit.Validation;

public sealed class SetupIntentValidatorTests : IDisposable
{
    private readonly SetupIntentValidator _validator = new(TestCardRule.Required);

    public void Dispose() => _validator.Dispose();

    [Fact]
    public void A_request_with_everything_is_taken_as_it_was_sent()
    {
        Say(card: VaultSamples.Visa, expiry: "12/29", reference: "Booking 4711", description: "A \"room\"\n");
        _validator.MetadataEntry("b"u8, "1"u8);
        _validator.MetadataEntry("a"u8, ""u8);

        using var request = _validator.Validate().Value.ShouldNotBeNull();
        request.Card.ShouldNotBeNull().Number.Reveal().SequenceEqual(VaultSamples.Utf8(VaultSamples.Visa)).ShouldBeTrue();
        request.Card.Expiry.ShouldBe(new CardExpiry(2029, 12));
        request.Reference.ShouldBe("Booking 4711");
        request.Description.ShouldBe("A \"room\"\n");
        request.Metadata.ShouldBe([new("b", "1"), new("a", "")]);
    }

    [Fact]
    public void A_reference_alone_is_enough()
    {
        Say(reference: "x");

        using var request = _validator.Validate().Value.ShouldNotBeNull();
        request.Card.ShouldBeNull();
        request.Description.ShouldBeNull();
        request.Metadata.ShouldBeNull();
    }

    [Fact]
    public void Metadata_without_entries_is_not_the_same_as_none()
    {
        Say(reference: "x");
        _validator.Metadata();

        using var request = _validator.Validate().Value.ShouldNotBeNull();
        request.Metadata.ShouldNotBeNull().ShouldBeEmpty();
    }

    [Fact]
    public void A_card_in_the_past_is_in_good_form()
    {
        Say(card: VaultSamples.Visa, expiry: "01/20", reference: "x");

        using var request = _validator.Validate().Value.ShouldNotBeNull();
        request.Card.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("4242 4242 4242 4242", "The CardNumber field must consist of the digits 0 to 9 only, without spaces or separators.")]
    [InlineData("٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢", "The CardNumber field must consist of the digits 0 to 9 only, without spaces or separators.")]
    [InlineData("79927398713", "The CardNumber field must be 12 to 19 digits long.")]
    [InlineData("42424242424242424242", "The CardNumber field must be 12 to 19 digits long.")]
    [InlineData("0000000000000000", "The CardNumber field must not start with 0.")]
    [InlineData("4242424242424241", "The CardNumber field is not a card number: its check digit is wrong.")]
    public void A_card_number_in_bad_form_is_refused_for_the_rule_it_breaks(string number, string message)
    {
        Say(card: number, expiry: "12/29", reference: "x");

        Messages(Fields.CardNumber).ShouldBe([message]);
    }

    [Fact]
    public void A_card_number_that_breaks_several_rules_hears_of_each()
    {
        Say(card: "01", expiry: "12/29", reference: "x");

        Messages(Fields.CardNumber).ShouldBe(
        [
            "The CardNumber field must be 12 to 19 digits long.",
            "The CardNumber field must not start with 0.",
            "The CardNumber field is not a card number: its check digit is wrong.",
        ]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("13/29")]
    [InlineData("1/29")]
    [InlineData("12-29")]
    [InlineData("2029-12")]
    public void An_expiry_in_bad_form_is_refused(string expiry)
    {
        Say(card: VaultSamples.Visa, expiry: expiry, reference: "x");

        Messages(Fields.ExpiryDate).ShouldBe(["The ExpiryDate field must have the format 'MM/YY', with a month from 01 to 12."]);
    }

    [Fact]
    public void A_card_number_needs_an_expiry()
    {
        Say(card: VaultSamples.Visa, reference: "x");

        Messages(Fields.ExpiryDate).ShouldBe(["The ExpiryDate field is required when CardNumber is given."]);
    }

    [Fact]
    public void An_expiry_needs_a_card_number()
    {
        Say(expiry: "12/29", reference: "x");

        Messages(Fields.CardNumber).ShouldBe(["The CardNumber field is required when ExpiryDate is given."]);
    }

    [Fact]
    public void The_sandbox_takes_listed_test_cards_only()
    {
        Say(card: VaultSamples.Unlisted, expiry: "12/29", reference: "x");

        Messages(Fields.CardNumber).ShouldBe(["The CardNumber field must be one of the test cards in the sandbox. They are listed at /docs/test-cards."]);
    }

    [Fact]
    public void Production_takes_any_card_but_the_listed_test_cards()
    {
        using var production = new SetupIntentValidator(TestCardRule.Refused);
        production.CardNumber(VaultSamples.Utf8(VaultSamples.Unlisted));
        production.ExpiryDate("12/29"u8);
        production.Reference("x"u8);
        using var taken = production.Validate().Value.ShouldNotBeNull();

        using var refusing = new SetupIntentValidator(TestCardRule.Refused);
        refusing.CardNumber(VaultSamples.Utf8(VaultSamples.Visa));
        refusing.ExpiryDate("12/29"u8);
        refusing.Reference("x"u8);
        ErrorsOf(refusing).ShouldHaveSingleItem().ShouldBe(
            new FieldError(Fields.CardNumber, "The CardNumber field must not be a test card in production. Test cards are listed at /docs/test-cards."));
    }

    [Fact]
    public void A_request_without_a_reference_is_refused()
    {
        Say(card: VaultSamples.Visa, expiry: "12/29");

        Messages(Fields.Reference).ShouldBe(["The Reference field is required."]);
    }

    [Theory]
    [InlineData(" ")]
    [InlineData(" \t\u00A0\u3000 ")]
    public void A_blank_reference_is_none(string reference)
    {
        Say(reference: reference);

        Messages(Fields.Reference).ShouldBe(["The Reference field is required."]);
    }

    [Fact]
    public void Anyone_who_knows_of_a_broken_body_is_not_told_what_is_missing_in_it()
    {
        _validator.Body("The body is not JSON.");

        ErrorsOf(_validator).ShouldBe([new FieldError(Fields.Body, "The body is not JSON.")]);
    }

    [Theory]
    [InlineData(Fields.CardNumber)]
    [InlineData(Fields.ExpiryDate)]
    [InlineData(Fields.Reference)]
    [InlineData(Fields.Description)]
    [InlineData(Fields.Metadata)]
    public void A_member_of_a_wrong_type_is_refused_by_its_name(string field)
    {
        _validator.WrongType(field, "a string");

        Messages(field).ShouldBe([$"The {field} field must be a string."]);
    }

    [Fact]
    public void A_broken_rule_is_named_once_however_often_it_is_broken()
    {
        Say(reference: "x");
        _validator.MetadataEntry("a"u8, VaultSamples.Utf8(new string('v', 501)));
        _validator.MetadataEntry("b"u8, VaultSamples.Utf8(new string('v', 501)));

        Messages(Fields.Metadata).ShouldHaveSingleItem();
    }

    [Fact]
    public void Every_broken_rule_is_reported_in_the_order_of_the_fields()
    {
        _validator.MetadataEntry(""u8, ""u8);
        _validator.Description("4111 1111 1111 1111"u8);
        _validator.Reference("\0"u8);
        _validator.ExpiryDate("never"u8);
        _validator.CardNumber("none"u8);
        _validator.Body("The body holds a member twice.");

        ErrorsOf(_validator).Select(error => error.Field).Distinct(StringComparer.Ordinal).ShouldBe(
            [Fields.Body, Fields.CardNumber, Fields.ExpiryDate, Fields.Reference, Fields.Description, Fields.Metadata]);
    }

    private void Say(string? card = null, string? expiry = null, string? reference = null, string? description = null)
    {
        Tell(card, _validator.CardNumber);
        Tell(expiry, _validator.ExpiryDate);
        Tell(reference, _validator.Reference);
        Tell(description, _validator.Description);

        static void Tell(string? text, Action<ReadOnlySpan<byte>> member)
        {
            if (text is not null)
            {
                member(VaultSamples.Utf8(text));
            }
        }
    }

    private string[] Messages(string field) => [.. ErrorsOf(_validator).Where(error => error.Field == field).Select(error => error.Message)];

    private static IReadOnlyList<FieldError> ErrorsOf(SetupIntentValidator validator) => validator.Validate().Refusal.ShouldBeOfType<Refusal.Invalid>().Errors;
}

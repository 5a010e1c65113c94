using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tests.Unit.Validation;

public sealed class TextLimitsTests
{
    private const string Emoji = "\U0001F4B3";
    private const string Nul = "must not contain the NUL character";
    private const string Card = "must not contain a card number";

    [Theory]
    [InlineData("x", 60, true)]
    [InlineData("x", 61, false)]
    [InlineData("é", 60, true)]
    [InlineData("é", 61, false)]
    [InlineData(Emoji, 60, true)]
    [InlineData(Emoji, 61, false)]
    public void A_reference_has_at_most_60_code_points(string character, int count, bool taken) =>
        Errors(validator => validator.Reference(Repeat(character, count))).ShouldBe(
            taken ? [] : [new FieldError(Fields.Reference, "The field Reference must be a string with a minimum length of 1 and a maximum length of 60.")]);

    [Fact]
    public void An_empty_reference_breaks_its_minimum() =>
        Errors(validator => validator.Reference([])).ShouldContain(
            new FieldError(Fields.Reference, "The field Reference must be a string with a minimum length of 1 and a maximum length of 60."));

    [Theory]
    [InlineData("x", 0, true)]
    [InlineData("x", 4096, true)]
    [InlineData("x", 4097, false)]
    [InlineData(Emoji, 4096, true)]
    [InlineData(Emoji, 4097, false)]
    public void A_description_has_at_most_4096_code_points(string character, int count, bool taken) =>
        Errors(validator => validator.Description(Repeat(character, count)), reference: true).ShouldBe(
            taken ? [] : [new FieldError(Fields.Description, "The field Description must be a string with a maximum length of 4096.")]);

    [Theory]
    [InlineData("x", 0, false)]
    [InlineData("x", 1, true)]
    [InlineData("x", 40, true)]
    [InlineData("x", 41, false)]
    [InlineData(Emoji, 40, true)]
    [InlineData(Emoji, 41, false)]
    public void A_metadata_key_has_1_to_40_code_points(string character, int count, bool taken) =>
        Errors(validator => validator.MetadataEntry(Repeat(character, count), "v"u8), reference: true).ShouldBe(
            taken ? [] : [new FieldError(Fields.Metadata, "The Metadata field must have keys of 1 to 40 characters.")]);

    [Theory]
    [InlineData("x", 0, true)]
    [InlineData("x", 500, true)]
    [InlineData("x", 501, false)]
    [InlineData(Emoji, 500, true)]
    [InlineData(Emoji, 501, false)]
    public void A_metadata_value_has_at_most_500_code_points(string character, int count, bool taken) =>
        Errors(validator => validator.MetadataEntry("k"u8, Repeat(character, count)), reference: true).ShouldBe(
            taken ? [] : [new FieldError(Fields.Metadata, "The Metadata field must have values of at most 500 characters.")]);

    [Theory]
    [InlineData(50, true)]
    [InlineData(51, false)]
    public void Metadata_has_at_most_50_entries(int count, bool taken) =>
        Errors(
            validator =>
            {
                for (var i = 0; i < count; i++)
                {
                    validator.MetadataEntry(VaultSamples.Utf8($"key {i}"), "v"u8);
                }
            },
            reference: true).ShouldBe(taken ? [] : [new FieldError(Fields.Metadata, "The Metadata field must have at most 50 entries.")]);

    [Theory]
    [InlineData("key", "key", false)]
    [InlineData("key", "Key", true)]
    public void Metadata_has_no_key_twice(string first, string second, bool taken) =>
        Errors(
            validator =>
            {
                validator.MetadataEntry(VaultSamples.Utf8(first), "1"u8);
                validator.MetadataEntry(VaultSamples.Utf8(second), "2"u8);
            },
            reference: true).ShouldBe(taken ? [] : [new FieldError(Fields.Metadata, "The Metadata field must not have the same key twice.")]);

    [Theory]
    [InlineData("a\0b", Nul)]
    [InlineData("\0", Nul)]
    [InlineData("paid with 4111 1111 1111 1111", Card)]
    [InlineData("４１１１１１１１１１１１１１１１", Card)]
    public void No_free_text_may_hold_a_NUL_or_a_card_number(string text, string rule)
    {
        var utf8 = VaultSamples.Utf8(text);

        Errors(validator => validator.Reference(utf8)).ShouldContain(error => error.Field == Fields.Reference && error.Message.Contains(rule));
        Errors(validator => validator.Description(utf8), reference: true).ShouldHaveSingleItem().Message.ShouldContain(rule);
        Errors(validator => validator.MetadataEntry(utf8, "v"u8), reference: true).ShouldHaveSingleItem().Message.ShouldContain(rule);
        Errors(validator => validator.MetadataEntry("k"u8, utf8), reference: true).ShouldHaveSingleItem().Message.ShouldContain(rule);
    }

    [Fact]
    public void A_text_that_breaks_several_rules_hears_of_each()
    {
        var text = VaultSamples.Utf8("4111 1111 1111 1111 \0" + new string('x', 60));

        Errors(validator => validator.Reference(text)).Count.ShouldBe(3);
    }

    private static IReadOnlyList<FieldError> Errors(Action<SetupIntentValidator> say, bool reference = false)
    {
        using var validator = new SetupIntentValidator(TestCardRule.Required);
        if (reference)
        {
            validator.Reference("x"u8);
        }

        say(validator);
        var verdict = validator.Validate();
        verdict.Value?.Dispose();
        return verdict.IsSuccess ? [] : verdict.Refusal.ShouldBeOfType<Refusal.Invalid>().Errors;
    }

    private static byte[] Repeat(string character, int count) => VaultSamples.Utf8(string.Concat(Enumerable.Repeat(character, count)));
}

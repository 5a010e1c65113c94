using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;
using FsCheck;
using FsCheck.Fluent;

namespace Dojo.Pci.Tests.Unit.Validation;

public sealed class NoEchoTests
{
    // No four of these in a row occur in any of our messages, so such a run must come from the input.
    private static readonly Gen<string> s_garbage =
        Gen.Elements("0123456789QXZ~#^é\0\U0001F4B3".EnumerateRunes().Select(rune => rune.ToString()).ToArray()).ArrayOf().Resize(120).Select(string.Concat);

    [Fact]
    public void No_message_repeats_four_characters_of_what_was_sent() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
            s_garbage.ArrayOf(6).Where(sent => !sent.Any(text => text.Contains("4096"))).ToArbitrary(),
            sent =>
            {
                using var validator = new SetupIntentValidator(TestCardRule.Required);
                validator.CardNumber(VaultSamples.Utf8(sent[0]));
                validator.ExpiryDate(VaultSamples.Utf8(sent[1]));
                validator.Reference(VaultSamples.Utf8(sent[2]));
                validator.Description(VaultSamples.Utf8(sent[3]));
                validator.MetadataEntry(VaultSamples.Utf8(sent[4]), VaultSamples.Utf8(sent[5]));
                validator.MetadataEntry(VaultSamples.Utf8(sent[4]), VaultSamples.Utf8(sent[5]));

                // Always refused: the expiry has no slash.
                var refusal = (Refusal.Invalid)validator.Validate().Refusal!;
                var said = string.Join('\n', refusal.Errors.Select(error => $"{error.Field} {error.Message}")) + refusal.Message;
                return sent.All(text => Enumerable.Range(0, Math.Max(0, text.Length - 3)).All(at => !said.Contains(text.Substring(at, 4))));
            }));

    [Fact]
    public void A_card_number_used_as_a_metadata_key_is_not_repeated()
    {
        using var validator = new SetupIntentValidator(TestCardRule.Required);
        validator.Reference("x"u8);
        validator.MetadataEntry(VaultSamples.Utf8(VaultSamples.Visa), "v"u8);

        validator.Validate().Refusal.ShouldBeOfType<Refusal.Invalid>().ToString().ShouldNotContain("4111");
    }
}

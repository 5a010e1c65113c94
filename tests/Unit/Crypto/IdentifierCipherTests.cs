using System.Buffers.Text;
using System.Numerics;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Crypto;
using FsCheck;
using FsCheck.Fluent;

namespace Dojo.Pci.Tests.Unit.Crypto;

public sealed class IdentifierCipherTests(VaultFixture fixture) : IClassFixture<VaultFixture>
{
    private const TenantEnvironment Sandbox = TenantEnvironment.Sandbox;
    private const IdentifierKind Kind = IdentifierKind.SetupIntent;
    private readonly IdentifierCipher _cipher = fixture.Vault.Get<IdentifierCipher>();

    [Fact]
    public void Every_id_comes_back_from_its_text() =>
        Check.QuickThrowOnFailure(Prop.ForAll(ArbMap.Default.ArbFor<long>(), id =>
        {
            var text = _cipher.Encode(Sandbox, Kind, id);
            return text.Length == 22 && text.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_') && _cipher.Decode(Sandbox, Kind, text) == id;
        }));

    [Fact]
    public void Distinct_ids_have_distinct_texts() =>
        Enumerable.Range(0, 10_000).Select(id => _cipher.Encode(Sandbox, Kind, id)).Distinct(StringComparer.Ordinal).Count().ShouldBe(10_000);

    [Fact]
    public void Many_threads_at_once_get_what_one_gets()
    {
        var alone = Enumerable.Range(0, 2000).Select(id => _cipher.Encode(Sandbox, Kind, id)).ToArray();

        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, id =>
        {
            _cipher.Encode(Sandbox, Kind, id).ShouldBe(alone[id]);
            _cipher.Decode(Sandbox, Kind, alone[id]).ShouldBe(id);
        });
    }

    [Fact]
    public void A_block_is_what_AES_256_makes_of_it()
    {
        // FIPS 197, appendix C.3.
        using var material = SecretBuffer.Rent(DataKey.Length);
        Convert.FromHexString("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f").CopyTo(material.Span);
        using var cipher = new BlockCipher(new DataKey(new DataKeyDescription(1, DataKeyPurpose.Identifier, Sandbox, DataKeyState.Active, default), material));
        var block = Convert.FromHexString("00112233445566778899aabbccddeeff");

        cipher.Encrypt(block);
        Convert.ToHexStringLower(block).ShouldBe("8ea2b7ca516745bfeafc49904b496089");

        cipher.Decrypt(block);
        Convert.ToHexStringLower(block).ShouldBe("00112233445566778899aabbccddeeff");
    }

    [Fact]
    public void A_text_means_nothing_in_the_other_environment_or_as_another_kind()
    {
        var text = _cipher.Encode(Sandbox, Kind, 4711);

        _cipher.Decode(TenantEnvironment.Production, Kind, text).ShouldBeNull();
        _cipher.Decode(Sandbox, IdentifierKind.PaymentIntent, text).ShouldBeNull();
    }

    [Fact]
    public void A_text_with_any_character_changed_means_nothing()
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=. \n\0é";
        var text = _cipher.Encode(Sandbox, Kind, 4711);
        for (var place = 0; place < text.Length; place++)
        {
            foreach (var other in Alphabet.Where(character => character != text[place]))
            {
                _cipher.Decode(Sandbox, Kind, string.Concat(text.AsSpan(0, place), other.ToString(), text.AsSpan(place + 1))).ShouldBeNull($"'{other}' at {place}");
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==")]
    [InlineData("                      ")]
    [InlineData("!!!!!!!!!!!!!!!!!!!!!!")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢")]
    public void What_nobody_was_given_means_nothing(string text) => _cipher.Decode(Sandbox, Kind, text).ShouldBeNull();

    [Fact]
    public void Any_text_is_judged_without_a_fault() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
            Gen.Choose(0, 255).Select(value => (char)value).ArrayOf(22).ToArbitrary(),
            text => _cipher.Decode(Sandbox, Kind, text) is null));

    [Fact]
    public void Consecutive_ids_share_no_more_bits_than_random_ones()
    {
        var blocks = Enumerable.Range(0, 2001).Select(id => Base64Url.DecodeFromChars(_cipher.Encode(Sandbox, Kind, id))).ToArray();
        var differing = blocks.Zip(blocks.Skip(1), (one, next) => one.Zip(next, (a, b) => BitOperations.PopCount((uint)(a ^ b))).Sum()).Average();

        // Half of 128; the average of 2,000 random pairs is within 1 of it in all but one of 10^14 runs.
        differing.ShouldBeInRange(63, 65);
    }

    [Fact]
    public void The_order_of_ids_cannot_be_seen()
    {
        var texts = Enumerable.Range(0, 2001).Select(id => _cipher.Encode(Sandbox, Kind, id)).ToArray();
        var rises = texts.Zip(texts.Skip(1), (one, next) => string.CompareOrdinal(one, next) < 0).Count(rise => rise);

        rises.ShouldBeInRange(880, 1120);
    }
}

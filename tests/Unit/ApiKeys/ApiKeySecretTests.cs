using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;

namespace Dojo.Pci.Tests.Unit.ApiKeys;

public sealed class ApiKeySecretTests
{
    [Theory]
    [InlineData(TenantEnvironment.Sandbox, "^sk_sandbox_[A-Za-z0-9_-]{43}[0-9a-f]{8}$")]
    [InlineData(TenantEnvironment.Production, "^sk_prod_[A-Za-z0-9_-]{43}[0-9a-f]{8}$")]
    public void A_key_tells_its_environment_and_has_256_random_bits_and_a_checksum(TenantEnvironment environment, string form) =>
        ApiKeySecret.Generate(environment).Reveal().ShouldMatch(form);

    [Theory]
    [InlineData(TenantEnvironment.Sandbox)]
    [InlineData(TenantEnvironment.Production)]
    public void Anyone_who_has_zlib_can_verify_a_key(TenantEnvironment environment)
    {
        for (var i = 0; i < 100; i++)
        {
            var key = ApiKeySecret.Generate(environment).Reveal();

            key[^8..].ShouldBe($"{ZlibCrc32(key[..^8]):x8}");
            ApiKeySecret.IsWellFormed(key).ShouldBeTrue();
        }
    }

    [Fact]
    public void No_two_keys_are_alike() =>
        Enumerable.Range(0, 5000).Select(_ => ApiKeySecret.Generate(TenantEnvironment.Sandbox).Reveal()[..30]).Distinct(StringComparer.Ordinal).Count().ShouldBe(5000);

    [Fact]
    public void Any_changed_character_breaks_the_checksum()
    {
        var key = ApiKeySecret.Generate(TenantEnvironment.Sandbox).Reveal();
        for (var place = 0; place < key.Length; place++)
        {
            var changed = key.ToCharArray();
            changed[place] = changed[place] == 'x' ? 'y' : 'x';
            ApiKeySecret.IsWellFormed(changed).ShouldBeFalse($"at {place}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("sk_sandbox_")]
    [InlineData("sk_prod_")]
    [InlineData("Basic")]
    [InlineData("sk_sandbox_00000000")]
    public void What_is_no_key_is_not_well_formed(string text) => ApiKeySecret.IsWellFormed(text).ShouldBeFalse();

    [Theory]
    [InlineData("sk_sandbox_")]
    [InlineData("sk_sandbox_abc")]
    [InlineData("sk_prod_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("sk_prod_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("sk_prod_AAAAAAAAAAAAAAAAAAAAA AAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("sk_prod_AAAAAAAAAAAAAAAAAAAAA=AAAAAAAAAAAAAAAAAAAAA")]
    public void A_right_checksum_does_not_make_a_key_of_another_form(string content) =>
        ApiKeySecret.IsWellFormed($"{content}{ZlibCrc32(content):x8}").ShouldBeFalse();

    [Fact]
    public void The_checksum_of_a_key_of_zeros_is_the_known_one()
    {
        const string Content = "sk_prod_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

        ApiKeySecret.IsWellFormed($"{Content}{ZlibCrc32(Content):x8}").ShouldBeTrue();
    }

    [Fact]
    public void It_prints_as_its_prefix_and_last_four_characters()
    {
        var key = ApiKeySecret.Generate(TenantEnvironment.Production);

        key.ToString().ShouldBe($"sk_prod_…{key.Reveal()[^4..]}");
        $"{key}".ShouldBe(key.ToString());
        key.LastFour.ShouldBe(key.Reveal()[^4..]);
    }

    [Fact]
    public void What_is_stored_is_the_SHA_256_of_the_whole_key()
    {
        var key = ApiKeySecret.Generate(TenantEnvironment.Sandbox);

        key.Hash().ShouldBe(SHA256.HashData(Encoding.UTF8.GetBytes(key.Reveal())));
    }

    [Fact]
    public void However_long_the_text_presented_it_has_a_hash()
    {
        ApiKeySecret.HashOf(new string('k', 100_000)).Length.ShouldBe(32);
        ApiKeySecret.HashOf(string.Concat(Enumerable.Repeat("\uD800", 1000))).Length.ShouldBe(32);
        ApiKeySecret.HashOf("").Length.ShouldBe(32);
    }

    // The trailer of a gzip stream contains the CRC-32 of its content.
    private static uint ZlibCrc32(string content)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(VaultSamples.Utf8(content));
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(stream.ToArray().AsSpan()[^8..]);
    }
}

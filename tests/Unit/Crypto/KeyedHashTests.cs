using System.Security.Cryptography;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Crypto;

namespace Dojo.Pci.Tests.Unit.Crypto;

public sealed class KeyedHashTests
{
    private static readonly byte[] s_key = [.. Enumerable.Range(0, DataKey.Length).Select(place => (byte)place)];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(46)]
    [InlineData(1000)]
    public void A_hash_is_the_HMAC_of_its_message_alone_no_matter_what_was_hashed_before(int length)
    {
        using var keyed = Keyed();
        byte[] before = new byte[KeyedHash.Length], hash = new byte[KeyedHash.Length];
        var message = RandomNumberGenerator.GetBytes(length);

        keyed.Hash("something else"u8, before);
        keyed.Hash(message, hash);

        hash.ShouldBe(HMACSHA256.HashData(s_key, message));
    }

    [Fact]
    public void A_key_is_derived_as_HKDF_expands_it()
    {
        using var keyed = Keyed();
        var derived = new byte[KeyedHash.Length];

        keyed.Derive("label"u8, "context"u8, derived);

        derived.ShouldBe(HKDF.Expand(HashAlgorithmName.SHA256, s_key, KeyedHash.Length, "labelcontext"u8.ToArray()));
    }

    [Fact]
    public void Many_threads_at_once_get_what_one_gets()
    {
        using var keyed = Keyed();

        Parallel.For(0, 2000, new ParallelOptions { MaxDegreeOfParallelism = 8 }, number =>
        {
            var (message, hash) = (BitConverter.GetBytes(number), new byte[KeyedHash.Length]);
            keyed.Hash(message, hash);
            hash.ShouldBe(HMACSHA256.HashData(s_key, message));
        });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(64)]
    public void Nothing_but_a_whole_hash_is_given_out(int length)
    {
        using var keyed = Keyed();

        Should.Throw<ArgumentOutOfRangeException>(() => keyed.Hash("message"u8, new byte[length]));
        Should.Throw<ArgumentOutOfRangeException>(() => keyed.Derive("label"u8, "context"u8, new byte[length]));
    }

    [Fact]
    public void Once_it_is_given_back_it_hashes_nothing()
    {
        var keyed = Keyed();
        keyed.Hash("message"u8, new byte[KeyedHash.Length]);

        keyed.Dispose();
        keyed.Dispose();

        Should.Throw<ObjectDisposedException>(() => keyed.Hash("message"u8, new byte[KeyedHash.Length]));
    }

    private static KeyedHash Keyed()
    {
        var material = SecretBuffer.Rent(DataKey.Length);
        s_key.CopyTo(material.Span);
        return new KeyedHash(material);
    }
}

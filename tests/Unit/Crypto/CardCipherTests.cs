using System.Buffers.Binary;
using System.Security.Cryptography;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Crypto;
using FsCheck.Fluent;

namespace Dojo.Pci.Tests.Unit.Crypto;

public sealed class CardCipherTests(VaultFixture fixture) : IClassFixture<VaultFixture>
{
    private const long RecordId = 4711;
    private static readonly Tenant s_here = new(new AccountId(1), new LocationId(2), TenantEnvironment.Sandbox);
    private readonly CardCipher _cipher = fixture.Vault.Get<CardCipher>();

    public static TheoryData<int, TenantEnvironment, long> ElsewherePlaces => new()
    {
        { 3, TenantEnvironment.Sandbox, RecordId },
        { 2, TenantEnvironment.Production, RecordId },
        { 2, TenantEnvironment.Sandbox, RecordId + 1 },
        { 2, TenantEnvironment.Sandbox, -RecordId },
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_sealed_opens_as_the_same_card()
    {
        var cards = VaultSamples.CardNumbers.Zip(Gen.Choose(2000, 2099).Zip(Gen.Choose(1, 12)));
        foreach (var (digits, (year, month)) in cards.Sample(10, 200))
        {
            var record = await SealAsync(digits, year, month);
            using var opened = await _cipher.OpenForAuthorizationAsync(record, s_here, RecordId, Ct);

            opened.Number.Reveal().SequenceEqual(VaultSamples.Utf8(digits)).ShouldBeTrue();
            opened.Expiry.ShouldBe(new CardExpiry(year, month));
        }
    }

    [Fact]
    public async Task No_record_shows_the_number_nor_its_length()
    {
        var records = new List<byte[]>();
        foreach (var digits in new[] { "630400000000", VaultSamples.Amex, VaultSamples.Visa, "6799990100000000019" })
        {
            records.Add(await SealAsync(digits));
            records[^1].AsSpan().IndexOf(VaultSamples.Utf8(digits[..6])).ShouldBe(-1);
        }

        records.Select(record => record.Length).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Sealing_the_same_card_again_gives_a_record_with_another_nonce()
    {
        var nonces = new HashSet<string>(StringComparer.Ordinal);
        var ciphertexts = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < 2000; i++)
        {
            var record = await SealAsync();
            nonces.Add(Convert.ToHexString(record.AsSpan(5, 12))).ShouldBeTrue();
            ciphertexts.Add(Convert.ToHexString(record.AsSpan(17))).ShouldBeTrue();
        }
    }

    [Theory]
    [MemberData(nameof(ElsewherePlaces))]
    public async Task A_record_opens_nowhere_but_in_its_place(int location, TenantEnvironment environment, long recordId)
    {
        var record = await SealAsync();

        await ShouldNotOpenAsync(record, s_here with { Location = new LocationId(location), Environment = environment }, recordId);
    }

    [Fact]
    public async Task Two_records_that_changed_places_do_not_open()
    {
        using var card = VaultSamples.Card();
        var first = await _cipher.SealAsync(card, s_here, 1, Ct);
        var second = await _cipher.SealAsync(card, s_here, 2, Ct);

        await ShouldNotOpenAsync(second, s_here, 1);
        await ShouldNotOpenAsync(first, s_here, 2);
    }

    [Fact]
    public async Task A_record_with_any_one_bit_changed_does_not_open()
    {
        var record = await SealAsync();
        for (var bit = 0; bit < record.Length * 8; bit++)
        {
            var changed = record.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            await ShouldNotOpenAsync(changed, s_here, RecordId);
        }
    }

    [Fact]
    public async Task A_record_that_names_another_key_does_not_open()
    {
        var record = await SealAsync();
        var own = BinaryPrimitives.ReadInt32BigEndian(record.AsSpan(1));
        foreach (var id in Enumerable.Range(0, 10).Append(int.MaxValue).Append(-1).Where(id => id != own))
        {
            var changed = record.ToArray();
            BinaryPrimitives.WriteInt32BigEndian(changed.AsSpan(1), id);
            await ShouldNotOpenAsync(changed, s_here, RecordId);
        }
    }

    [Fact]
    public async Task A_record_that_is_cut_or_grown_does_not_open()
    {
        var record = await SealAsync();
        for (var length = 0; length < record.Length; length++)
        {
            await ShouldNotOpenAsync(record[..length], s_here, RecordId);
        }

        await ShouldNotOpenAsync([.. record, 0], s_here, RecordId);
        await ShouldNotOpenAsync([.. record, .. record], s_here, RecordId);
    }

    /// <summary>Pins the format on disk, by opening a record with the primitives alone.</summary>
    [Fact]
    public async Task The_format_is_algorithm_key_id_nonce_ciphertext_and_tag()
    {
        var record = await SealAsync("378282246310005", 2031, 7);

        record.Length.ShouldBe(1 + 4 + 12 + 22 + 16);
        record[0].ShouldBe((byte)2);
        var key = await KeyNamedByAsync(record);
        var place = PlaceOf(record.AsSpan(0, 5));
        using var aes = new AesGcm(RecordKey(key, place), 16);
        var plaintext = new byte[22];
        aes.Decrypt(record.AsSpan(5, 12), record.AsSpan(17, 22), record.AsSpan(39), plaintext, place);
        plaintext.ShouldBe([31, 7, 15, .. "378282246310005"u8, 0, 0, 0, 0]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1)] // records sealed before version 2 existed
    public async Task A_record_that_was_made_elsewhere_in_either_format_opens(byte algorithm)
    {
        var record = await MadeElsewhereAsync(algorithm);

        using var card = await _cipher.OpenForAuthorizationAsync(record, s_here, RecordId, Ct);
        card.Number.Reveal().SequenceEqual("4111111111111111"u8).ShouldBeTrue();
        card.Expiry.ShouldBe(new CardExpiry(2029, 12));
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    public async Task A_record_that_names_another_algorithm_does_not_open(byte algorithm, byte named)
    {
        var record = await MadeElsewhereAsync(algorithm);
        record[0] = named;

        await ShouldNotOpenAsync(record, s_here, RecordId);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(255)]
    public async Task A_record_of_an_algorithm_that_there_is_not_does_not_open(byte algorithm) =>
        await ShouldNotOpenAsync(await MadeElsewhereAsync(algorithm), s_here, RecordId);

    private static byte[] PlaceOf(ReadOnlySpan<byte> header)
    {
        var place = new byte[5 + 1 + 8 + 8];
        header.CopyTo(place);
        place[5] = 0; // sandbox
        place[13] = 2; // the location
        BinaryPrimitives.WriteInt64BigEndian(place.AsSpan(14), RecordId);
        return place;
    }

    private static byte[] RecordKey(DataKey key, byte[] place)
    {
        var (material, label) = (key.Material.ToArray(), "dojo-pci card record v1"u8.ToArray());
        return place[0] == 1
            ? HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 32, salt: place, info: label)
            : HKDF.Expand(HashAlgorithmName.SHA256, material, 32, info: [.. label, .. place]);
    }

    private async Task<byte[]> MadeElsewhereAsync(byte algorithm)
    {
        var key = await KeyNamedByAsync(await SealAsync());
        byte[] header = [algorithm, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(1), key.Id);
        var place = PlaceOf(header);
        using var aes = new AesGcm(RecordKey(key, place), 16);
        byte[] plaintext = [29, 12, 16, .. "4111111111111111"u8, 0, 0, 0];
        var (nonce, ciphertext, tag) = (Convert.FromHexString("000102030405060708090A0B"), new byte[22], new byte[16]);
        aes.Encrypt(nonce, plaintext, ciphertext, tag, place);
        return [.. header, .. nonce, .. ciphertext, .. tag];
    }

    private async Task<DataKey> KeyNamedByAsync(byte[] record) =>
        (await fixture.Vault.Get<KeyRing>().FindAsync(BinaryPrimitives.ReadInt32BigEndian(record.AsSpan(1)), Ct)).ShouldNotBeNull();

    private async Task<byte[]> SealAsync(string digits = VaultSamples.Visa, int year = 2029, int month = 12)
    {
        using var card = VaultSamples.Card(digits, year, month);
        return await _cipher.SealAsync(card, s_here, RecordId, Ct);
    }

    private async Task ShouldNotOpenAsync(byte[] record, Tenant tenant, long recordId)
    {
        var refusal = await Should.ThrowAsync<Exception>(async () => (await _cipher.OpenForAuthorizationAsync(record, tenant, recordId, Ct)).Dispose());
        refusal.GetType().ShouldBe(typeof(CryptographicException));
        refusal.Message.ShouldBe("The card record does not authenticate.");
        refusal.InnerException.ShouldBeNull();
    }
}

using System.Security.Cryptography;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using FsCheck;
using FsCheck.Fluent;

namespace Dojo.Pci.Tests.Unit.Crypto;

public sealed class CardFingerprinterTests(VaultFixture fixture) : IClassFixture<VaultFixture>
{
    private static readonly Tenant s_tenant = new(new AccountId(1), new LocationId(2), TenantEnvironment.Sandbox);

    [Fact]
    public void The_same_card_is_recognised_in_every_location_of_an_account()
    {
        Of(VaultSamples.Visa, s_tenant).ShouldBe(Of(VaultSamples.Visa, s_tenant));
        Of(VaultSamples.Visa, s_tenant with { Location = new LocationId(3) }).ShouldBe(Of(VaultSamples.Visa, s_tenant));
    }

    [Fact]
    public void The_same_card_is_not_recognised_across_accounts_and_environments()
    {
        string[] prints =
        [
            Of(VaultSamples.Visa, s_tenant),
            Of(VaultSamples.Visa, s_tenant with { Account = new AccountId(2) }),
            Of(VaultSamples.Visa, s_tenant with { Environment = TenantEnvironment.Production }),
            Of(VaultSamples.Visa, s_tenant with { Account = new AccountId(2), Environment = TenantEnvironment.Production }),
        ];

        prints.Distinct(StringComparer.Ordinal).Count().ShouldBe(4);
    }

    [Fact]
    public void Any_two_different_cards_have_different_fingerprints() =>
        Check.QuickThrowOnFailure(Prop.ForAll(
            VaultSamples.CardNumbers.Two().ToArbitrary(),
            pair => (pair.Item1 == pair.Item2) == (Of(pair.Item1, s_tenant) == Of(pair.Item2, s_tenant))));

    [Fact]
    public void Every_digit_counts()
    {
        // Each differs from the first in two neighbouring digits, the smallest change that keeps the check digit valid.
        var cards = new[] { "4111111111111111" }.Concat(
            Enumerable.Range(0, 15).SelectMany(place => Enumerable.Range(0, 100).Select(pair => string.Concat("4111111111111111".AsSpan(0, place), $"{pair:00}", "4111111111111111".AsSpan(place + 2)))))
            .Where(digits => digits[0] != '0' && Tokenization.Cards.Luhn.IsValid(VaultSamples.Utf8(digits))).Distinct(StringComparer.Ordinal).ToArray();

        cards.Length.ShouldBeGreaterThan(100);
        cards.Select(digits => Of(digits, s_tenant)).Distinct(StringComparer.Ordinal).Count().ShouldBe(cards.Length);
    }

    [Fact]
    public async Task Another_vault_gives_the_same_card_another_fingerprint()
    {
        await using var other = await TestVault.OpenAsync();
        using var number = VaultSamples.Number(VaultSamples.Visa);

        Convert.ToHexString(other.Get<CardFingerprinter>().Of(number, s_tenant)).ShouldNotBe(Of(VaultSamples.Visa, s_tenant), StringComparer.Ordinal);
    }

    /// <summary>Pins the value on disk, by computing it with the primitives alone.</summary>
    [Fact]
    public void It_is_the_HMAC_of_the_number_under_a_key_of_the_account()
    {
        var root = fixture.Vault.Get<KeyRing>().Active(DataKeyPurpose.Fingerprint, TenantEnvironment.Production).Material.ToArray();
        byte[] scope = [1, 0, 0, 0, 0, 0, 0, 0, 7]; // the production environment, and the account
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, root, 32, scope, "dojo-pci fingerprint v1"u8.ToArray());

        Of(VaultSamples.Visa, new Tenant(new AccountId(7), new LocationId(2), TenantEnvironment.Production))
            .ShouldBe(Convert.ToHexString(HMACSHA256.HashData(key, VaultSamples.Utf8(VaultSamples.Visa))));
    }

    [Fact]
    public void It_is_no_bare_hash_of_the_number()
    {
        var digits = VaultSamples.Utf8(VaultSamples.Visa);

        Of(VaultSamples.Visa, s_tenant).ShouldNotBe(Convert.ToHexString(SHA256.HashData(digits)), StringComparer.Ordinal);
        Of(VaultSamples.Visa, s_tenant).Length.ShouldBe(64);
    }

    private string Of(string digits, Tenant tenant)
    {
        using var number = VaultSamples.Number(digits);
        return Convert.ToHexString(fixture.Vault.Get<CardFingerprinter>().Of(number, tenant));
    }
}

using System.Security.Cryptography;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;

namespace Dojo.Pci.Tests.Unit.Crypto;

public sealed class WrappedKeysTests : IDisposable
{
    private readonly VaultDirectory _directory = new();

    /// <summary>Changes that only someone with the database file can make. Key 1 is the sandbox's card key, key 2 production's.</summary>
    public static TheoryData<string, string> Tampering => new()
    {
        { "two keys changed places", "CREATE TEMP TABLE was AS SELECT id, wrapped FROM data_keys; UPDATE data_keys SET wrapped = (SELECT wrapped FROM was WHERE was.id = 3 - data_keys.id) WHERE id IN (1, 2)" },
        { "another purpose", "DELETE FROM data_keys WHERE purpose = 'Fingerprint' AND environment = 0; UPDATE data_keys SET purpose = 'Fingerprint' WHERE id = 1" },
        { "another environment", "DELETE FROM data_keys WHERE id = 2; UPDATE data_keys SET environment = 1 WHERE id = 1" },
        { "another state", "UPDATE data_keys SET state = 'Retired' WHERE id = 1" },
        { "made earlier", "UPDATE data_keys SET created_at = created_at - 1000 WHERE id = 1" },
        { "another id", "UPDATE data_keys SET id = 99 WHERE id = 1" },
        { "cut", "UPDATE data_keys SET wrapped = substr(wrapped, 1, 59) WHERE id = 1" },
        { "empty", "UPDATE data_keys SET wrapped = x'' WHERE id = 1" },
        { "grown", "UPDATE data_keys SET wrapped = CAST(wrapped || x'00' AS BLOB) WHERE id = 1" },
        { "overwritten", "UPDATE data_keys SET wrapped = randomblob(60) WHERE id = 1" },
        { "another root key named", "UPDATE data_keys SET root_key_id = '0123456789abcdef' WHERE id = 1" },
    };

    public void Dispose() => _directory.Dispose();

    [Theory]
    [MemberData(nameof(Tampering))]
    public async Task A_changed_key_row_refuses_the_start(string what, string sql)
    {
        await OpenAndCloseAsync();
        _directory.Execute(sql);

        var refusal = await Should.ThrowAsync<StartRefusedException>(OpenAndCloseAsync, what);
        refusal.Faults.ShouldNotBeEmpty();
        refusal.Faults.ShouldAllBe(fault => fault.StartsWith("Data key ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_unchanged_directory_opens_again()
    {
        await OpenAndCloseAsync();

        await OpenAndCloseAsync();
    }

    [Fact]
    public async Task Another_root_key_refuses_the_start_and_names_both_without_telling_either()
    {
        await OpenAndCloseAsync();
        var right = await File.ReadAllBytesAsync(_directory.RootKeyFile, TestContext.Current.CancellationToken);
        var wrong = RandomNumberGenerator.GetBytes(32);
        _directory.ReplaceRootKey(wrong);

        var refusal = await Should.ThrowAsync<StartRefusedException>(OpenAndCloseAsync);

        refusal.Message.ShouldMatch("Data key 1 was wrapped by root key [0-9a-f]{16}, but Vault:KeyDirectory holds root key [0-9a-f]{16}");
        foreach (var secret in new[] { right, wrong })
        {
            refusal.ToString().ShouldNotContain(Convert.ToHexString(secret)[..8], Case.Insensitive);
            refusal.ToString().ShouldNotContain(Convert.ToBase64String(secret)[..8]);
        }
    }

    [Fact]
    public async Task The_right_root_key_opens_again_after_the_wrong_one_was_refused()
    {
        await OpenAndCloseAsync();
        var right = await File.ReadAllBytesAsync(_directory.RootKeyFile, TestContext.Current.CancellationToken);
        _directory.ReplaceRootKey(RandomNumberGenerator.GetBytes(32));
        await Should.ThrowAsync<StartRefusedException>(OpenAndCloseAsync);

        _directory.ReplaceRootKey(right);
        await OpenAndCloseAsync();
    }

    [Fact]
    public async Task Neither_the_root_key_nor_a_data_key_is_in_the_stored_bytes()
    {
        await using var vault = await TestVault.OpenAsync(_directory);
        var root = await File.ReadAllBytesAsync(_directory.RootKeyFile, TestContext.Current.CancellationToken);
        var stored = _directory.ReadAllData();

        stored.AsSpan().IndexOf(root).ShouldBe(-1);
        for (var id = 1; id <= 8; id++)
        {
            var key = (await vault.Get<Tokenization.Crypto.KeyRing>().FindAsync(id, TestContext.Current.CancellationToken)).ShouldNotBeNull();
            stored.AsSpan().IndexOf(key.Material).ShouldBe(-1);
        }
    }

    private async Task OpenAndCloseAsync()
    {
        await using var vault = await TestVault.OpenAsync(_directory);
    }
}

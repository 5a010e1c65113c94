using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Crypto;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tests.Unit.Crypto;

public sealed class RootKeyFileTests : IDisposable
{
    private readonly VaultDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_file_of_32_bytes_that_only_its_owner_reads_is_fit() => FileRootKeyProvider.FaultsOf(_directory.RootKeyFile).ShouldBeEmpty();

    [Fact]
    public void A_missing_file_is_a_fault_that_says_how_to_make_one()
    {
        File.Delete(_directory.RootKeyFile);

        FileRootKeyProvider.FaultsOf(_directory.RootKeyFile).ShouldHaveSingleItem().ShouldContain($"openssl rand -out {_directory.RootKeyFile} 32");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(64)]
    public void Another_length_is_a_fault(int length)
    {
        _directory.ReplaceRootKey(new byte[length]);

        FileRootKeyProvider.FaultsOf(_directory.RootKeyFile).ShouldHaveSingleItem().ShouldContain($"is {length} bytes long; it must be 32");
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.GroupExecute)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    [InlineData(UnixFileMode.OtherExecute)]
    public void Any_access_of_others_is_a_fault(UnixFileMode others)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(_directory.RootKeyFile, UnixFileMode.UserRead | others);

        FileRootKeyProvider.FaultsOf(_directory.RootKeyFile).ShouldHaveSingleItem().ShouldContain("accessible to users other than its owner");
    }

    [Fact]
    public async Task Every_fault_is_named_at_once_and_refuses_the_start()
    {
        _directory.ReplaceRootKey(new byte[16]);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(_directory.RootKeyFile, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        }

        var refusal = await Should.ThrowAsync<StartRefusedException>(() => TestVault.OpenAsync(_directory));

        refusal.Faults.Count.ShouldBe(OperatingSystem.IsWindows() ? 1 : 2);
    }

    [Fact]
    public void Making_one_never_replaces_the_one_there_is()
    {
        var before = File.ReadAllBytes(_directory.RootKeyFile);

        ProviderOf(_directory.Keys).CreateIfMissing().ShouldBeFalse();
        File.ReadAllBytes(_directory.RootKeyFile).ShouldBe(before);
    }

    [Fact]
    public void A_made_key_is_fit_private_and_unlike_any_other()
    {
        var keys = Path.Combine(_directory.Root, "others", "keys");
        var provider = ProviderOf(keys);

        provider.CreateIfMissing().ShouldBeTrue();

        FileRootKeyProvider.FaultsOf(provider.FilePath).ShouldBeEmpty();
        File.ReadAllBytes(provider.FilePath).ShouldNotBe(File.ReadAllBytes(_directory.RootKeyFile));
        if (!OperatingSystem.IsWindows())
        {
            File.GetUnixFileMode(provider.FilePath).ShouldBe(UnixFileMode.UserRead);
            File.GetUnixFileMode(keys).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void The_id_of_a_key_is_its_own_and_says_nothing_of_its_bytes()
    {
        using var first = ProviderOf(_directory.Keys).Load();
        using var again = ProviderOf(_directory.Keys).Load();
        using var other = new RootKey(new byte[32]);

        again.Id.ShouldBe(first.Id);
        other.Id.ShouldNotBe(first.Id, StringComparer.Ordinal);
        Convert.ToHexStringLower(File.ReadAllBytes(_directory.RootKeyFile)).ShouldNotContain(first.Id[..8]);
    }

    [Theory]
    [InlineData(16)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_root_key_of_another_length_cannot_be_made(int length) => Should.Throw<ArgumentException>(() => new RootKey(new byte[length]));

    private static FileRootKeyProvider ProviderOf(string directory) => new(Options.Create(new VaultOptions { KeyDirectory = directory }));
}

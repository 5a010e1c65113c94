using System.Buffers.Binary;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Crypto;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.Crypto;

public sealed class DataKeyRotationTests : IAsyncLifetime
{
    private const int ReservedAtOnce = 65_536;
    private static readonly Tenant s_sandbox = new(new AccountId(1), new LocationId(1), TenantEnvironment.Sandbox);
    private readonly FakeTimeProvider _clock = Clocks.New();
    private readonly VaultDirectory _directory = new();
    private TestVault _vault = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _vault = await TestVault.OpenAsync(_directory, _clock);

    public async ValueTask DisposeAsync()
    {
        await _vault.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task A_new_vault_has_one_active_key_for_each_purpose_and_environment()
    {
        var keys = await KeysAsync();

        keys.ShouldAllBe(key => key.Description.State == DataKeyState.Active);
        keys.Select(key => (key.Description.Purpose, key.Description.Environment)).Distinct().Count().ShouldBe(14);
        keys.Count.ShouldBe(14);
    }

    [Fact]
    public async Task A_card_key_seals_until_it_is_a_year_old()
    {
        var first = await SealAsync();
        _clock.Advance(TimeSpan.FromDays(365) - TimeSpan.FromMilliseconds(1));
        var last = await SealAsync();
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        var successor = await SealAsync();

        KeyIdOf(last).ShouldBe(KeyIdOf(first));
        KeyIdOf(successor).ShouldNotBe(KeyIdOf(first));
    }

    [Fact]
    public async Task A_retired_key_still_opens_and_never_seals_again()
    {
        var old = await SealAsync();
        _clock.Advance(TimeSpan.FromDays(366));
        await SealAsync();

        await ShouldOpenAsync(_vault, old);
        await ReopenAsync();
        await ShouldOpenAsync(_vault, old);
        KeyIdOf(await SealAsync()).ShouldNotBe(KeyIdOf(old));
        (await KeysAsync()).Single(key => key.Description.Id == KeyIdOf(old)).Description.State.ShouldBe(DataKeyState.Retired);
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public async Task A_card_key_seals_at_most_2_to_the_28_records(int beyond, bool rotates)
    {
        var before = await ActiveCardKeyAsync(TenantEnvironment.Sandbox);
        await _vault.Get<IDataKeyStore>().AddUsesAsync(before, (1 << 28) - ReservedAtOnce + beyond, Ct);

        (KeyIdOf(await SealAsync()) != before).ShouldBe(rotates);
    }

    [Fact]
    public async Task Uses_are_counted_ahead_so_that_a_crash_loses_none()
    {
        var record = await SealAsync();

        (await KeysAsync()).Single(key => key.Description.Id == KeyIdOf(record)).Uses.ShouldBe(ReservedAtOnce);
        await ReopenAsync();
        await SealAsync();
        (await KeysAsync()).Single(key => key.Description.Id == KeyIdOf(record)).Uses.ShouldBe(2 * ReservedAtOnce);
    }

    [Fact]
    public async Task Many_at_once_make_one_successor_and_all_seal_with_it()
    {
        var old = KeyIdOf(await SealAsync());
        _clock.Advance(TimeSpan.FromDays(400));

        var records = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(SealAsync, Ct)));

        records.Select(KeyIdOf).Distinct().ShouldHaveSingleItem().ShouldNotBe(old);
        (await KeysAsync()).Count.ShouldBe(15);
    }

    [Fact]
    public async Task Only_the_card_key_of_that_environment_is_rotated()
    {
        var production = await ActiveCardKeyAsync(TenantEnvironment.Production);
        _clock.Advance(TimeSpan.FromDays(400));
        await SealAsync();

        var retired = (await KeysAsync()).Where(key => key.Description.State == DataKeyState.Retired);
        retired.ShouldHaveSingleItem().Description.ShouldSatisfyAllConditions(
            key => key.Purpose.ShouldBe(DataKeyPurpose.Card),
            key => key.Environment.ShouldBe(TenantEnvironment.Sandbox));
        (await ActiveCardKeyAsync(TenantEnvironment.Production)).ShouldBe(production);
    }

    [Fact]
    public async Task Another_process_on_the_same_data_opens_what_a_key_made_since_has_sealed()
    {
        await using var other = await TestVault.OpenAsync(_directory, _clock, use: VaultUse.Administration);
        _clock.Advance(TimeSpan.FromDays(400));

        await ShouldOpenAsync(other, await SealAsync());
    }

    [Fact]
    public async Task Two_processes_that_rotate_at_once_agree_on_one_successor()
    {
        await using var other = await TestVault.OpenAsync(_directory, _clock, use: VaultUse.Administration);
        _clock.Advance(TimeSpan.FromDays(400));

        var here = await SealAsync();
        var there = await SealAsync(other);

        KeyIdOf(there).ShouldBe(KeyIdOf(here));
    }

    [Fact]
    public async Task Two_processes_that_rotate_different_keys_at_once_both_do()
    {
        await using var other = await TestVault.OpenAsync(_directory, _clock, use: VaultUse.Administration);
        _clock.Advance(TimeSpan.FromDays(400));

        await SealAsync();
        using var card = VaultSamples.Card();
        await other.Get<CardCipher>().SealAsync(card, s_sandbox with { Environment = TenantEnvironment.Production }, 1, Ct);

        (await KeysAsync()).Count(key => key.Description.State == DataKeyState.Retired).ShouldBe(2);
        await ReopenAsync();
    }

    [Fact]
    public async Task Nothing_that_prints_a_key_prints_its_material()
    {
        var key = (await _vault.Get<KeyRing>().FindAsync(1, Ct)).ShouldNotBeNull();

        key.ToString().ShouldBe("data key 1 (Card, Sandbox, Active)");
        typeof(KeyRing).GetMethod(nameof(ToString), [])!.DeclaringType.ShouldBe(typeof(object));
        using var root = _vault.Get<IRootKeyProvider>().Load();
        root.ToString().ShouldBe($"root key {root.Id}");
    }

    [Fact]
    public async Task No_key_is_kept_once_the_vault_is_closed_also_none_that_was_retired_meanwhile()
    {
        var ring = _vault.Get<KeyRing>();
        var before = (await ring.FindAsync(KeyIdOf(await SealAsync()), Ct)).ShouldNotBeNull();
        _clock.Advance(TimeSpan.FromDays(400));
        await SealAsync();
        var retired = (await ring.FindAsync(before.Id, Ct)).ShouldNotBeNull();
        retired.ShouldNotBeSameAs(before);

        await _vault.DisposeAsync();

        Should.Throw<ObjectDisposedException>(() => before.Material.Length);
        Should.Throw<ObjectDisposedException>(() => retired.Material.Length);
    }

    private static int KeyIdOf(byte[] record) => BinaryPrimitives.ReadInt32BigEndian(record.AsSpan(1));

    private static async Task ShouldOpenAsync(TestVault vault, byte[] record)
    {
        using var card = await vault.Get<CardCipher>().OpenForAuthorizationAsync(record, s_sandbox, 1, Ct);
        card.Number.Reveal().SequenceEqual(VaultSamples.Utf8(VaultSamples.Visa)).ShouldBeTrue();
    }

    private static async Task<byte[]> SealAsync(TestVault vault)
    {
        using var card = VaultSamples.Card();
        return await vault.Get<CardCipher>().SealAsync(card, s_sandbox, 1, Ct);
    }

    private Task<byte[]> SealAsync() => SealAsync(_vault);

    private async Task<IReadOnlyList<WrappedDataKey>> KeysAsync() => (await _vault.Get<IDataKeyStore>().ReadAsync(Ct)).Keys;

    private async Task<int> ActiveCardKeyAsync(TenantEnvironment environment) =>
        (await KeysAsync()).Single(key => key.Description is { Purpose: DataKeyPurpose.Card, State: DataKeyState.Active } && key.Description.Environment == environment).Description.Id;

    private async Task ReopenAsync()
    {
        await _vault.DisposeAsync();
        _vault = await TestVault.OpenAsync(_directory, _clock);
    }
}

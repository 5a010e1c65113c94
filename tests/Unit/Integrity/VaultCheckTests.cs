using Dojo.Pci.Tests.Unit.Tokens;
using Dojo.Pci.Tokenization.Integrity;

namespace Dojo.Pci.Tests.Unit.Integrity;

/// <summary>The check finds each kind of damage that a half-written transaction would leave.</summary>
public sealed class VaultCheckTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_vault_that_was_only_used_has_no_faults()
    {
        await using var vault = await TokenVault.OpenAsync();
        await vault.CreateAsync();
        await vault.IndexAsync();
        var closed = await vault.CreateAsync(reference: "not indexed yet");
        await vault.DeleteAsync(closed);

        (await FindFaultsAsync(vault)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("DELETE FROM setup_intent_events WHERE position = 0", "1 tokens have no record of their creation.")]
    [InlineData("DELETE FROM setup_intent_events WHERE position = 0", "1 tokens have gaps in their history.")]
    [InlineData("DELETE FROM setup_intent_events WHERE type = 'Authorized'", "1 authorized tokens have no record of their authorization.")]
    public async Task A_row_without_what_is_written_with_it_is_a_fault(string damage, string fault)
    {
        await using var vault = await TokenVault.OpenAsync();
        await vault.CreateAsync();

        vault.Tamper(damage);

        (await FindFaultsAsync(vault)).ShouldContain(each => each == fault);
    }

    [Fact]
    public async Task A_token_that_is_there_is_found_and_its_card_opens()
    {
        await using var vault = await TokenVault.OpenAsync();
        var token = await vault.CreateAsync();

        var check = await vault.Get<IVaultCheck>().CheckTokensAsync([token.Id], Ct);

        check.Missing.ShouldBeEmpty();
        check.Closed.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_token_that_is_not_there_is_missing()
    {
        await using var vault = await TokenVault.OpenAsync();
        var token = await vault.CreateAsync();
        vault.Tamper("DELETE FROM setup_intent_events; DELETE FROM setup_intents");

        (await vault.Get<IVaultCheck>().CheckTokensAsync([token.Id, "no token"], Ct)).Missing.ShouldBe([token.Id, "no token"]);
    }

    [Theory]
    [InlineData("UPDATE setup_intents SET card_record = NULL")]
    [InlineData("UPDATE setup_intents SET card_record = zeroblob(55)")]
    [InlineData("UPDATE setup_intents SET card_record = unhex(substr(hex(card_record), 1, 34) || printf('%076d', 0))")]
    public async Task A_card_that_is_gone_or_changed_does_not_open(string damage)
    {
        await using var vault = await TokenVault.OpenAsync();
        var token = await vault.CreateAsync();

        await vault.ExecuteAsync(damage);

        (await vault.Get<IVaultCheck>().CheckTokensAsync([token.Id], Ct)).Closed.ShouldBe([token.Id]);
    }

    [Trait("Engine", "Sqlite")]
    [Fact]
    public async Task An_index_that_lost_a_token_is_a_fault()
    {
        await using var vault = await TokenVault.OpenAsync();
        await vault.CreateAsync();
        await vault.IndexAsync();

        await vault.ExecuteAsync("DELETE FROM token_index");

        (await FindFaultsAsync(vault)).ShouldBe(
            ["1 tokens would be listed twice or not at all.", $"Location {vault.Tenant.Location.Value} has 1 tokens in Sandbox, of which lists show 0 and figures count 1."]);
    }

    [Trait("Engine", "Sqlite")]
    [Fact]
    public async Task An_index_that_shows_a_token_as_it_is_not_is_a_fault()
    {
        await using var vault = await TokenVault.OpenAsync();
        await vault.CreateAsync();
        await vault.IndexAsync();

        await vault.ExecuteAsync("UPDATE token_index SET status = 'Closed'");

        (await FindFaultsAsync(vault)).ShouldBe(["1 tokens differ from their entries in the index."]);
    }

    [Trait("Engine", "Sqlite")]
    [Fact]
    public async Task An_index_that_hides_a_token_from_who_searches_a_part_of_its_reference_is_a_fault()
    {
        await using var vault = await TokenVault.OpenAsync();
        await vault.CreateAsync();
        await vault.IndexAsync();

        await vault.ExecuteAsync("UPDATE token_segments SET trigrams = zeroblob(960)");

        (await FindFaultsAsync(vault)).ShouldBe(["1 tokens would not be found by a part of their reference."]);
    }

    [Trait("Engine", "Sqlite")]
    [Fact]
    public async Task An_index_that_hides_a_token_from_who_searches_its_scheme_or_last_four_digits_is_a_fault()
    {
        await using var vault = await TokenVault.OpenAsync();
        await vault.CreateAsync();
        await vault.IndexAsync();

        await vault.ExecuteAsync("DELETE FROM token_schemes");

        (await FindFaultsAsync(vault)).ShouldBe(["1 tokens would not be found by their scheme or their last four digits."]);
    }

    private static async Task<IReadOnlyList<string>> FindFaultsAsync(TokenVault vault) => (await vault.Get<IVaultCheck>().CheckAsync(sample: null, Ct)).Faults;
}

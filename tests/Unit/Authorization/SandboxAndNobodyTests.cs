using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Authorization;
using Dojo.Pci.Tokenization.Cards;

namespace Dojo.Pci.Tests.Unit.Authorization;

public sealed class SandboxAndNobodyTests : AcquirerTest
{
    public static TheoryData<string, TestCardOutcome> EveryTestCard => [.. TestCards.All.Select(card => (card.Number, card.Outcome))];

    [Theory]
    [MemberData(nameof(EveryTestCard))]
    public async Task The_sandbox_decides_by_the_list_and_asks_no_acquirer(string number, TestCardOutcome outcome)
    {
        using var card = ACard(number);

        var authorized = await Authorizer.AuthorizeAsync(Sandbox, card, Id, Ct);
        var charged = await Authorizer.ChargeAsync(Sandbox, card, 1999, "GBP", Id, Ct);

        if (outcome == TestCardOutcome.Approves)
        {
            var approved = authorized.ShouldBeOfType<AuthorizationOutcome.Approved>();
            approved.TransactionId.ShouldBe(Id);
            approved.AuthCode.ShouldMatch("^[0-9]{6}$");
        }
        else
        {
            authorized.ShouldBe(Declined);
        }

        charged.ShouldBe(authorized, "the same attempt has the same answer");
        Acquirer.TimesPosted(Id).ShouldBe(0);
    }

    [Fact]
    public async Task The_sandbox_declines_a_card_it_does_not_know()
    {
        (await Authorizer.AuthorizeAsync(Sandbox, Card, Id, Ct)).ShouldBe(Declined);
    }

    [Fact]
    public async Task The_sandbox_remembers_nothing()
    {
        (await Authorizer.AskAsync(Sandbox, Id, Ct)).ShouldBe(NotAttempted);
        Acquirer.TimesAsked(Id).ShouldBe(0);
    }

    [Fact]
    public async Task Production_without_an_acquirer_attempts_nothing()
    {
        var unconfigured = AuthorizerFor(address: "");

        (await unconfigured.AuthorizeAsync(Production, Card, Id, Ct)).ShouldBe(NotAttempted);
        (await unconfigured.ChargeAsync(Production, Card, 1999, "GBP", Id, Ct)).ShouldBe(NotAttempted);
    }

    [Fact]
    public async Task An_acquirer_that_was_taken_away_leaves_what_it_was_asked_unknown()
    {
        await ChargeAsync();

        (await AuthorizerFor(address: "").AskAsync(Production, Id, Ct)).ShouldBe(Unknown);
    }
}

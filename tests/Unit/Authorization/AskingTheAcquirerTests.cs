using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Authorization;

public sealed class AskingTheAcquirerTests : AcquirerTest
{
    [Fact]
    public async Task A_good_card_is_approved()
    {
        (await AuthorizeAsync()).ShouldBe(Approved);

        Acquirer.PathOf(Id).ShouldBe("/v1/authorizations");
        Acquirer.BodyOf(Id)!.ToJsonString().ShouldBe($$$"""{"transactionId":"{{{Id}}}","card":{"number":"{{{CardText}}}","expiryMonth":12,"expiryYear":2029}}""");
        Log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_charge_names_its_amount()
    {
        (await ChargeAsync(amount: 1999)).ShouldBe(Approved);

        Acquirer.PathOf(Id).ShouldBe("/v1/charges");
        Acquirer.BodyOf(Id)!["amount"]!.ToJsonString().ShouldBe("""{"value":1999,"currencyCode":"GBP"}""");
    }

    [Fact]
    public async Task A_bad_card_is_declined()
    {
        Acquirer.Program(Id, AcquirerBehaviour.Decline);

        (await AuthorizeAsync()).ShouldBe(Declined);
        (await AskAsync()).ShouldBe(Declined);
        Acquirer.TimesActed(Id).ShouldBe(1);
    }

    [Fact]
    public async Task The_longest_card_and_the_largest_amount_fit()
    {
        using var card = ACard("6799990100000000019");
        var id = new string('x', 64);

        (await Authorizer.ChargeAsync(Production, card, long.MaxValue, "GBP", id, Ct)).ShouldNotBe(NotAttempted);

        ((long)Acquirer.BodyOf(id)!["amount"]!["value"]!).ShouldBe(long.MaxValue);
    }

    [Fact]
    public async Task A_repeated_attempt_acts_once_and_gives_the_same_answer()
    {
        (await ChargeAsync()).ShouldBe(Approved);
        (await ChargeAsync()).ShouldBe(Approved);

        Acquirer.TimesPosted(Id).ShouldBe(2);
        Acquirer.TimesActed(Id).ShouldBe(1);
    }

    [Fact]
    public async Task An_attempt_under_the_id_of_another_does_not_act()
    {
        (await ChargeAsync(amount: 1)).ShouldBe(Approved);
        (await ChargeAsync(amount: 2)).ShouldBe(Approved, "a conflict is asked about, and what the id stands for has been approved");

        Acquirer.TimesActed(Id).ShouldBe(1);
    }

    [Fact]
    public async Task Asking_about_what_was_never_sent_says_so()
    {
        (await AskAsync()).ShouldBe(NotAttempted);
    }

    [Fact]
    public async Task An_attempt_that_arrives_after_it_was_called_never_seen_does_not_act()
    {
        (await AskAsync()).ShouldBe(NotAttempted);

        (await ChargeAsync()).ShouldBe(Unknown);
        (await AskAsync()).ShouldBe(NotAttempted);
        Acquirer.TimesActed(Id).ShouldBe(0);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../charges")]
    [InlineData("a b")]
    [InlineData("a\r\nX-Header: 1")]
    [InlineData("ä")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public async Task An_id_that_would_not_fit_into_an_address_is_a_mistake_of_the_caller(string id)
    {
        await Should.ThrowAsync<ArgumentException>(() => Authorizer.AuthorizeAsync(Production, Card, id, Ct));
        await Should.ThrowAsync<ArgumentException>(() => Authorizer.ChargeAsync(Production, Card, 1, "GBP", id, Ct));
        await Should.ThrowAsync<ArgumentException>(() => Authorizer.AskAsync(Production, id, Ct));
    }

    [Theory]
    [InlineData(0, "GBP")]
    [InlineData(-1, "GBP")]
    [InlineData(1, "gbp")]
    [InlineData(1, "GBPX")]
    [InlineData(1, "")]
    public async Task A_charge_of_nothing_is_a_mistake_of_the_caller(long amount, string currency)
    {
        await Should.ThrowAsync<ArgumentException>(() => Authorizer.ChargeAsync(Production, Card, amount, currency, Id, Ct));
    }
}

using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Members;

namespace Dojo.Pci.Tests.Unit.Audit;

public sealed class AuditWordsTests
{
    [Fact]
    public void Every_operation_has_words_and_no_name_of_the_code()
    {
        foreach (var operation in Enum.GetValues<Operation>())
        {
            var words = AuditWords.Detail(Entry(detail: operation.ToString()));

            words.ShouldBe(AuditWords.OperationWords(operation));
            words.ShouldContain(" ");
            words.ShouldNotMatch("[a-z][A-Z]");
        }
    }

    [Theory]
    [InlineData("api key created", "API key created")]
    [InlineData("role changed", "Role changed")]
    [InlineData("page refused", "Opened a page without access")]
    [InlineData("something of a later version", "Something of a later version")]
    [InlineData("", "")]
    public void An_action_begins_a_line(string action, string words) => AuditWords.Action(action).ShouldBe(words);

    [Theory]
    [InlineData("key:13", "Checkout", "API key Checkout")]
    [InlineData("key:13", null, "API key")]
    [InlineData("keys", null, "API keys")]
    [InlineData("member:7", "Ann", "Member Ann")]
    [InlineData("members", null, "Members")]
    [InlineData("invitation:3", "ann@example.com", "Invitation of ann@example.com")]
    [InlineData("invitation", null, "Invitation")]
    [InlineData("account:1", "Acme", "Account Acme")]
    [InlineData("location:2", "Dockside", "Location Dockside")]
    [InlineData("location", null, "Location")]
    [InlineData("activity", null, "Audit trail")]
    [InlineData("/members/7", null, "Page /members/7")]
    [InlineData("si_sandbox_abc", null, "si_sandbox_abc")]
    [InlineData("", null, "")]
    public void A_subject_is_named_without_its_number(string subject, string? name, string words)
    {
        var thing = AuditThing.Of(subject);

        AuditWords.Subject(new RecordedAuditEntry(1, Entry(subject: subject), null) { Thing = name is null ? thing : thing with { Name = name } }).ShouldBe(words);
    }

    [Theory]
    [InlineData("operator", null, "Command line")]
    [InlineData("vault", null, "The service itself")]
    [InlineData("member:7", "Ann", "Ann")]
    [InlineData("member:7", null, "A former member")]
    public void An_actor_is_named(string actor, string? name, string words) =>
        AuditWords.Actor(new RecordedAuditEntry(1, Entry(actor: actor), name)).ShouldBe(words);

    private static AuditEntry Entry(string subject = "", string detail = "", string actor = "operator") =>
        new() { Account = new AccountId(1), At = DateTimeOffset.UnixEpoch, Actor = actor, Action = "", Subject = subject, Detail = detail };
}

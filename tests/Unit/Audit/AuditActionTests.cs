using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Tests.Unit.Audit;

public sealed class AuditActionTests
{
    [Fact]
    public void The_catalogue_finds_each_action_by_its_name_and_has_words_for_it()
    {
        AuditAction.All.Count.ShouldBeGreaterThan(50);
        foreach (var action in AuditAction.All)
        {
            AuditAction.Find(action.Name).ShouldBe(action);
            char.IsUpper(action.Words[0]).ShouldBeTrue("people read it as the beginning of a line");
        }

        AuditAction.Find("something of a later version").ShouldBeNull();
    }

    [Fact]
    public void An_entry_is_about_what_its_action_is_about_no_matter_what_it_was_done_to() =>
        EntryOf(AuditAction.TokensExported, "location:3").Topic.ShouldBe(AuditTopic.Tokens);

    [Theory]
    [InlineData("key:1", AuditTopic.ApiKeys)]
    [InlineData("api keys", AuditTopic.ApiKeys)]
    [InlineData("location:3", AuditTopic.Settings)]
    [InlineData("members", AuditTopic.Members)]
    [InlineData("activity", AuditTopic.AuditTrail)]
    [InlineData("/members", null)]
    public void An_action_about_many_things_is_about_what_it_was_done_to(string subject, AuditTopic? topic) =>
        EntryOf(AuditAction.OperationRefused, subject).Topic.ShouldBe(topic);

    private static AuditEntry EntryOf(AuditAction action, string subject) => AuditActor.Operator(new AccountId(1)).Entry(DateTimeOffset.UnixEpoch, action, subject);
}

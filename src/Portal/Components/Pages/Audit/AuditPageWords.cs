using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Portal.Components.Pages.Audit;

/// <summary>The words for topics on the page of the audit trail and in its address. <see cref="AuditWords"/> has the words for entries.</summary>
internal static class AuditPageWords
{
    /// <summary>The topics, with their words in addresses and their labels.</summary>
    public static readonly IReadOnlyList<(AuditTopic Topic, string InUrl, string Label)> Topics =
    [
        (AuditTopic.Members, "members", "Members"),
        (AuditTopic.ApiKeys, "keys", "API keys"),
        (AuditTopic.Tokens, "tokens", "Tokens"),
        (AuditTopic.Settings, "settings", "Settings"),
        (AuditTopic.AuditTrail, "activity", "Audit trail"),
    ];

    /// <summary>Parses a topic from its word in an address; null if the word is unknown.</summary>
    public static AuditTopic? Read(string? inUrl) => Topics.Where(topic => topic.InUrl.Equals(inUrl, StringComparison.OrdinalIgnoreCase)).Select(topic => (AuditTopic?)topic.Topic).FirstOrDefault();

    /// <summary>Returns the word of a topic in an address; null for no topic.</summary>
    public static string? InUrl(AuditTopic? topic) => Topics.Where(known => known.Topic == topic).Select(known => known.InUrl).FirstOrDefault();
}

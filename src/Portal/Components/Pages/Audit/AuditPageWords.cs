using Dojo.Pci.Tokenization.Audit;

namespace Dojo.Pci.Portal.Components.Pages.Audit;

/// <summary>What the page of the trail calls topics, on the page and in its address. What entries say is in <see cref="AuditWords"/>.</summary>
internal static class AuditPageWords
{
    /// <summary>The topics with their words.</summary>
    public static readonly IReadOnlyList<(AuditTopic Topic, string InUrl, string Label)> Topics =
    [
        (AuditTopic.Members, "members", "Members"),
        (AuditTopic.ApiKeys, "keys", "API keys"),
        (AuditTopic.Tokens, "tokens", "Tokens"),
        (AuditTopic.Settings, "settings", "Settings"),
        (AuditTopic.AuditTrail, "activity", "Audit trail"),
    ];

    /// <summary>A topic by its word in an address; null for what is none.</summary>
    public static AuditTopic? Read(string? inUrl) => Topics.Where(topic => topic.InUrl.Equals(inUrl, StringComparison.OrdinalIgnoreCase)).Select(topic => (AuditTopic?)topic.Topic).FirstOrDefault();

    /// <summary>The word of a topic in an address.</summary>
    public static string? InUrl(AuditTopic? topic) => Topics.Where(known => known.Topic == topic).Select(known => known.InUrl).FirstOrDefault();
}

using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Trail;

namespace Dojo.Pci.Portal.Components.Pages.Trail;

/// <summary>What the page of the trail calls things, on the page and in its address.</summary>
internal static class TrailWords
{
    /// <summary>The topics with their words.</summary>
    public static readonly IReadOnlyList<(AuditTopic Topic, string InUrl, string Label)> Topics =
    [
        (AuditTopic.Members, "members", "Members"),
        (AuditTopic.ApiKeys, "keys", "API keys"),
        (AuditTopic.Tokens, "tokens", "Tokens"),
        (AuditTopic.Settings, "settings", "Settings"),
        (AuditTopic.Activity, "activity", "Activity"),
    ];

    public static AuditTopic? Read(string? inUrl) => Topics.Where(topic => topic.InUrl.Equals(inUrl, StringComparison.OrdinalIgnoreCase)).Select(topic => (AuditTopic?)topic.Topic).FirstOrDefault();

    /// <summary>Who did it: a member by name, or who else.</summary>
    public static string ActorOf(RecordedAuditEntry recorded) => recorded.ActorName ?? Capital(recorded.Entry.Actor);

    /// <summary>A text as it begins a line.</summary>
    public static string Capital(string text) =>
        text.StartsWith("api ", StringComparison.Ordinal) ? $"API {text[4..]}"
        : text.Length == 0 ? text
        : $"{char.ToUpperInvariant(text[0])}{text[1..]}";
}

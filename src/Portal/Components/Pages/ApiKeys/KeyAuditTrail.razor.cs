using Dojo.Pci.Tokenization.Audit;
using Microsoft.AspNetCore.Components;

namespace Dojo.Pci.Portal.Components.Pages.ApiKeys;

/// <summary>What was done to a key, by whom and from where.</summary>
public sealed partial class KeyAuditTrail
{
    private const string Subject = "api key ";

    /// <summary>The entries, newest first.</summary>
    [Parameter, EditorRequired]
    public required IReadOnlyList<RecordedAuditEntry> Entries { get; set; }

    // The subject is omitted, because every entry here is about a key.
    private static string Sentence(string action) =>
        AuditWords.Action(action.StartsWith(Subject, StringComparison.Ordinal) ? action[Subject.Length..] : action);
}

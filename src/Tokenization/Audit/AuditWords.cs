using System.Collections.Frozen;
using Dojo.Pci.Tokenization.Access;

namespace Dojo.Pci.Tokenization.Audit;

/// <summary>Puts entries of the trail into words that people read. Pages and exports use the same words, and searches find them.</summary>
public static class AuditWords
{
    private static readonly FrozenDictionary<Operation, string> s_operations = new Dictionary<Operation, string>
    {
        [Operation.ViewMetrics] = "View figures",
        [Operation.BrowseTokens] = "Browse tokens",
        [Operation.ExportTokens] = "Export tokens",
        [Operation.EndTokens] = "Cancel or close tokens",
        [Operation.CreateTestTokens] = "Create test tokens",
        [Operation.ManageSandbox] = "Manage the sandbox",
        [Operation.ViewApiKeys] = "View API keys",
        [Operation.ManageSandboxApiKeys] = "Manage API keys of the sandbox",
        [Operation.ManageProductionApiKeys] = "Manage API keys of production",
        [Operation.ViewWebhooks] = "View webhook endpoints",
        [Operation.ManageSandboxWebhooks] = "Manage webhook endpoints of the sandbox",
        [Operation.ManageProductionWebhooks] = "Manage webhook endpoints of production",
        [Operation.RevealWebhookSecrets] = "Reveal webhook secrets",
        [Operation.ViewMembers] = "View members",
        [Operation.ManageMembers] = "Manage members",
        [Operation.ManageOwners] = "Manage owners",
        [Operation.ViewSettings] = "View settings",
        [Operation.ManageSettings] = "Change settings",
        [Operation.ViewActivity] = "Read the audit trail",
        [Operation.ViewRequestLogs] = "Read the request log",
    }.ToFrozenDictionary();

    /// <summary>Returns the words for an action, capitalized: <c>API key created</c>.</summary>
    public static string Action(string action) => AuditAction.Find(action)?.Words ?? Capital(action);

    /// <summary>Capitalizes a phrase of the trail: <c>API key created</c> for <c>api key created</c>.</summary>
    public static string Capital(string text) =>
        text.StartsWith("api ", StringComparison.Ordinal) ? $"API {text[4..]}"
        : text.Length == 0 ? text
        : $"{char.ToUpperInvariant(text[0])}{text[1..]}";

    /// <summary>Returns the words for an operation: <c>Manage API keys of the sandbox</c>.</summary>
    public static string OperationWords(Operation operation) => s_operations[operation];

    /// <summary>Returns the details of an entry. For an operation that was refused to a role, the details are the words for that operation.</summary>
    public static string Detail(AuditEntry entry) =>
        Enum.TryParse<Operation>(entry.Detail, out var operation) && Enum.GetName(operation) == entry.Detail ? OperationWords(operation) : entry.Detail;

    /// <summary>Returns who acted: the name of a member, or words for another actor.</summary>
    public static string Actor(RecordedAuditEntry recorded) => recorded.ActorName ?? recorded.Entry.Actor switch
    {
        AuditActor.OperatorName => "Command line",
        AuditActor.VaultName => "The service itself",
        var actor when actor.StartsWith("member:", StringComparison.Ordinal) => "A former member",
        var actor => Capital(actor),
    };

    /// <summary>Returns what the action affected: <c>API key Checkout</c>, <c>Member Ann</c>, or the id of a token.</summary>
    public static string Subject(RecordedAuditEntry recorded)
    {
        var thing = recorded.Thing;
        return thing.Kind switch
        {
            AuditThingKind.Member => Named("Member", thing.Name),
            AuditThingKind.Members => "Members",
            AuditThingKind.Invitation => thing.Name is { } email ? $"Invitation of {email}" : "Invitation",
            AuditThingKind.ApiKey => Named("API key", thing.Name),
            AuditThingKind.ApiKeys => "API keys",
            AuditThingKind.Account => Named("Account", thing.Name),
            AuditThingKind.Location => Named("Location", thing.Name),
            AuditThingKind.Session => "Session",
            AuditThingKind.AuditTrail => "Audit trail",
            AuditThingKind.Page => $"Page {thing.Name}",
            _ => thing.Name ?? "",
        };
    }

    /// <summary>Lists the names of the actions whose words contain a text, ignoring case, so that a search for the words finds their entries.</summary>
    internal static IReadOnlyList<string> ActionsSaying(string text) =>
        [.. AuditAction.All.Where(action => action.Words.Contains(text, StringComparison.OrdinalIgnoreCase)).Select(action => action.Name)];

    /// <summary>Lists the operations whose words contain a text, ignoring case, by their names in the trail.</summary>
    internal static IReadOnlyList<string> OperationsSaying(string text) =>
        [.. s_operations.Where(operation => operation.Value.Contains(text, StringComparison.OrdinalIgnoreCase)).Select(operation => operation.Key.ToString())];

    private static string Named(string kind, string? name) => name is null ? kind : $"{kind} {name}";
}

using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Portal.Api.SetupIntents;

/// <summary>The answer of <c>POST /setup-intents</c>: exactly the seven properties of the seed, in the same order.</summary>
internal sealed record SetupIntentResponse(
    string Id,
    string Status,
    DateTime CreatedAt,
    DateTime UpdatedAt,
    string Reference,
    string? Description,
    IReadOnlyDictionary<string, string>? Metadata)
{
    public static SetupIntentResponse Of(SetupIntent intent) => new(
        intent.Id,
        Enum.GetName(intent.Status)!, // ToString boxes the value
        intent.CreatedAt.UtcDateTime,
        intent.UpdatedAt.UtcDateTime,
        intent.Reference,
        intent.Description,
        intent.Metadata);
}

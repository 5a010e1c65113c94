namespace Dojo.Pci.Tokenization.Validation;

/// <summary>A validated request to subscribe, or to change a subscription. What it does not have is null: only a change may lack anything.</summary>
/// <param name="Events">The names of events, each once and each of an event that there is.</param>
/// <param name="Url">Where to send them: at most 2048 characters; its parts are still to be validated.</param>
/// <param name="Description">A description; empty in a change to remove it.</param>
public sealed record WebhookRequest(IReadOnlyList<string>? Events, string? Url, string? Description);

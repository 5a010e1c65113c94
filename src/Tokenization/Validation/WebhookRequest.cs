namespace Dojo.Pci.Tokenization.Validation;

/// <summary>A validated request to create or change a subscription. A null field was left out; only a change may leave out events and URL.</summary>
/// <param name="Events">The names of existing events; a name may occur more than once.</param>
/// <param name="Url">Where to send events, at most 2048 characters. The parts of the URL are not validated yet.</param>
/// <param name="Description">The description; in a change, an empty one removes it.</param>
public sealed record WebhookRequest(IReadOnlyList<string>? Events, string? Url, string? Description);

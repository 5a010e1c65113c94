namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>Selects a page of setup intents, newest first.</summary>
/// <param name="Limit">The most items to return.</param>
/// <param name="OlderThan">Only items created before this internal id; null for no limit.</param>
/// <param name="NewerThan">Only items created after this internal id, those next to it; null for no limit.</param>
/// <param name="Filter">The conditions that they must satisfy.</param>
internal sealed record SetupIntentPage(int Limit, long? OlderThan, long? NewerThan, SetupIntentFilter Filter);

/// <summary>The conditions that listed setup intents must satisfy. A null member does not filter.</summary>
/// <param name="Status">The status.</param>
/// <param name="Reference">The complete reference.</param>
/// <param name="CreatedFrom">The earliest time of creation, inclusive.</param>
/// <param name="CreatedTo">The latest time of creation, exclusive.</param>
public sealed record SetupIntentFilter(
    SetupIntentStatus? Status = null, string? Reference = null, DateTimeOffset? CreatedFrom = null, DateTimeOffset? CreatedTo = null);

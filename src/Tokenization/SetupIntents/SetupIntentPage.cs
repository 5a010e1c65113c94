namespace Dojo.Pci.Tokenization.SetupIntents;

/// <summary>Which setup intents to list, newest first.</summary>
/// <param name="Limit">At most how many, 1 to 100.</param>
/// <param name="OlderThan">Only those created before this internal id.</param>
/// <param name="NewerThan">Only those created after this internal id: the ones next to it.</param>
/// <param name="Filter">What they must satisfy.</param>
internal sealed record SetupIntentPage(int Limit, long? OlderThan, long? NewerThan, SetupIntentFilter Filter);

/// <summary>What listed setup intents must satisfy; null for anything.</summary>
/// <param name="Status">Their status.</param>
/// <param name="Reference">Their whole reference.</param>
/// <param name="CreatedFrom">The earliest creation.</param>
/// <param name="CreatedTo">The first creation too late.</param>
public sealed record SetupIntentFilter(
    SetupIntentStatus? Status = null, string? Reference = null, DateTimeOffset? CreatedFrom = null, DateTimeOffset? CreatedTo = null);

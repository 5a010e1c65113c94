namespace Dojo.Pci.Tokenization.Alarms;

/// <summary>An episode of an alarm, as a page shows it.</summary>
/// <param name="Alarm">What it is.</param>
/// <param name="Since">When it began.</param>
/// <param name="Last">When it was raised last.</param>
/// <param name="Times">How often.</param>
internal sealed record Notice(Alarm Alarm, DateTimeOffset Since, DateTimeOffset Last, long Times);

/// <summary>The notices of a place, the one raised last first.</summary>
/// <param name="Items">The notices.</param>
internal sealed record NoticeList(IReadOnlyList<Notice> Items);

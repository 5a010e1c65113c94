namespace Dojo.Pci.Tokenization.Alarms;

/// <summary>An episode of an alarm.</summary>
/// <param name="Alarm">The alarm.</param>
/// <param name="Since">When the episode began.</param>
/// <param name="Last">When the alarm was last raised.</param>
/// <param name="Times">How often it was raised.</param>
internal sealed record Notice(Alarm Alarm, DateTimeOffset Since, DateTimeOffset Last, long Times);

/// <summary>The notices of a location and environment, the most recently raised first.</summary>
/// <param name="Items">The notices.</param>
internal sealed record NoticeList(IReadOnlyList<Notice> Items);

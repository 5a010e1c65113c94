using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>The time in a location's sandbox.</summary>
/// <param name="Now">The time on its clock.</param>
/// <param name="Ahead">How far the clock is ahead of the real time.</param>
public sealed record SandboxTime(DateTimeOffset Now, TimeSpan Ahead);

/// <summary>Moves the clock of a location's sandbox, so that processes that take months can be tested in minutes (DESIGN D18).</summary>
public interface ISandboxClock
{
    /// <summary>Moves the clock forward by a duration. Its calendar months are counted from the time on the clock.</summary>
    /// <returns>The new time, or <see cref="Refusal.Invalid"/>: a clock never goes back, nor past the year 2199.</returns>
    Task<Result<SandboxTime>> AdvanceAsync(Tenant tenant, CalendarDuration by);

    /// <summary>Moves the clock forward to an instant.</summary>
    /// <returns>The new time, or <see cref="Refusal.Invalid"/>: a clock never goes back, nor past the year 2199.</returns>
    Task<Result<SandboxTime>> SetAsync(Tenant tenant, DateTimeOffset instant);
}

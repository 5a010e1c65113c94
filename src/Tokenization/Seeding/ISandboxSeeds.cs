using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Seeding;

/// <summary>A request for a data set. The same size and seed make the same data.</summary>
/// <param name="Size">The number of tokens, <see cref="SeedLimits.SmallestSize"/> to <see cref="SeedLimits.LargestSize"/>.</param>
/// <param name="Seed">Selects one of the data sets of that size, 0 to <see cref="SeedLimits.LargestSeed"/>.</param>
public sealed record SeedWish(int Size, int Seed);

/// <summary>The bounds of a <see cref="SeedWish"/>, and the constants of every data set.</summary>
public static class SeedLimits
{
    /// <summary>The fewest tokens: enough for at least one of each status.</summary>
    public const int SmallestSize = 10;

    /// <summary>The most tokens.</summary>
    public const int LargestSize = 100_000;

    /// <summary>The largest seed. Followed by the number of a token, it is still shorter than any card number.</summary>
    public const int LargestSeed = 9_999;

    /// <summary>How many tokens, the newest, send events to webhook endpoints: enough for a person to read, without flooding the endpoints.</summary>
    public const int AnnouncedTokens = 500;

    /// <summary>The period over which the data is spread. It ends when the data is requested.</summary>
    public static TimeSpan Span { get; } = TimeSpan.FromDays(30);
}

/// <summary>The contents of a data set, by status.</summary>
/// <param name="Tokens">The number of tokens of each status, in the order of statuses.</param>
/// <param name="Payments">The number of payments of each status, in the order of statuses.</param>
public sealed record SeedOutline(IReadOnlyList<SeedShare> Tokens, IReadOnlyList<SeedShare> Payments);

/// <summary>The number of tokens or payments of one status.</summary>
/// <param name="Status">The name of the status.</param>
/// <param name="Count">Their number.</param>
public sealed record SeedShare(string Status, int Count);

/// <summary>The progress of a data set.</summary>
public enum SeedStatus
{
    /// <summary>It is being made.</summary>
    Running,

    /// <summary>It is complete.</summary>
    Done,

    /// <summary>A caller stopped it. What was made stays.</summary>
    Stopped,
}

/// <summary>The latest data set of a sandbox.</summary>
/// <param name="Wish">The size and seed that were requested.</param>
/// <param name="Status">Whether it is being made, done or stopped.</param>
/// <param name="StartedAt">When it was requested, by the real clock.</param>
/// <param name="EndedAt">When it was complete or stopped; null while it is being made.</param>
/// <param name="Done">The number of tokens that were processed.</param>
/// <param name="Tokens">The number of tokens that were made: fewer, if the location accepts each reference only once and some were already used.</param>
/// <param name="Payments">The number of payments that were made.</param>
public sealed record SeedRun(SeedWish Wish, SeedStatus Status, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, int Done, int Tokens, int Payments);

/// <summary>
/// Makes sample data for a sandbox: tokens of all statuses with sealed test cards and their histories, payments, and events for webhook endpoints, as
/// if they had been made in the last <see cref="SeedLimits.Span"/>. A background job makes it in batches, and continues after a restart with the next
/// batch. Production has no sample data.
/// </summary>
public interface ISandboxSeeds
{
    /// <summary>Returns the contents of a data set without making it.</summary>
    SeedOutline Outline(SeedWish wish);

    /// <summary>
    /// Begins to make a data set in the caller's sandbox. If the sandbox has no webhook endpoint, this adds the inspector, so that the events can be
    /// viewed.
    /// </summary>
    /// <returns>
    /// The run; <see cref="Refusal.Invalid"/> for a wish out of bounds, <see cref="Refusal.Conflict"/> while another data set is being made or the
    /// sandbox is being emptied.
    /// </returns>
    Task<Result<SeedRun>> BeginAsync(Caller caller, SeedWish wish);

    /// <summary>Finds the latest data set; null if none was requested since the sandbox was last emptied, and in production.</summary>
    Task<SeedRun?> FindAsync(Tenant tenant, CancellationToken ct);

    /// <summary>Stops the data set that is being made, if any. What was made stays.</summary>
    Task StopAsync(Caller caller);

    /// <summary>Begins a data set for a member. Refuses what the other overload and <see cref="RoleTable"/> refuse.</summary>
    Task<Result<SeedRun>> BeginAsync(SignedInMember who, Tenant tenant, SeedWish wish);

    /// <summary>Stops the data set that is being made, for a member.</summary>
    Task<Refusal?> StopAsync(SignedInMember who, Tenant tenant);
}

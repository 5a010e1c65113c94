using Dojo.Pci.Tokenization.Access;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Seeding;

/// <summary>What is asked for: the same size and seed make the same data.</summary>
/// <param name="Size">How many tokens, <see cref="SeedLimits.SmallestSize"/> to <see cref="SeedLimits.LargestSize"/>.</param>
/// <param name="Seed">Which of the data sets of that size, 0 to <see cref="SeedLimits.LargestSeed"/>.</param>
public sealed record SeedWish(int Size, int Seed);

/// <summary>The bounds of a <see cref="SeedWish"/>, and what holds for every data set.</summary>
public static class SeedLimits
{
    /// <summary>The fewest tokens: one of each status, and some more.</summary>
    public const int SmallestSize = 10;

    /// <summary>The most tokens.</summary>
    public const int LargestSize = 100_000;

    /// <summary>The largest seed. With a number of a token after it, it still is shorter than any card number.</summary>
    public const int LargestSeed = 9_999;

    /// <summary>Of so many tokens, the newest, webhook endpoints are told: what a person looks through, and no flood.</summary>
    public const int AnnouncedTokens = 500;

    /// <summary>The time that the data is spread over, up to the moment at which it was asked for.</summary>
    public static TimeSpan Span { get; } = TimeSpan.FromDays(30);
}

/// <summary>What a data set has.</summary>
/// <param name="Tokens">How many tokens of each status, in the order of statuses.</param>
/// <param name="Payments">How many payments of each status, in the order of statuses.</param>
public sealed record SeedOutline(IReadOnlyList<SeedShare> Tokens, IReadOnlyList<SeedShare> Payments);

/// <summary>How many there are of a status.</summary>
/// <param name="Status">The status, by its name.</param>
/// <param name="Count">How many.</param>
public sealed record SeedShare(string Status, int Count);

/// <summary>How far a data set is.</summary>
public enum SeedStatus
{
    /// <summary>It is being made.</summary>
    Running,

    /// <summary>It is whole.</summary>
    Done,

    /// <summary>Somebody stopped it. What there is of it stays.</summary>
    Stopped,
}

/// <summary>The data set of a sandbox that was asked for last.</summary>
/// <param name="Wish">What was asked for.</param>
/// <param name="Status">How far it is.</param>
/// <param name="StartedAt">When it was asked for, by the real clock.</param>
/// <param name="EndedAt">When it was whole or stopped; null while it runs.</param>
/// <param name="Done">How many of its tokens have had their turn.</param>
/// <param name="Tokens">How many were made: fewer, where the location takes each reference once and theirs were taken.</param>
/// <param name="Payments">How many payments were made.</param>
public sealed record SeedRun(SeedWish Wish, SeedStatus Status, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, int Done, int Tokens, int Payments);

/// <summary>
/// Sample data for a sandbox: tokens of all statuses with sealed test cards and their histories, payments, and events for webhook endpoints, as if
/// they had come about in the last <see cref="SeedLimits.Span"/>. It is made in the background, a piece at a time, and goes on after a restart where
/// it was. Production has none.
/// </summary>
public interface ISandboxSeeds
{
    /// <summary>What a data set has, made or not.</summary>
    SeedOutline Outline(SeedWish wish);

    /// <summary>
    /// Begins to make a data set in the caller's sandbox. Where the sandbox has no webhook endpoint, it gets the inspector, so that there is something
    /// to look at.
    /// </summary>
    /// <returns>The run; <see cref="Refusal.Invalid"/> out of bounds, <see cref="Refusal.Conflict"/> while another is being made or the sandbox is being emptied.</returns>
    Task<Result<SeedRun>> BeginAsync(Caller caller, SeedWish wish);

    /// <summary>The data set that was asked for last; null where none was since the sandbox was emptied.</summary>
    Task<SeedRun?> FindAsync(Tenant tenant, CancellationToken ct);

    /// <summary>Stops the one that is being made, if there is one. What there is of it stays.</summary>
    Task StopAsync(Caller caller);

    /// <summary>Begins one for a member. Refusals are those of the other overload, and what <see cref="RoleTable"/> refuses.</summary>
    Task<Result<SeedRun>> BeginAsync(SignedInMember who, Tenant tenant, SeedWish wish);

    /// <summary>Stops the one that is being made, for a member.</summary>
    Task<Refusal?> StopAsync(SignedInMember who, Tenant tenant);
}

using System.Globalization;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.PaymentIntents;
using Dojo.Pci.Tokenization.SetupIntents;

namespace Dojo.Pci.Tokenization.Seeding;

/// <summary>A planned token of a data set: everything that does not depend on the sandbox and the time.</summary>
internal sealed record PlannedToken
{
    /// <summary>Its final status.</summary>
    public required SetupIntentStatus Status { get; init; }

    /// <summary>Its card; null if it has none.</summary>
    public required TestCard? Card { get; init; }

    /// <summary>The number of months from the token's creation to the month in which its card expires; negative if the card had already expired.</summary>
    public required int MonthsToExpiry { get; init; }

    /// <summary>How long before the base of the data set the token was created.</summary>
    public required TimeSpan Age { get; init; }

    /// <summary>How long after its creation it reached its final status, if that is not the first. Less than its age.</summary>
    public required TimeSpan ChangedAfter { get; init; }

    /// <summary>How long after the base of the data set it expires, unless it has already expired.</summary>
    public required TimeSpan ExpiresIn { get; init; }

    /// <summary>Its reference.</summary>
    public required string Reference { get; init; }

    /// <summary>The sales channel in its metadata.</summary>
    public required string Channel { get; init; }

    /// <summary>The intended or charged amount, in minor units.</summary>
    public required long Amount { get; init; }

    /// <summary>The issuer's approval code.</summary>
    public required string AuthCode { get; init; }

    /// <summary>The final status of its payment; null if it has none.</summary>
    public required PaymentIntentStatus? Payment { get; init; }
}

/// <summary>
/// Plans a data set. Each token depends on the wish and its place alone, so it can be made without the others, and a run can continue where it
/// stopped. Places are in order of time, oldest first.
/// </summary>
internal static class SeedPlan
{
    private const int BlockSize = 10;
    private const int MillisecondsOfHour = 3_600_000;
    private const int DaysOfSpan = 30;

    // Each block of ten tokens has these statuses, in a different order, so that every data set has all statuses in the same shares.
    private static readonly SetupIntentStatus[] s_block =
    [
        SetupIntentStatus.Authorized,
        SetupIntentStatus.Authorized,
        SetupIntentStatus.Authorized,
        SetupIntentStatus.Completed,
        SetupIntentStatus.Completed,
        SetupIntentStatus.Created,
        SetupIntentStatus.Expired,
        SetupIntentStatus.CardExpired,
        SetupIntentStatus.Canceled,
        SetupIntentStatus.Closed,
    ];

    private const int FirstAuthorized = 0;
    private const int FirstCompleted = 3;
    private const int SecondCompleted = 4;

    // The final status of the payment of the second completed token of each block, in turn.
    private static readonly PaymentIntentStatus[] s_charged = [PaymentIntentStatus.Refunded, PaymentIntentStatus.Authorized, PaymentIntentStatus.Captured, PaymentIntentStatus.Reversed];

    // The final status of the payment of the first authorized token of each block, in turn: it has not been charged.
    private static readonly PaymentIntentStatus[] s_uncharged = [PaymentIntentStatus.Created, PaymentIntentStatus.Canceled];

    // The relative traffic in each hour of a day that ends at the time of day of the request, so that charts show days and nights.
    private static readonly int[] s_hours = [5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6];
    private static readonly int s_day = s_hours.Sum();

    private static readonly TestCard[] s_declining = [.. TestCards.All.Where(card => card.Outcome == TestCardOutcome.Declines)];
    private static readonly TestCard[] s_approving = [.. TestCards.All.Where(card => card.Outcome == TestCardOutcome.Approves)];
    private static readonly TestCard[] s_usual = [.. s_approving.Where(card => card.Scheme is CardScheme.Visa or CardScheme.Mastercard)];

    private static readonly string[] s_occasions = ["Booking", "Order", "Membership", "Deposit"];
    private static readonly string[] s_channels = ["web", "app", "phone", "front desk"];

    /// <summary>Plans the token at a place, counted from 0.</summary>
    public static PlannedToken At(SeedWish wish, int place)
    {
        var (block, kind) = (place / BlockSize, KindAt(wish.Seed, place));
        var draws = new SeedDraws(wish.Seed, place);
        var status = s_block[kind];
        var age = AgeAt(wish.Size, place, draws.Below(MillisecondsOfHour));
        return new PlannedToken
        {
            Status = status,
            Card = CardOf(status, block, ref draws),
            MonthsToExpiry = status == SetupIntentStatus.CardExpired ? -1 - draws.Below(12) : 6 + draws.Below(42),
            Age = age,
            ChangedAfter = new TimeSpan(age.Ticks / 100 * (5 + draws.Below(60))),
            ExpiresIn = TimeSpan.FromHours(1 + draws.Below(30 * 24)),
            Reference = string.Create(CultureInfo.InvariantCulture, $"{s_occasions[draws.Below(s_occasions.Length)]} {wish.Seed}-{place + 1}"),
            Channel = s_channels[draws.Below(s_channels.Length)],
            Amount = 500 + draws.Below(24_500),
            AuthCode = draws.Below(1_000_000).ToString("000000", CultureInfo.InvariantCulture),
            Payment = PaymentOf(kind, block),
        };
    }

    /// <summary>Counts the tokens and payments of a data set by status.</summary>
    public static SeedOutline Outline(SeedWish wish)
    {
        // A whole block has each kind once; in a partial last block, the order decides which kinds are present.
        var places = Enumerable.Range(0, wish.Size).Select(place => (Block: place / BlockSize, Kind: place / BlockSize < wish.Size / BlockSize ? place % BlockSize : KindAt(wish.Seed, place))).ToList();
        return new SeedOutline(
            SharesOf(places.Select(at => s_block[at.Kind])),
            SharesOf(places.Select(at => PaymentOf(at.Kind, at.Block)).OfType<PaymentIntentStatus>()));
    }

    private static PaymentIntentStatus? PaymentOf(int kind, int block) => kind switch
    {
        FirstAuthorized => s_uncharged[block % s_uncharged.Length],
        FirstCompleted => PaymentIntentStatus.Captured,
        SecondCompleted => s_charged[block % s_charged.Length],
        _ => null,
    };

    private static SeedShare[] SharesOf<TStatus>(IEnumerable<TStatus> statuses)
        where TStatus : struct, Enum =>
        [.. statuses.CountBy(status => status).OrderBy(share => share.Key).Select(share => new SeedShare(share.Key.ToString(), share.Value))];

    // Blocks have streams of their own: negative numbers, while those of places are not.
    private static int KindAt(int seed, int place)
    {
        Span<int> kinds = stackalloc int[BlockSize];
        var draws = new SeedDraws(seed, ~(place / BlockSize));
        for (var at = 0; at < BlockSize; at++)
        {
            var other = draws.Below(at + 1);
            (kinds[at], kinds[other]) = (kinds[other], at);
        }

        return kinds[place % BlockSize];
    }

    private static TestCard? CardOf(SetupIntentStatus status, int block, ref SeedDraws draws) => status switch
    {
        SetupIntentStatus.Created when block % 2 == 0 => s_declining[draws.Below(s_declining.Length)],
        SetupIntentStatus.Created or SetupIntentStatus.Expired or SetupIntentStatus.Canceled => null,
        _ when draws.Below(4) > 0 => s_usual[draws.Below(s_usual.Length)],
        _ => s_approving[draws.Below(s_approving.Length)],
    };

    // Uses integer arithmetic, because other machines may round fractions differently.
    private static TimeSpan AgeAt(int size, int place, int within)
    {
        var at = (((long)place * MillisecondsOfHour) + within) * DaysOfSpan * s_day / size;
        var (days, rest) = Math.DivRem(at, (long)s_day * MillisecondsOfHour);
        var hour = 0;
        while (rest >= (long)s_hours[hour] * MillisecondsOfHour)
        {
            rest -= (long)s_hours[hour] * MillisecondsOfHour;
            hour++;
        }

        var since = TimeSpan.FromDays(days) + TimeSpan.FromHours(hour) + TimeSpan.FromMilliseconds(rest / s_hours[hour]);
        return SeedLimits.Span - since;
    }
}

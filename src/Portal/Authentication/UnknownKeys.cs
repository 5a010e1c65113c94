using System.Net;
using Dojo.Pci.Portal.Api;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Alarms;
using Dojo.Pci.Tokenization.Audit;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>
/// Detects addresses that try many different invalid API keys. Only requests without a valid key are counted and refused: a valid key from the
/// same address still works.
/// </summary>
/// <remarks>
/// Of each key that was tried, only a 32-bit hash is kept in memory, seeded with a random value of the process. So about one new key in four
/// billion is taken for a given earlier one.
/// </remarks>
internal sealed partial class UnknownKeys(
    IOptions<ApiOptions> options, IAlarms alarms, IAccountStore accounts, TimeProvider clock, ILogger<UnknownKeys> logger)
{
    /// <summary>The time window in which keys are counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    // Beyond this number, addresses are forgotten: those whose window is over, otherwise the one whose window ends first.
    private const int MostNetworks = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, Attempts> _byNetwork = [];
    private Location? _first;

    /// <summary>Counts an invalid key.</summary>
    /// <param name="address">The address that sent it.</param>
    /// <param name="presented">The key; empty if none was sent, which does not count.</param>
    /// <returns>How long the address must wait before it tries again; null if the address is not refused.</returns>
    public TimeSpan? Note(IPAddress? address, ReadOnlySpan<char> presented)
    {
        if (presented.IsEmpty)
        {
            return null;
        }

        var hash = string.GetHashCode(presented, StringComparison.Ordinal);
        var network = AddressLimiter.NetworkOf(address);
        var now = clock.GetUtcNow();
        lock (_gate)
        {
            if (!_byNetwork.TryGetValue(network, out var attempts) || attempts.IsOverAt(now))
            {
                MakeRoom(now);
                _byNetwork[network] = attempts = new Attempts(now + Window);
            }

            if (attempts.Seen.Count < options.Value.UnknownKeysPerAddress)
            {
                attempts.Seen.Add(hash);
                return null;
            }

            return attempts.Seen.Contains(hash) && !attempts.IsExcessive ? null : attempts.Refuse(now);
        }
    }

    /// <summary>Records that an address is refused: in the log, and in the audit trail and notices of the first account, which is the operator's.</summary>
    public async Task ReportAsync(IPAddress? address, CancellationToken ct)
    {
        // It remains the first account, because accounts are never deleted.
        _first ??= await accounts.ListLocationsAsync(ct) is [var first, ..] ? first : null;
        if (_first is null)
        {
            return;
        }

        var alarm = new Alarm
        {
            Account = _first.Account,
            Actor = "stranger",
            Action = AuditAction.KeyGuessingRefused,
            Subject = "key:unknown",
            Detail = $"more than {options.Value.UnknownKeysPerAddress} different invalid API keys, within {Window.TotalMinutes} minutes",
            Address = address,
        };
        if (await alarms.RaiseAsync(alarm))
        {
            Log.Guessing(logger, address, options.Value.UnknownKeysPerAddress);
        }
    }

    private void MakeRoom(DateTimeOffset now)
    {
        if (_byNetwork.Count < MostNetworks)
        {
            return;
        }

        foreach (var (network, _) in _byNetwork.Where(known => known.Value.IsOverAt(now)).ToList().DefaultIfEmpty(_byNetwork.MinBy(known => known.Value.Until)))
        {
            _byNetwork.Remove(network);
        }
    }

    private sealed class Attempts(DateTimeOffset until)
    {
        public DateTimeOffset Until => until;

        public HashSet<int> Seen { get; } = [];

        public bool IsExcessive { get; private set; }

        public bool IsOverAt(DateTimeOffset now) => now >= until || until - now > Window;

        public TimeSpan Refuse(DateTimeOffset now)
        {
            IsExcessive = true;
            return until - now;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4001, LogLevel.Warning, "From {Address} more than {Keys} different invalid API keys were tried. Further ones are refused for a while.")]
        public static partial void Guessing(ILogger logger, IPAddress? address, int keys);
    }
}

using System.Net;
using Dojo.Pci.Portal.Api;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Alarms;
using Dojo.Pci.Tokenization.Audit;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Portal.Authentication;

/// <summary>
/// Notices who tries many different API keys that are not good. Only requests that have none of the good ones are counted and refused: a good key from the same address works as always.
/// </summary>
/// <remarks>
/// Of a key that was tried, a hash of 32 bits is kept in memory, under a key that the process makes at its start. One more attempt in four thousand millions is taken for an earlier one.
/// </remarks>
internal sealed partial class UnknownKeys(
    IOptions<ApiOptions> options, IAlarms alarms, IAccountStore accounts, TimeProvider clock, ILogger<UnknownKeys> logger)
{
    /// <summary>The time in which keys are counted.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    // Of more addresses, some are forgotten: those whose time is over first.
    private const int MostNetworks = 4096;

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, Attempts> _byNetwork = [];
    private Location? _first;

    /// <summary>Counts a key that is not good.</summary>
    /// <param name="address">From where it came.</param>
    /// <param name="presented">The key; empty when none came, which is no attempt.</param>
    /// <returns>Null, or after how long the address may try again.</returns>
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

    /// <summary>Records that an address is refused: in the log, and in the trail and the pages of the account that was there first, which is that of the operator.</summary>
    public async Task ReportAsync(IPAddress? address, CancellationToken ct)
    {
        // It stays the first; an account is never deleted.
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
            Detail = $"more than {options.Value.UnknownKeysPerAddress} different API keys that are not good, within {Window.TotalMinutes} minutes",
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
        [LoggerMessage(4001, LogLevel.Warning, "From {Address} more than {Keys} different API keys that are not good were tried. Further ones are refused for a while.")]
        public static partial void Guessing(ILogger logger, IPAddress? address, int keys);
    }
}

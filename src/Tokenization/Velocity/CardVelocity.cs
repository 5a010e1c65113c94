using System.Collections.Concurrent;
using System.Globalization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Alarms;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.Velocity;

/// <summary>What became of a card number.</summary>
/// <param name="Refusal">Why it is refused; null when it is not.</param>
/// <param name="IsNew">Whether it was counted as a new one.</param>
internal readonly record struct VelocityVerdict(Refusal? Refusal, bool IsNew);

/// <summary>
/// Notices card testing: somebody who sends many different card numbers to learn which of them are good. From then on it refuses new numbers of that key or location, until
/// fewer have come within the window; numbers that were sent before are taken as always. What it counts is in memory, and begins anew with each start.
/// </summary>
internal sealed class CardVelocity(IOptions<VelocityOptions> options, IAlarms alarms, TimeProvider clock)
{
    private const int MostPlaces = 256;
    private static readonly VelocityVerdict s_notNew = new(null, IsNew: false);

    private readonly ConcurrentDictionary<Tenant, VelocityPlace> _places = new();

    /// <summary>Checks a card number before its issuer is asked, and counts it if it is new.</summary>
    /// <param name="caller">Who sends it.</param>
    /// <param name="bin">Its first six digits.</param>
    /// <param name="fingerprint">Its keyed fingerprint.</param>
    public ValueTask<VelocityVerdict> ValidateAsync(Caller caller, int bin, ReadOnlySpan<byte> fingerprint)
    {
        var limits = LimitsOf(caller.Tenant.Environment);
        if (!options.Value.Enabled || (limits.OfKey.IsOff && limits.OfLocation.IsOff))
        {
            return ValueTask.FromResult(s_notNew);
        }

        var now = clock.GetUtcNow();
        if (!_places.TryGetValue(caller.Tenant, out var place))
        {
            Forget(now);
            place = _places.GetOrAdd(caller.Tenant, _ => new VelocityPlace(limits, options.Value.Window, now));
        }

        return place.Validate(caller.Actor, bin, fingerprint, now, out var isNew) is { } excess
            ? RefuseAsync(caller, limits, excess)
            : ValueTask.FromResult(new VelocityVerdict(null, isNew));
    }

    /// <summary>Counts a new card number that its issuer declined.</summary>
    public void NoteDeclined(Caller caller)
    {
        if (_places.TryGetValue(caller.Tenant, out var place))
        {
            place.NoteDeclined(caller.Actor);
        }
    }

    private async ValueTask<VelocityVerdict> RefuseAsync(Caller caller, VelocityLimits limits, VelocityExcess excess)
    {
        var what = WordsOf(excess, excess.IsOfLocation ? limits.OfLocation : limits.OfKey);
        await alarms.RaiseAsync(new Alarm
        {
            Account = caller.Tenant.Account,
            Tenant = caller.Tenant,
            Key = excess.IsOfLocation ? null : ApiKeyId.OfSubject(caller.Actor),
            Actor = caller.Actor,
            Action = "card testing refused",
            Subject = excess.IsOfLocation ? $"location:{caller.Tenant.Location.Value}" : caller.Actor,
            Detail = $"{caller.Tenant.Environment}: {what}",
        });
        var by = excess.IsOfLocation ? "the API keys of this location" : "this API key";
        return new(
            new Refusal.Limited(
                $"Card velocity: {by} sent {what}. New card numbers are refused for now; those that were sent before are still taken. This is not the limit on requests.",
                excess.RetryAfter),
            IsNew: false);
    }

    private string WordsOf(VelocityExcess excess, CardLimits limits)
    {
        var minutes = options.Value.Window.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture);
        return excess.Rule switch
        {
            VelocityRule.Numbers => $"more than {limits.Numbers} different card numbers within {minutes} minutes",
            VelocityRule.OneBin => $"more than {limits.NumbersOfOneBin} different card numbers of one BIN within {minutes} minutes",
            _ => $"cards within {minutes} minutes of which more than {limits.DeclinedPercent} % were declined",
        };
    }

    private VelocityLimits LimitsOf(TenantEnvironment environment) =>
        environment == TenantEnvironment.Production ? options.Value.Production : options.Value.Sandbox;

    // Of more places, those that were asked longest ago are forgotten first: nobody tests cards there at the moment.
    private void Forget(DateTimeOffset now)
    {
        if (_places.Count < MostPlaces)
        {
            return;
        }

        foreach (var idle in _places.Where(place => now - place.Value.LastAsked > 2 * options.Value.Window).DefaultIfEmpty(_places.MinBy(place => place.Value.LastAsked)))
        {
            _places.TryRemove(idle);
        }
    }
}

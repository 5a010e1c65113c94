using System.Collections.Concurrent;
using System.Globalization;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Alarms;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Audit;
using Dojo.Pci.Tokenization.Nodes;
using Dojo.Pci.Tokenization.Results;
using Microsoft.Extensions.Options;

namespace Dojo.Pci.Tokenization.Velocity;

/// <summary>The result of checking a card number.</summary>
/// <param name="Refusal">Why it is refused; null if it is not.</param>
/// <param name="IsNew">Whether it was counted as a new one.</param>
internal readonly record struct VelocityVerdict(Refusal? Refusal, bool IsNew);

/// <summary>
/// Detects card testing: a caller that sends many different card numbers to learn which of them are valid. It then refuses new numbers from that key or
/// location until fewer have come within the window; numbers that were sent before are still accepted. The counts are in memory and start at zero with
/// each start; nodes tell each other what they count.
/// </summary>
internal sealed class CardVelocity
{
    private const int MostPlaces = 256;
    private static readonly VelocityVerdict s_notNew = new(null, IsNew: false);

    private readonly ConcurrentDictionary<Tenant, VelocityPlace> _places = new();
    private readonly VelocityOptions _options;
    private readonly IAlarms _alarms;
    private readonly NodeMessages _messages;
    private readonly TimeProvider _clock;

    public CardVelocity(IOptions<VelocityOptions> options, IAlarms alarms, NodeMessages messages, TimeProvider clock)
    {
        (_options, _alarms, _messages, _clock) = (options.Value, alarms, messages, clock);
        messages.Hear(NodeTopic.CardNumber, CountOther);
        messages.Hear(NodeTopic.CardDeclined, message => CountDeclined(message.GetTenant(), message.Actor!));
    }

    /// <summary>Checks a card number before its issuer is asked, and counts it if it is new.</summary>
    /// <param name="caller">The caller that sends it.</param>
    /// <param name="bin">Its first six digits.</param>
    /// <param name="fingerprint">Its keyed fingerprint.</param>
    public ValueTask<VelocityVerdict> ValidateAsync(Caller caller, int bin, ReadOnlySpan<byte> fingerprint)
    {
        var limits = LimitsOf(caller.Tenant.Environment);
        if (!_options.Enabled || (limits.OfKey.IsOff && limits.OfLocation.IsOff))
        {
            return ValueTask.FromResult(s_notNew);
        }

        var now = _clock.GetUtcNow();
        if (PlaceOf(caller.Tenant, now).Validate(caller.Actor, bin, fingerprint, now, out var isNew) is { } excess)
        {
            return RefuseAsync(caller, limits, excess);
        }

        if (isNew && _messages.HasListeners)
        {
            _messages.Send(caller.Tenant.About(NodeTopic.CardNumber) with { Actor = caller.Actor, Bin = bin, Fingerprint = Convert.ToBase64String(fingerprint) });
        }

        return ValueTask.FromResult(new VelocityVerdict(null, isNew));
    }

    /// <summary>Counts a new card number that its issuer declined.</summary>
    public void NoteDeclined(Caller caller)
    {
        CountDeclined(caller.Tenant, caller.Actor);
        _messages.Send(caller.Tenant.About(NodeTopic.CardDeclined) with { Actor = caller.Actor });
    }

    private VelocityPlace PlaceOf(Tenant tenant, DateTimeOffset now)
    {
        if (_places.TryGetValue(tenant, out var place))
        {
            return place;
        }

        Forget(now);
        return _places.GetOrAdd(tenant, static (of, made) => new VelocityPlace(made.Item1.LimitsOf(of.Environment), made.Item1._options.Window, made.now), (this, now));
    }

    // Numbers that other nodes have accepted count here too, a moment later; they are not refused afterwards.
    private void CountOther(NodeMessage message)
    {
        var now = _clock.GetUtcNow();
        PlaceOf(message.GetTenant(), now).Validate(message.Actor!, message.Bin, Convert.FromBase64String(message.Fingerprint!), now, out _);
    }

    private void CountDeclined(Tenant tenant, string actor)
    {
        if (_places.TryGetValue(tenant, out var place))
        {
            place.NoteDeclined(actor);
        }
    }

    private async ValueTask<VelocityVerdict> RefuseAsync(Caller caller, VelocityLimits limits, VelocityExcess excess)
    {
        var what = WordsOf(excess, excess.IsOfLocation ? limits.OfLocation : limits.OfKey);
        await _alarms.RaiseAsync(new Alarm
        {
            Account = caller.Tenant.Account,
            Tenant = caller.Tenant,
            Key = excess.IsOfLocation ? null : ApiKeyId.OfSubject(caller.Actor),
            Actor = caller.Actor,
            Action = AuditAction.CardTestingRefused,
            Subject = excess.IsOfLocation ? $"location:{caller.Tenant.Location.Value}" : caller.Actor,
            Detail = $"{caller.Tenant.Environment}: {what}",
        });
        var by = excess.IsOfLocation ? "the API keys of this location" : "this API key";
        return new(
            new Refusal.Limited(
                $"Card velocity: {by} sent {what}. New card numbers are refused for now; those that were sent before are still accepted. This is not the request rate limit.",
                excess.RetryAfter),
            IsNew: false);
    }

    private string WordsOf(VelocityExcess excess, CardLimits limits)
    {
        var minutes = _options.Window.TotalMinutes.ToString("0.#", CultureInfo.InvariantCulture);
        return excess.Rule switch
        {
            VelocityRule.Numbers => $"more than {limits.Numbers} different card numbers within {minutes} minutes",
            VelocityRule.OneBin => $"more than {limits.NumbersOfOneBin} different card numbers of one BIN within {minutes} minutes",
            _ => $"cards within {minutes} minutes of which more than {limits.DeclinedPercent} % were declined",
        };
    }

    private VelocityLimits LimitsOf(TenantEnvironment environment) =>
        environment == TenantEnvironment.Production ? _options.Production : _options.Sandbox;

    // Makes room for a new place by removing the idle ones, or else the one that was used longest ago: nobody tests cards there at the moment.
    private void Forget(DateTimeOffset now)
    {
        if (_places.Count < MostPlaces)
        {
            return;
        }

        foreach (var idle in _places.Where(place => now - place.Value.LastAsked > 2 * _options.Window).DefaultIfEmpty(_places.MinBy(place => place.Value.LastAsked)))
        {
            _places.TryRemove(idle);
        }
    }
}

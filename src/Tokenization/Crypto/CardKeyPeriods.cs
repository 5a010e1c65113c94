using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>How far the active card key of an environment is through its period: a year, or 2^28 records (PCI DSS 3.7.4).</summary>
/// <param name="KeyId">The key.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Uses">How many records it has sealed, counted ahead.</param>
internal sealed record CardKeyPeriod(int KeyId, DateTimeOffset CreatedAt, long Uses)
{
    /// <summary>The most records that it seals.</summary>
    public const long MostUses = KeyRing.UsesBeforeRotation;

    /// <summary>How long before its end it is told of.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    private const int TellingPercent = 90;

    /// <summary>The end of its year: what is sealed from then on has a successor.</summary>
    public DateTimeOffset EndsAt => CreatedAt + KeyRing.AgeBeforeRotation;

    /// <summary>Whether nine tenths of its records are sealed.</summary>
    public bool IsNearlyUsedUp => Uses * 100 >= MostUses * TellingPercent;
}

/// <summary>Knows the periods of card keys. They change slowly, and every page asks: what was read a minute ago is good enough.</summary>
internal sealed class CardKeyPeriods(IDataKeyStore store, TimeProvider clock)
{
    private static readonly TimeSpan s_trustedFor = TimeSpan.FromMinutes(1);

    private Tuple<StoredDataKeys, long>? _recent; // a reference, which is replaced at once

    /// <summary>The period of the active card key of an environment.</summary>
    public async Task<CardKeyPeriod> FindAsync(TenantEnvironment environment, CancellationToken ct)
    {
        var recent = _recent;
        if (recent is null || clock.GetElapsedTime(recent.Item2) >= s_trustedFor)
        {
            var since = clock.GetTimestamp();
            _recent = recent = Tuple.Create(await store.ReadAsync(ct), since);
        }

        var active = recent.Item1.Keys.Single(key => key.Description is { Purpose: DataKeyPurpose.Card, State: DataKeyState.Active } known && known.Environment == environment);
        return new CardKeyPeriod(active.Description.Id, active.Description.CreatedAt, active.Uses);
    }
}

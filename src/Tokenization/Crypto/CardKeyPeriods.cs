using Dojo.Pci.Tokenization.Accounts;

namespace Dojo.Pci.Tokenization.Crypto;

/// <summary>How far the active card key of an environment is through its cryptoperiod: a year, or 2^28 records (PCI DSS 3.7.4).</summary>
/// <param name="KeyId">The id of the key.</param>
/// <param name="CreatedAt">When the key was created.</param>
/// <param name="Uses">The number of records it has sealed, including those reserved in advance.</param>
internal sealed record CardKeyPeriod(int KeyId, DateTimeOffset CreatedAt, long Uses)
{
    /// <summary>The most records that the key may seal.</summary>
    public const long MostUses = KeyRing.UsesBeforeRotation;

    /// <summary>How long before a period ends members are told of its end.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    private const int TellingPercent = 90;

    /// <summary>When the key is a year old. From then on a successor seals.</summary>
    public DateTimeOffset EndsAt => CreatedAt + KeyRing.AgeBeforeRotation;

    /// <summary>Whether the key has sealed nine tenths of its records.</summary>
    public bool IsNearlyUsedUp => Uses * 100 >= MostUses * TellingPercent;
}

/// <summary>Reads the periods of card keys. They change slowly and every page asks for them, so they are cached for a minute.</summary>
internal sealed class CardKeyPeriods(IDataKeyStore store, TimeProvider clock)
{
    private static readonly TimeSpan s_trustedFor = TimeSpan.FromMinutes(1);

    private Tuple<StoredDataKeys, long>? _recent; // a reference, so that it is replaced atomically

    /// <summary>Finds the period of the active card key of an environment.</summary>
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

using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Storage.Sqlite;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.Storage.SetupIntents;

/// <summary>A row of <c>setup_intents</c>, in types that every driver gives.</summary>
internal sealed record SetupIntentRow
{
    public const string Columns = """
        id AS Id, account_id AS AccountId, location_id AS LocationId, environment AS Environment, status AS Status,
        created_at AS CreatedAt, updated_at AS UpdatedAt, reference AS Reference, description AS Description, metadata AS Metadata,
        card_leading AS CardLeading, card_last_four AS CardLastFour, card_scheme AS CardScheme, card_expiry AS CardExpiry,
        card_fingerprint AS CardFingerprint, card_record AS CardRecord, transaction_type AS TransactionType, terms AS Terms,
        intended_amount AS IntendedAmount, intended_currency AS IntendedCurrency, details AS Details, expire_at AS ExpireAt,
        client_secret_generation AS ClientSecretGeneration, client_secret_expires_at AS ClientSecretExpiresAt, due_at AS DueAt,
        charged_by AS ChargedBy, attempt_id AS AttemptId, attempt_until AS AttemptUntil
        """;

    public required long Id { get; init; }

    public required long AccountId { get; init; }

    public required long LocationId { get; init; }

    public required int Environment { get; init; }

    public required string Status { get; init; }

    public required long CreatedAt { get; init; }

    public required long UpdatedAt { get; init; }

    public required string Reference { get; init; }

    public string? Description { get; init; }

    public string? Metadata { get; init; }

    public string? CardLeading { get; init; }

    public string? CardLastFour { get; init; }

    public string? CardScheme { get; init; }

    public int? CardExpiry { get; init; }

    public byte[]? CardFingerprint { get; init; }

    public byte[]? CardRecord { get; init; }

    public string? TransactionType { get; init; }

    public string? Terms { get; init; }

    public long? IntendedAmount { get; init; }

    public string? IntendedCurrency { get; init; }

    public string? Details { get; init; }

    public long? ExpireAt { get; init; }

    public int ClientSecretGeneration { get; init; }

    public long? ClientSecretExpiresAt { get; init; }

    public long? DueAt { get; init; }

    public long? ChargedBy { get; init; }

    public string? AttemptId { get; init; }

    public long? AttemptUntil { get; init; }

    public static SetupIntentRow Of(StoredSetupIntent intent) => new()
    {
        Id = intent.RecordId,
        AccountId = intent.Tenant.Account.Value,
        LocationId = intent.Tenant.Location.Value,
        Environment = (int)intent.Tenant.Environment,
        Status = intent.Status.ToString(),
        CreatedAt = UnixTime.Of(intent.CreatedAt),
        UpdatedAt = UnixTime.Of(intent.UpdatedAt),
        Reference = intent.Reference,
        Description = intent.Description,
        Metadata = StoredMetadata.Write(intent.Metadata),
        CardLeading = intent.Card?.Masked.LeadingDigits,
        CardLastFour = intent.Card?.Masked.LastFour,
        CardScheme = intent.Card?.Scheme.ToString(),
        CardExpiry = NumberOf(intent.Card?.Expiry),
        CardFingerprint = intent.Card?.Fingerprint,
        CardRecord = intent.Card?.SealedRecord,
        TransactionType = intent.Mandate.TransactionType,
        Terms = intent.Mandate.Terms,
        IntendedAmount = intent.Mandate.IntendedAmount?.Value,
        IntendedCurrency = intent.Mandate.IntendedAmount?.CurrencyCode,
        Details = intent.Mandate.DetailsJson,
        ExpireAt = UnixTime.Of(intent.ExpireAt),
        ClientSecretGeneration = intent.ClientSecret?.Generation ?? 0,
        ClientSecretExpiresAt = UnixTime.Of(intent.ClientSecret?.ExpiresAt),
        DueAt = UnixTime.Of(intent.DueAt),
        ChargedBy = intent.ChargedBy,
        AttemptId = intent.Attempt?.TransactionId,
        AttemptUntil = UnixTime.Of(intent.Attempt?.AskAt),
    };

    /// <summary>The row that a statement over <see cref="Columns"/> is at: the way of reading that is taken for each token that is asked for.</summary>
    public static SetupIntentRow Read(PreparedStatement row) => new()
    {
        Id = row.Int64(0),
        AccountId = row.Int64(1),
        LocationId = row.Int64(2),
        Environment = (int)row.Int64(3),
        Status = row.Text(4)!,
        CreatedAt = row.Int64(5),
        UpdatedAt = row.Int64(6),
        Reference = row.Text(7)!,
        Description = row.Text(8),
        Metadata = row.Text(9),
        CardLeading = row.Text(10),
        CardLastFour = row.Text(11),
        CardScheme = row.Text(12),
        CardExpiry = (int?)row.Int64OrNull(13),
        CardFingerprint = row.Blob(14),
        CardRecord = row.Blob(15),
        TransactionType = row.Text(16),
        Terms = row.Text(17),
        IntendedAmount = row.Int64OrNull(18),
        IntendedCurrency = row.Text(19),
        Details = row.Text(20),
        ExpireAt = row.Int64OrNull(21),
        ClientSecretGeneration = (int)row.Int64(22),
        ClientSecretExpiresAt = row.Int64OrNull(23),
        DueAt = row.Int64OrNull(24),
        ChargedBy = row.Int64OrNull(25),
        AttemptId = row.Text(26),
        AttemptUntil = row.Int64OrNull(27),
    };

    /// <summary>An expiry as it is stored: year * 100 + month.</summary>
    public static int? NumberOf(CardExpiry? expiry) => expiry is { } known ? (known.Year * 100) + known.Month : null;

    /// <summary>Whose it is.</summary>
    public Tenant Tenant => new(new AccountId(AccountId), new LocationId(LocationId), (TenantEnvironment)Environment);

    public StoredSetupIntent ToDomain() => new(
        Id,
        Tenant,
        Enum.Parse<SetupIntentStatus>(Status),
        UnixTime.ToInstant(CreatedAt),
        UnixTime.ToInstant(UpdatedAt),
        Reference,
        Description,
        StoredMetadata.Read(Metadata),
        CardExpiry is not { } expiry ? null : new StoredCard(
            new MaskedCardNumber(CardLeading!, CardLastFour!),
            Enum.Parse<CardScheme>(CardScheme!),
            new CardExpiry(expiry / 100, expiry % 100),
            CardFingerprint,
            CardRecord))
    {
        Mandate = new Mandate(
            TransactionType, Terms, IntendedAmount is { } amount ? new Money(amount, IntendedCurrency!) : null, Details),
        ExpireAt = UnixTime.ToInstant(ExpireAt),
        ClientSecret = UnixTime.ToInstant(ClientSecretExpiresAt) is { } at ? new ClientSecretState(ClientSecretGeneration, at) : null,
        DueAt = UnixTime.ToInstant(DueAt),
        ChargedBy = ChargedBy,
        Attempt = AttemptId is null ? null : new UnresolvedAttempt(AttemptId, UnixTime.ToInstant(AttemptUntil!.Value)),
    };
}

using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.SetupIntents;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Tokenization.Storage.SetupIntents;

/// <summary>A row of <c>setup_intents</c>, in types that every driver returns.</summary>
internal sealed record SetupIntentRow
{
    /// <summary>The columns, each named like the property that holds it.</summary>
    internal enum Column
    {
        Id,
        AccountId,
        LocationId,
        Environment,
        Status,
        CreatedAt,
        UpdatedAt,
        Reference,
        Description,
        Metadata,
        CardLeading,
        CardLastFour,
        CardScheme,
        CardExpiry,
        CardFingerprint,
        CardRecord,
        TransactionType,
        Terms,
        IntendedAmount,
        IntendedCurrency,
        Details,
        ExpireAt,
        ClientSecretGeneration,
        ClientSecretExpiresAt,
        DueAt,
        ChargedBy,
        AttemptId,
        AttemptUntil,
    }

    /// <summary>The columns that are selected and inserted.</summary>
    public static readonly ColumnList Columns = ColumnList.OfEnum<Column>();

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

    /// <summary>Reads the current row of a statement over <see cref="Columns"/>. This is the path of every request for a token.</summary>
    public static SetupIntentRow Read(PreparedStatement row) => new()
    {
        Id = row.Int64(Column.Id),
        AccountId = row.Int64(Column.AccountId),
        LocationId = row.Int64(Column.LocationId),
        Environment = (int)row.Int64(Column.Environment),
        Status = row.Text(Column.Status)!,
        CreatedAt = row.Int64(Column.CreatedAt),
        UpdatedAt = row.Int64(Column.UpdatedAt),
        Reference = row.Text(Column.Reference)!,
        Description = row.Text(Column.Description),
        Metadata = row.Text(Column.Metadata),
        CardLeading = row.Text(Column.CardLeading),
        CardLastFour = row.Text(Column.CardLastFour),
        CardScheme = row.Text(Column.CardScheme),
        CardExpiry = (int?)row.Int64OrNull(Column.CardExpiry),
        CardFingerprint = row.Blob(Column.CardFingerprint),
        CardRecord = row.Blob(Column.CardRecord),
        TransactionType = row.Text(Column.TransactionType),
        Terms = row.Text(Column.Terms),
        IntendedAmount = row.Int64OrNull(Column.IntendedAmount),
        IntendedCurrency = row.Text(Column.IntendedCurrency),
        Details = row.Text(Column.Details),
        ExpireAt = row.Int64OrNull(Column.ExpireAt),
        ClientSecretGeneration = (int)row.Int64(Column.ClientSecretGeneration),
        ClientSecretExpiresAt = row.Int64OrNull(Column.ClientSecretExpiresAt),
        DueAt = row.Int64OrNull(Column.DueAt),
        ChargedBy = row.Int64OrNull(Column.ChargedBy),
        AttemptId = row.Text(Column.AttemptId),
        AttemptUntil = row.Int64OrNull(Column.AttemptUntil),
    };

    /// <summary>
    /// Binds a setup intent to a statement that inserts <see cref="Columns"/>, starting at the first parameter. Each tokenization waits for this, so no
    /// row object is created.
    /// </summary>
    /// <param name="insert">The statement.</param>
    /// <param name="intent">The setup intent.</param>
    /// <param name="metadata">The metadata from <see cref="StoredMetadata.WriteUtf8"/>.</param>
    public static PreparedStatement Bind(PreparedStatement insert, StoredSetupIntent intent, byte[]? metadata) => insert
        .Bind(Column.Id, intent.RecordId)
        .Bind(Column.AccountId, intent.Tenant.Account.Value)
        .Bind(Column.LocationId, intent.Tenant.Location.Value)
        .Bind(Column.Environment, (int)intent.Tenant.Environment)
        .Bind(Column.Status, Enum.GetName(intent.Status)) // ToString boxes the value
        .Bind(Column.CreatedAt, UnixTime.Of(intent.CreatedAt))
        .Bind(Column.UpdatedAt, UnixTime.Of(intent.UpdatedAt))
        .Bind(Column.Reference, intent.Reference)
        .Bind(Column.Description, intent.Description)
        .BindUtf8(Column.Metadata, metadata)
        .Bind(Column.CardLeading, intent.Card?.Masked.LeadingDigits)
        .Bind(Column.CardLastFour, intent.Card?.Masked.LastFour)
        .Bind(Column.CardScheme, intent.Card is { } card ? Enum.GetName(card.Scheme) : null)
        .Bind(Column.CardExpiry, NumberOf(intent.Card?.Expiry))
        .Bind(Column.CardFingerprint, intent.Card?.Fingerprint)
        .Bind(Column.CardRecord, intent.Card?.SealedRecord)
        .Bind(Column.TransactionType, intent.Mandate.TransactionType)
        .Bind(Column.Terms, intent.Mandate.Terms)
        .Bind(Column.IntendedAmount, intent.Mandate.IntendedAmount?.Value)
        .Bind(Column.IntendedCurrency, intent.Mandate.IntendedAmount?.CurrencyCode)
        .Bind(Column.Details, intent.Mandate.DetailsJson)
        .Bind(Column.ExpireAt, UnixTime.Of(intent.ExpireAt))
        .Bind(Column.ClientSecretGeneration, intent.ClientSecret?.Generation ?? 0)
        .Bind(Column.ClientSecretExpiresAt, UnixTime.Of(intent.ClientSecret?.ExpiresAt))
        .Bind(Column.DueAt, UnixTime.Of(intent.DueAt))
        .Bind(Column.ChargedBy, intent.ChargedBy)
        .Bind(Column.AttemptId, intent.Attempt?.TransactionId)
        .Bind(Column.AttemptUntil, UnixTime.Of(intent.Attempt?.AskAt));

    /// <summary>Returns the stored form of an expiry: year * 100 + month.</summary>
    public static int? NumberOf(CardExpiry? expiry) => expiry is { } known ? (known.Year * 100) + known.Month : null;

    /// <summary>The tenant of the setup intent.</summary>
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

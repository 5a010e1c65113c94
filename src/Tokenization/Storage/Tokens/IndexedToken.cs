using Dojo.Pci.Tokenization.Storage.Sqlite;

namespace Dojo.Pci.Tokenization.Storage.Tokens;

/// <summary>A token as <c>token_index</c> holds it; instants in microseconds.</summary>
internal sealed record IndexedToken(
    long Location,
    long Environment,
    long CreatedAt,
    long Id,
    long Account,
    string Status,
    string Outcome,
    string? Scheme,
    string? LastFour,
    string FoldedReference,
    long? DueAt)
{
    /// <summary>The columns of the index, but for the segment.</summary>
    public const string Columns = """
        location_id, environment, created_at, setup_intent_id, account_id, status, outcome, card_scheme, card_last_four, folded_reference, due_at
        """;

    /// <summary>What <see cref="Columns"/> are of the tokens <c>s</c>.</summary>
    public const string Select = $"""
        SELECT s.location_id, s.environment, s.created_at, s.id, s.account_id, s.status, {TokenIndex.OutcomeOf}, s.card_scheme, s.card_last_four, {SqliteDatabase.FoldFunction}(s.reference), s.due_at
          FROM setup_intents s
        """;

    /// <summary>The order of the index: tenants one after another, the tokens of each as they were made.</summary>
    public static Comparison<IndexedToken> InOrderOfIndex { get; } = (one, other) => one.Place.CompareTo(other.Place);

    /// <summary>The hour that it is counted in.</summary>
    public long Hour => CreatedAt / TimeSpan.MicrosecondsPerHour;

    private (long, long, long, long) Place => (Location, Environment, CreatedAt, Id);

    /// <summary>A row of <see cref="Select"/>. Its names are often those of the row before.</summary>
    public static IndexedToken Read(PreparedStatement row, IndexedToken? before) => new(
        row.Int64(0),
        row.Int64(1),
        row.Int64(2),
        row.Int64(3),
        row.Int64(4),
        row.Name(5, before?.Status)!,
        row.Name(6, before?.Outcome)!,
        row.Name(7, before?.Scheme),
        row.Text(8),
        row.Text(9)!,
        row.Int64OrNull(10));

    /// <summary>Binds the values of <see cref="Columns"/>, from the first parameter on.</summary>
    public PreparedStatement BindTo(PreparedStatement insert) => insert
        .Bind(1, Location)
        .Bind(2, Environment)
        .Bind(3, CreatedAt)
        .Bind(4, Id)
        .Bind(5, Account)
        .Bind(6, Status)
        .Bind(7, Outcome)
        .Bind(8, Scheme)
        .Bind(9, LastFour)
        .Bind(10, FoldedReference)
        .Bind(11, DueAt);
}


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
    /// <summary>The columns of the index, except the segment.</summary>
    public static readonly ColumnList Columns = ColumnList.OfEnum<Column>();

    /// <summary>Selects the values of <see cref="Columns"/> from the tokens <c>s</c>.</summary>
    public static readonly string Select = SelectOf($"{SqlFunctions.Fold}(s.reference)");

    /// <summary>The same for <see cref="Read"/>, which folds the reference itself: calling the SQL function from the query would allocate a dozen objects.</summary>
    public static readonly string SelectToRead = SelectOf("s.reference");

    private enum Column
    {
        LocationId,
        Environment,
        CreatedAt,
        SetupIntentId,
        AccountId,
        Status,
        Outcome,
        CardScheme,
        CardLastFour,
        FoldedReference,
        DueAt,
    }

    /// <summary>The order of the index: by tenant, and within a tenant by creation.</summary>
    public static Comparison<IndexedToken> InOrderOfIndex { get; } = (one, other) => one.Place.CompareTo(other.Place);

    /// <summary>The hour in which the token is counted.</summary>
    public long Hour => CreatedAt / TimeSpan.MicrosecondsPerHour;

    private (long, long, long, long) Place => (Location, Environment, CreatedAt, Id);

    /// <summary>Reads a row of <see cref="SelectToRead"/>. Its names are often those of the previous row, whose strings it then reuses.</summary>
    public static IndexedToken Read(PreparedStatement row, IndexedToken? before) => new(
        row.Int64(Column.LocationId),
        row.Int64(Column.Environment),
        row.Int64(Column.CreatedAt),
        row.Int64(Column.SetupIntentId),
        row.Int64(Column.AccountId),
        row.Name(Column.Status, before?.Status)!,
        row.Name(Column.Outcome, before?.Outcome)!,
        row.Name(Column.CardScheme, before?.Scheme),
        row.Text(Column.CardLastFour),
        FoldedText.Of(row.Text(Column.FoldedReference)!),
        row.Int64OrNull(Column.DueAt));

    /// <summary>Binds the values of <see cref="Columns"/>, starting at the first parameter.</summary>
    public PreparedStatement BindTo(PreparedStatement insert) => insert
        .Bind(Column.LocationId, Location)
        .Bind(Column.Environment, Environment)
        .Bind(Column.CreatedAt, CreatedAt)
        .Bind(Column.SetupIntentId, Id)
        .Bind(Column.AccountId, Account)
        .Bind(Column.Status, Status)
        .Bind(Column.Outcome, Outcome)
        .Bind(Column.CardScheme, Scheme)
        .Bind(Column.CardLastFour, LastFour)
        .Bind(Column.FoldedReference, FoldedReference)
        .Bind(Column.DueAt, DueAt);

    private static string SelectOf(string reference)
    {
        var expressions = Enum.GetValues<Column>().Select(column => column switch
        {
            Column.SetupIntentId => "s.id",
            Column.Outcome => TokenIndex.OutcomeOf,
            Column.FoldedReference => reference,
            _ => $"s.{Columns.NameOf(column)}",
        });
        return $"SELECT {string.Join(", ", expressions)} FROM setup_intents s";
    }
}

using System.Data.Common;

namespace Dojo.Pci.Tokenization.Storage.Tokens;

/// <summary>
/// Which card schemes a tenant's tokens in the index have. The index by card has the scheme before the last four digits, so a search by the
/// digits alone looks for each scheme in each segment: for the few that a merchant's customers pay with, not for all there are. One that none of
/// them has is looked for nowhere.
/// </summary>
internal static class TokenSchemes
{
    /// <summary>The schemes of the tenant who is searched; some of which no token may have any more.</summary>
    public const string Known = "SELECT card_scheme FROM token_schemes WHERE location_id = @location AND environment = @environment";

    /// <summary>Begins a statement that makes schemes known, which <c>VALUES</c> or a <c>SELECT</c> of its three columns follow, and <see cref="OrKnown"/>.</summary>
    public const string Note = "INSERT INTO token_schemes (location_id, environment, card_scheme)";

    /// <summary>Ends it.</summary>
    public const string OrKnown = "ON CONFLICT (location_id, environment, card_scheme) DO NOTHING";

    /// <summary>How many tokens would not be found by their scheme or their last four digits: none, unless something is wrong.</summary>
    public const string CountHidden = """
        SELECT COUNT(*)
          FROM token_index i
         WHERE i.card_scheme IS NOT NULL AND (i.location_id, i.environment, i.card_scheme) NOT IN (SELECT location_id, environment, card_scheme FROM token_schemes)
        """;

    private const string AddSql = $"{Note} VALUES (?1, ?2, ?3) {OrKnown}";

    /// <summary>Makes known what tokens that are put into the index have.</summary>
    public static void Add(DbConnection connection, IEnumerable<IndexedToken> tokens)
    {
        var note = connection.Prepared(AddSql);
        foreach (var (location, environment, scheme) in tokens.Select(token => (token.Location, token.Environment, token.Scheme)).Distinct())
        {
            if (scheme is not null)
            {
                note.Bind(1, location).Bind(2, environment).Bind(3, scheme).ExecuteLater();
            }
        }
    }
}

using System.Data.Common;

namespace Dojo.Pci.Tokenization.Storage.Tokens;

/// <summary>
/// The card schemes that a tenant's tokens in the index have. The index by card has the scheme before the last four digits, so a search by the
/// digits alone has to try each scheme in each segment. It tries the few schemes that the merchant's customers pay with rather than all schemes, and
/// skips a scheme that none of them has.
/// </summary>
internal static class TokenSchemes
{
    /// <summary>Selects the schemes of the tenant whose tokens are searched. Some of them may no longer have a token.</summary>
    public const string Known = "SELECT card_scheme FROM token_schemes WHERE location_id = @location AND environment = @environment";

    /// <summary>The beginning of a statement that adds schemes. <c>VALUES</c> or a <c>SELECT</c> of its three columns follows, then <see cref="OrKnown"/>.</summary>
    public const string Note = "INSERT INTO token_schemes (location_id, environment, card_scheme)";

    /// <summary>The end of that statement.</summary>
    public const string OrKnown = "ON CONFLICT (location_id, environment, card_scheme) DO NOTHING";

    /// <summary>Counts the tokens that cannot be found by their scheme or their last four digits: 0 unless something is wrong.</summary>
    public const string CountHidden = """
        SELECT COUNT(*)
          FROM token_index i
         WHERE i.card_scheme IS NOT NULL AND (i.location_id, i.environment, i.card_scheme) NOT IN (SELECT location_id, environment, card_scheme FROM token_schemes)
        """;

    private const string AddSql = $"{Note} VALUES (?1, ?2, ?3) {OrKnown}";

    /// <summary>Adds the schemes of tokens that are inserted into the index.</summary>
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

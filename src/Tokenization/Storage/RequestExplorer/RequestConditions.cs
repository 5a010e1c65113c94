using System.Text;
using Dapper;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.RequestExplorer;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Tokenization.Storage.RequestExplorer;

/// <summary>
/// Builds the conditions of a search from constants; every value is a parameter. Conditions on a kind apply to <c>request_kinds</c>, and to the
/// log's rows when these are scanned: the columns have the same names.
/// </summary>
internal sealed class RequestConditions
{
    // With each further kind it is more likely that a segment wrongly seems to hold one of them.
    private const int MostKindsInWords = 32;

    private readonly StringBuilder _ofKind = new("account_id = @account AND location_id = @location AND environment = @environment");
    private readonly StringBuilder _ofRow = new();
    private readonly Tenant _tenant;
    private readonly RequestSearch _search;

    public RequestConditions(Tenant tenant, RequestSearch search)
    {
        Parameters = TenantParameters.Of(tenant);
        Add(_ofKind, search.Method, "method", "method = @method");
        Add(_ofKind, search.Route, "route", "route = @route");
        Add(_ofKind, search.Status, "status", search.Status < 10 ? "status / 100 = @status" : "status = @status");
        Add(_ofKind, search.Key?.Value, "key", "api_key_id = @key");
        Add(_ofKind, search.Version, "version", "version = @version");
        Add(_ofKind, search.Refusal, "refusal", "instr(',' || refusal || ',', ',' || @refusal || ',') > 0");
        Add(_ofRow, search.Slower is { } slower ? (long)slower.TotalMicroseconds : null, "slower", "duration >= @slower");
        Add(_ofRow, search.Address?.ToString(), "address", "client_address = @address");
        if (search.Text is { } text)
        {
            Parameters.AddDynamicParams(new { text, digits = RequestWords.Digits(text), folded = FoldedText.Of(text) });
            _ofRow.Append(" AND (substr(trace_id, 4, 32) = @digits OR trace_id = @text OR token_id = @text OR payment_id = @text OR fold(json_extract(body, '$.reference')) = @folded)");
        }

        (_tenant, _search) = (tenant, search);
    }

    public DynamicParameters Parameters { get; }

    /// <summary>The conditions on kinds.</summary>
    public string OfKind => _ofKind.ToString();

    /// <summary>The conditions on rows.</summary>
    public string OfRow => $"{_ofKind}{_ofRow}";

    /// <summary>Whether there are conditions on rows that kinds cannot answer.</summary>
    public bool NeedsRows => _ofRow.Length > 0;

    /// <summary>Whether there are conditions on kinds beyond the tenant.</summary>
    private bool AsksForKinds => _search is { Method: not null } or { Route: not null } or { Status: not null } or { Key: not null } or { Version: not null } or { Refusal: not null };

    /// <summary>Returns the bits that a segment must have: from each list, all bits of one word.</summary>
    /// <param name="kinds">The matching kinds.</param>
    public IReadOnlyList<int[][]> WordsFor(IReadOnlyCollection<long> kinds)
    {
        var words = new List<int[][]>();
        if (_search.Address is { } address)
        {
            words.Add([.. OfKinds(RequestWord.Address, address.ToString())]);
        }

        if (_search.Text is { } text)
        {
            words.Add([Places(RequestWord.Trace, RequestWords.Digits(text)), Places(RequestWord.Id, text), .. OfKinds(RequestWord.Reference, FoldedText.Of(text))]);
        }

        return words;

        IEnumerable<int[]> OfKinds(RequestWord what, string text) =>
            AsksForKinds && kinds.Count <= MostKindsInWords ? kinds.Select(kind => Places(what, text, kind)) : [Places(what, text)];

        int[] Places(RequestWord what, string text, long? kind = null) => RequestWords.PlacesOf(_tenant, what, text, kind);
    }

    private void Add(StringBuilder conditions, object? value, string name, string condition)
    {
        if (value is not null)
        {
            Parameters.Add(name, value);
            conditions.Append(" AND ").Append(condition);
        }
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace Dojo.Pci.Tokenization.Storage.Postgres;

/// <summary>
/// Turns an insert of one row into one statement for many: columns are sent as arrays and the server plans the statement once (DESIGN D32). Only for inserts of plain
/// values without a conflict clause: two rows of one statement must not meet the same conflict.
/// </summary>
internal sealed partial class ManyRows
{
    private readonly string _head;
    private readonly int[] _values;
    private readonly int[] _places;
    private string? _sql;

    private ManyRows(string head, int[] values) => (_head, _values, _places) = (head, values, [.. values.Distinct().Order()]);

    /// <summary>Creates the form for many rows; null if the statement is not such an insert.</summary>
    /// <param name="sql">The statement in PostgreSQL's SQL, with parameters as <c>$1</c>.</param>
    public static ManyRows? Of(string sql) => Insert().Match(sql.Trim()) is { Success: true } match
        ? new ManyRows(match.Groups["head"].Value, [.. Place().Matches(match.Groups["values"].Value).Select(place => int.Parse(place.ValueSpan[1..], CultureInfo.InvariantCulture))])
        : null;

    /// <summary>Creates one command that inserts all rows, in order.</summary>
    /// <param name="parameters">The parameters of the statement, for their types.</param>
    /// <param name="rows">The values of each row, in the order of the parameters.</param>
    public NpgsqlBatchCommand ToCommand(NpgsqlParameterCollection parameters, IReadOnlyList<object?[]> rows)
    {
        _sql ??= Write(parameters);
        var command = new NpgsqlBatchCommand(_sql);
        foreach (var place in _places)
        {
            var type = parameters[place - 1].NpgsqlDbType;
            command.Parameters.Add(new NpgsqlParameter { NpgsqlDbType = NpgsqlDbType.Array | type, Value = ColumnOf(rows, place - 1, type) });
        }

        return command;
    }

    private static Array ColumnOf(IReadOnlyList<object?[]> rows, int index, NpgsqlDbType type) => type switch
    {
        NpgsqlDbType.Bigint => Column<long?>(rows, index),
        NpgsqlDbType.Text => Column<string?>(rows, index),
        _ => Column<byte[]?>(rows, index),
    };

    private static T?[] Column<T>(IReadOnlyList<object?[]> rows, int index)
    {
        var column = new T?[rows.Count];
        for (var row = 0; row < column.Length; row++)
        {
            column[row] = rows[row][index] is T value ? value : default;
        }

        return column;
    }

    private string Write(NpgsqlParameterCollection parameters)
    {
        var arrays = _places.Select((place, index) => $"${index + 1}::{NameOf(parameters[place - 1].NpgsqlDbType)}[]");
        var columns = _places.Select(place => $"c{place}");
        var values = _values.Select(place => $"c{place}");
        return $"{_head} SELECT {string.Join(", ", values)} FROM unnest({string.Join(", ", arrays)}) AS rows ({string.Join(", ", columns)})";
    }

    private static string NameOf(NpgsqlDbType type) => type switch
    {
        NpgsqlDbType.Bigint => "bigint",
        NpgsqlDbType.Text => "text",
        NpgsqlDbType.Bytea => "bytea",
        _ => throw new InvalidOperationException("A value of the statement was never bound, so its type is not known."),
    };

    [GeneratedRegex(@"^(?<head>INSERT INTO \w+ \([^()]*\))\s+VALUES \((?<values>\$\d+(, \$\d+)*)\)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Insert();

    [GeneratedRegex(@"\$\d+", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Place();
}

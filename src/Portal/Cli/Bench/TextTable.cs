using System.Text;

namespace Dojo.Pci.Portal.Cli.Bench;

/// <summary>Text in columns, each as wide as it has to be; it is Markdown too.</summary>
internal sealed class TextTable(params string[] header)
{
    private readonly List<string[]> _rows = [header];

    public void Add(params string[] row) => _rows.Add(row);

    public override string ToString()
    {
        var widths = Enumerable.Range(0, header.Length).Select(column => _rows.Max(row => row[column].Length)).ToArray();
        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            Append(text, row.Select((cell, column) => cell.PadRight(widths[column])));
            if (row == header)
            {
                Append(text, widths.Select(width => new string('-', width)));
            }
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<string> cells) => text.Append("| ").AppendJoin(" | ", cells).AppendLine(" |");
}

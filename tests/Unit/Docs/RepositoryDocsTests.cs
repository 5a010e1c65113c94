using System.Text.RegularExpressions;
using Dapper;
using Dojo.Pci.Tests.Unit.Harness;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Dojo.Pci.Tests.Unit.Docs;

/// <summary>Everything that the documents of the repository refer to exists.</summary>
public sealed partial class RepositoryDocsTests
{
    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(Markdig.Extensions.AutoIdentifiers.AutoIdentifierOptions.GitHub).Build();

    private static readonly string[] s_sources = [.. FilesBelow("src", "*.cs"), .. FilesBelow("tests", "*.cs"), .. FilesBelow("bench", "*.cs")];

    public static TheoryData<string> Documents =>
    [
        .. Directory.EnumerateFiles(RepositoryFiles.Root, "*.md").Concat(FilesBelow("docs", "*.md")).Concat(FilesBelow("bench", "*.md"))
            .Select(path => Path.GetRelativePath(RepositoryFiles.Root, path)).Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_path_and_test_class_that_a_document_names_exists(string document)
    {
        var code = Read(Path.Combine(RepositoryFiles.Root, document)).Descendants<CodeInline>().Select(inline => inline.Content).ToArray();

        code.Where(text => RepositoryPath().IsMatch(text) && !Exists(Path.Combine(RepositoryFiles.Root, text))).ShouldBeEmpty();
        code.Select(text => TestClass().Match(text).Groups["name"].Value).Where(name => name.Length > 0 && !s_sources.Any(path => Path.GetFileNameWithoutExtension(path) == name)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Every_relative_link_of_a_document_leads_to_a_file_and_a_heading_that_are_there(string document)
    {
        var path = Path.Combine(RepositoryFiles.Root, document);
        foreach (var link in Read(path).Descendants<LinkInline>().Select(link => link.Url!).Where(url => !url.StartsWith('/') && !url.Contains(':', StringComparison.Ordinal)))
        {
            var parts = link.Split('#', 2);
            var target = parts[0].Length == 0 ? path : Path.Combine(Path.GetDirectoryName(path)!, parts[0]);
            Path.Exists(target).ShouldBeTrue(link);
            if (parts is [_, var anchor])
            {
                Read(target).Descendants<HeadingBlock>().Select(heading => heading.GetAttributes().Id).ShouldContain(anchor, StringComparer.Ordinal);
            }
        }
    }

    [Fact]
    public void The_data_model_lists_every_table_of_both_engines_and_no_other()
    {
        using var sqlite = EmptySqlite.Open();
        string[] ofNodes = ["nodes", "leases", "node_messages"]; // SQLite is used by one process
        var tables = sqlite.Query<string>("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'").Concat(ofNodes);

        var model = Read(Path.Combine(RepositoryFiles.Root, "docs", "architecture.md")).SkipWhile(block => block is not HeadingBlock heading || heading.GetAttributes().Id != "data-model").OfType<Table>().First();

        model.Skip(1).Cast<TableRow>().Select(row => row[0].Descendants<CodeInline>().Single().Content).ShouldBe(tables, ignoreOrder: true);
    }

    private static MarkdownDocument Read(string path) => Markdown.Parse(File.ReadAllText(path), s_pipeline);

    // A document may omit the extension of a source file.
    private static bool Exists(string path) => Path.Exists(path) || File.Exists($"{path}.cs");

    private static IEnumerable<string> FilesBelow(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(RepositoryFiles.Root, folder), pattern, SearchOption.AllDirectories)
            .Where(path => !path.Contains("/bin/", StringComparison.Ordinal) && !path.Contains("/obj/", StringComparison.Ordinal) && !path.Contains("/node_modules/", StringComparison.Ordinal));

    // Excludes build output and placeholders.
    [GeneratedRegex(@"^(?:src|tests|docs|deploy|bench)/(?!.*/bin/)[\w./-]+$", RegexOptions.None, 1000)]
    private static partial Regex RepositoryPath();

    [GeneratedRegex(@"^(?:[\w./]*/)?(?:[A-Z]\w*\.)?(?<name>\w+Tests)$", RegexOptions.None, 1000)]
    private static partial Regex TestClass();
}

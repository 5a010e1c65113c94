namespace Dojo.Pci.Tokenization.Storage;

/// <summary>SQL functions that we define under the same name in both engines.</summary>
internal static class SqlFunctions
{
    /// <summary>Folds a text for searching, as <see cref="FoldedText"/> does.</summary>
    public const string Fold = "fold";
}

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>SQL functions of ours, which both engines have under the same name.</summary>
internal static class SqlFunctions
{
    /// <summary>Folds a text as it is looked for: <see cref="FoldedText"/>.</summary>
    public const string Fold = "fold";
}

namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>The processes that serve this database, this one among them.</summary>
public interface INodes
{
    /// <summary>How many there are, as far as is known: one with SQLite. One that has come or gone is noticed within a few seconds.</summary>
    int Count { get; }
}

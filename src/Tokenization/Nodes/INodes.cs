namespace Dojo.Pci.Tokenization.Nodes;

/// <summary>The processes that serve this database, including this one.</summary>
public interface INodes
{
    /// <summary>The number of nodes last seen; always one with SQLite. A change is noticed within seconds.</summary>
    int Count { get; }
}

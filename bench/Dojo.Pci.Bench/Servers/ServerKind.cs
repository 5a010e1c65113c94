namespace Dojo.Pci.Bench.Servers;

/// <summary>The servers that can be put under load.</summary>
internal enum ServerKind
{
    /// <summary>The product as it is.</summary>
    Product,

    /// <summary>The bare web server.</summary>
    Echo,

    /// <summary>The product with a connection and a transaction for each piece of work: what most people write first.</summary>
    Naive,

    /// <summary>The product with one connection that callers take in turn, and one commit for each piece of work.</summary>
    Gated,

    /// <summary>The product on PostgreSQL with a pooled connection and a commit for each piece of work.</summary>
    Autocommit,
}

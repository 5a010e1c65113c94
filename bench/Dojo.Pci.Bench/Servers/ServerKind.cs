namespace Dojo.Pci.Bench.Servers;

/// <summary>What is put under load.</summary>
internal enum ServerKind
{
    /// <summary>The product as it is.</summary>
    Product,

    /// <summary>The bare web server.</summary>
    Echo,

    /// <summary>The product, but for a connection and a transaction for each piece of work: what most people write first.</summary>
    Naive,

    /// <summary>The product, but for one connection that is taken in turn, and one commit for each piece of work.</summary>
    Gated,

    /// <summary>The product on PostgreSQL, but for a pooled connection and a commit for each piece of work.</summary>
    Autocommit,
}

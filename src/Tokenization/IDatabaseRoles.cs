namespace Dojo.Pci.Tokenization;

/// <summary>
/// The roles of a database engine that supports them: <c>dojo_pci_app</c> for serving processes, which owns nothing and cannot change the schema;
/// <c>dojo_pci_migrator</c> for upgrades, which owns everything; and <c>dojo_pci_reader</c> for reports, which sees nothing that is sealed, hashed or a
/// secret (PCI DSS 7.2.5).
/// </summary>
public interface IDatabaseRoles
{
    /// <summary>Whether the engine supports roles, as PostgreSQL does.</summary>
    bool AreKnown { get; }

    /// <summary>Creates missing roles, and grants each its rights to everything that is in the database now. May be repeated.</summary>
    /// <exception cref="StartRefusedException">The user of the connection string may not do this.</exception>
    void Make();
}

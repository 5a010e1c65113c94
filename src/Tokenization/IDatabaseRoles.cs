namespace Dojo.Pci.Tokenization;

/// <summary>
/// The roles of a database that has them: <c>dojo_pci_app</c> for those who serve, which owns nothing and changes no table's form; <c>dojo_pci_migrator</c>, which owns
/// everything and is for upgrades; and <c>dojo_pci_reader</c> for reports, which sees nothing that is sealed, hashed or a secret (PCI DSS 7.2.5).
/// </summary>
public interface IDatabaseRoles
{
    /// <summary>Whether the engine has roles: PostgreSQL has.</summary>
    bool AreKnown { get; }

    /// <summary>Makes the roles where they are missing, and gives each its rights to all that is in the database now. May be repeated.</summary>
    /// <exception cref="StartRefusedException">The user of the connection string may not do so.</exception>
    void Make();
}

using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization;

/// <summary>The purpose for which a process opens the vault.</summary>
public enum VaultUse
{
    /// <summary>To serve requests. With SQLite only one process at a time may do so; a second one refuses to start.</summary>
    Serving,

    /// <summary>To run a command of an operator, which may run while another process serves.</summary>
    Administration,

    /// <summary>To inspect the stored data without writing anything, not even a missing file. The keys are not unwrapped: the check does that.</summary>
    Inspection,
}

/// <summary>The vault as a whole: opens it, and reports its state.</summary>
public interface IVault
{
    /// <summary>Whether the keys are unwrapped, so that cards can be sealed.</summary>
    bool HasKeys { get; }

    /// <summary>The database's engine and its version, such as <c>SQLite 3.53.4</c>.</summary>
    string Engine { get; }

    /// <summary>
    /// The last known reason why the database cannot be written, in words that may be shown; null if there is none. Reading this costs nothing.
    /// </summary>
    UnavailableException? Outage { get; }

    /// <summary>Returns the same reason after testing it with a write if necessary. Answers within two seconds.</summary>
    Task<UnavailableException?> CheckAsync();

    /// <summary>The number of requests that wait for an acquirer, and so use no resources of this machine.</summary>
    int WaitingForAcquirer { get; }

    /// <summary>
    /// Opens the database, brings its schema up to date, and unwraps the keys; for <see cref="VaultUse.Inspection"/>, it only opens the database. Call this
    /// once, before anything else.
    /// </summary>
    /// <exception cref="StartRefusedException">The vault must not start with its current setup; the message says why.</exception>
    Task OpenAsync(VaultUse use, CancellationToken ct);
}

using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization;

/// <summary>What a process opens the vault for.</summary>
public enum VaultUse
{
    /// <summary>To serve requests. With SQLite one process at a time may, and refuses to start beside another.</summary>
    Serving,

    /// <summary>For a command of an operator, which may run beside the serving process.</summary>
    Administration,

    /// <summary>To look at what is stored, and write nothing, not even a missing file. The keys are not unwrapped: the check does that.</summary>
    Inspection,
}

/// <summary>The vault as a whole: whether it is open, and opening it.</summary>
public interface IVault
{
    /// <summary>Whether the keys are unwrapped, so that cards can be sealed.</summary>
    bool HasKeys { get; }

    /// <summary>The database's engine and its version, such as <c>SQLite 3.53.4</c>.</summary>
    string Engine { get; }

    /// <summary>What keeps the database from being written, as far as is known, in words that may be shown; null when nothing does. Costs nothing.</summary>
    UnavailableException? Outage { get; }

    /// <summary>The same, found out where it is not known: something is written. Answers within two seconds.</summary>
    Task<UnavailableException?> CheckAsync();

    /// <summary>How many requests wait for an acquirer, and so for nothing of this machine.</summary>
    int WaitingForAcquirer { get; }

    /// <summary>Opens the database, brings its schema up to date, and unwraps the keys. To be called once, before anything else.</summary>
    /// <exception cref="StartRefusedException">It must not start as it is set up; the message says why.</exception>
    Task OpenAsync(VaultUse use, CancellationToken ct);
}

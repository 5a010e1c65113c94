namespace Dojo.Pci.Tokenization;

/// <summary>
/// Thrown when the service must not start with its current setup. The message names every fault that was found, for the operator; it holds no secret.
/// </summary>
public sealed class StartRefusedException : Exception
{
    /// <summary>Creates an exception for one fault.</summary>
    public StartRefusedException(string fault)
        : this([fault])
    {
    }

    /// <summary>Creates an exception for several faults, all of which the operator has to fix.</summary>
    public StartRefusedException(IReadOnlyList<string> faults)
        : base("The service refuses to start:" + string.Concat(faults.Select(fault => $"{Environment.NewLine}  - {fault}"))) => Faults = faults;

    /// <summary>The faults, one sentence each.</summary>
    public IReadOnlyList<string> Faults { get; }
}

namespace Dojo.Pci.Tokenization;

/// <summary>The service must not start as it is set up. The message names every fault found, for the operator; it holds no secret.</summary>
public sealed class StartRefusedException : Exception
{
    /// <summary>One fault.</summary>
    public StartRefusedException(string fault)
        : this([fault])
    {
    }

    /// <summary>Several faults, all of which the operator has to mend.</summary>
    public StartRefusedException(IReadOnlyList<string> faults)
        : base("The service refuses to start:" + string.Concat(faults.Select(fault => $"{Environment.NewLine}  - {fault}"))) => Faults = faults;

    /// <summary>What is wrong, one sentence each.</summary>
    public IReadOnlyList<string> Faults { get; }
}

namespace Dojo.Pci.Tokenization.Housekeeping;

/// <summary>Work that is done again and again while the process serves.</summary>
internal interface IRound
{
    /// <summary>Does all of it that there is to do now.</summary>
    Task RunOnceAsync(CancellationToken ct);
}

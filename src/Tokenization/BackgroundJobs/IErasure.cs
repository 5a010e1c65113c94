namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>Finishes what deleting begins.</summary>
internal interface IErasure
{
    /// <summary>
    /// Sees to it that what was noted as deleted is gone from every file: the bytes of deleted rows were overwritten when they
    /// were deleted, and this empties the log, which still holds older pages. Where readers hold the log open, the next call
    /// tries again.
    /// </summary>
    Task ForgetDeletedAsync();
}

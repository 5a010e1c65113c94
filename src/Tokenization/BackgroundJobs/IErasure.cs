namespace Dojo.Pci.Tokenization.BackgroundJobs;

/// <summary>Finishes deletions, so that no file holds the deleted data.</summary>
internal interface IErasure
{
    /// <summary>
    /// Removes deleted data from every file. SQLite overwrote the bytes of deleted rows when they were deleted; this empties the
    /// write-ahead log, which still holds older pages. If readers hold the log open, the next call tries again. With PostgreSQL this
    /// vacuums the tokens, if the user of the connection owns them; otherwise the server's autovacuum does so later.
    /// </summary>
    Task ForgetDeletedAsync();
}

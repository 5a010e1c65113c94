namespace Dojo.Pci.Tokenization.Results;

/// <summary>The rows of an export, which are read while they are sent.</summary>
/// <param name="Rows">The rows. They end with <see cref="ExportStoppedException"/> once the member may no longer read the rest.</param>
public sealed record ExportedRows<TRow>(IAsyncEnumerable<TRow> Rows);

/// <summary>Thrown when a member may no longer read the rest of an export, so that the part that they have is incomplete.</summary>
/// <param name="message">The reason, in words that may be shown to the member.</param>
public sealed class ExportStoppedException(string message) : Exception(message);

namespace Dojo.Pci.Tokenization.Results;

/// <summary>The rows of an export, which are read while they are sent.</summary>
/// <param name="Rows">The rows. They end with <see cref="ExportStoppedException"/> once the member may not have the rest.</param>
public sealed record ExportedRows<TRow>(IAsyncEnumerable<TRow> Rows);

/// <summary>A member may not have the rest of an export any more, so that what they have is not the whole list.</summary>
/// <param name="message">The reason, in words that may be shown to the member.</param>
public sealed class ExportStoppedException(string message) : Exception(message);

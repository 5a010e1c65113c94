using System.Diagnostics.CodeAnalysis;

namespace Dojo.Pci.Tokenization.Idempotency;

/// <summary>
/// What a caller names a request by, so that it can repeat it safely (DESIGN D6). Callers put what they like into it, so it
/// prints as nothing, and only a keyed hash of it is ever stored.
/// </summary>
public sealed class IdempotencyKey
{
    /// <summary>Most characters of a key.</summary>
    public const int MaximumLength = 100;

    private IdempotencyKey(string text) => Text = text;

    internal string Text { get; }

    /// <summary>Takes a key of 1 to 100 characters.</summary>
    public static bool TryCreate(string? text, [NotNullWhen(true)] out IdempotencyKey? key)
    {
        key = text is { Length: >= 1 and <= MaximumLength } ? new IdempotencyKey(text) : null;
        return key is not null;
    }

    /// <summary>A fixed text.</summary>
    public override string ToString() => "idempotency key";
}

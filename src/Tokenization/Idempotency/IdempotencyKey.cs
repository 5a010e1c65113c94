using System.Diagnostics.CodeAnalysis;

namespace Dojo.Pci.Tokenization.Idempotency;

/// <summary>
/// A caller's name for a request, with which it can repeat the request safely (DESIGN D6). Callers may put anything into it, so
/// <see cref="ToString"/> does not reveal it, and only a keyed hash of it is ever stored.
/// </summary>
public sealed class IdempotencyKey
{
    /// <summary>The most characters of a key.</summary>
    public const int MaximumLength = 100;

    private IdempotencyKey(string text) => Text = text;

    internal string Text { get; }

    /// <summary>Creates a key from 1 to 100 characters.</summary>
    public static bool TryCreate(string? text, [NotNullWhen(true)] out IdempotencyKey? key)
    {
        key = text is { Length: >= 1 and <= MaximumLength } ? new IdempotencyKey(text) : null;
        return key is not null;
    }

    /// <summary>Returns a fixed text, not the key.</summary>
    public override string ToString() => "idempotency key";
}

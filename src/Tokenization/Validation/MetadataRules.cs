namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The rules for metadata (DESIGN D5): at most 50 entries, keys of 1 to 40 characters, values of at most 500 characters.</summary>
internal sealed class MetadataRules
{
    private const int MaximumEntries = 50;
    private const int UsualEntries = 4; // the initial capacity
    private const int MaximumKeyLength = 40;
    private const int MaximumValueLength = 500;
    private Dictionary<string, string>? _entries;

    /// <summary>The entries in the order in which they were sent; null when no metadata was sent.</summary>
    public IReadOnlyDictionary<string, string>? Entries => _entries;

    public void Begin() => _entries ??= new(UsualEntries, StringComparer.Ordinal);

    public void Add(FieldErrors errors, ReadOnlySpan<byte> utf8Key, ReadOnlySpan<byte> utf8Value)
    {
        Begin();
        if (FreeText.LengthOf(utf8Key) is < 1 or > MaximumKeyLength)
        {
            errors.Add(Fields.Metadata, "The Metadata field must have keys of 1 to 40 characters.");
        }

        if (FreeText.LengthOf(utf8Value) > MaximumValueLength)
        {
            errors.Add(Fields.Metadata, "The Metadata field must have values of at most 500 characters.");
        }

        var key = FreeText.Validate(errors, Fields.Metadata, utf8Key);
        var value = FreeText.Validate(errors, Fields.Metadata, utf8Value);
        if (key is null || value is null)
        {
            return;
        }

        if (_entries!.Count == MaximumEntries)
        {
            errors.Add(Fields.Metadata, "The Metadata field must have at most 50 entries.");
        }
        else if (!_entries.TryAdd(key, value))
        {
            errors.Add(Fields.Metadata, "The Metadata field must not have the same key twice.");
        }
    }
}

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The rules for a reference: 1 to 60 characters (seed) that are not all white space.</summary>
internal static class ReferenceRules
{
    public static string? Validate(FieldErrors errors, ReadOnlySpan<byte> utf8)
    {
        var reference = FreeText.Validate(errors, Fields.Reference, utf8);
        if (string.IsNullOrWhiteSpace(reference) && !errors.Has(Fields.Reference))
        {
            errors.Add(Fields.Reference, "The Reference field is required.");
        }

        if (FreeText.LengthOf(utf8) is < 1 or > SetupIntentValidator.MaximumReferenceLength)
        {
            errors.Add(Fields.Reference, "The field Reference must be a string with a minimum length of 1 and a maximum length of 60.");
        }

        return reference;
    }
}

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>
/// Collects every rule that a body breaks. Messages name the field and the rule, but neither the value nor a property name that the caller made up.
/// </summary>
public abstract class BodyValidator : IBodyValidator
{
    private protected BodyValidator()
    {
    }

    /// <summary>The rules broken so far.</summary>
    private protected FieldErrors Errors { get; } = new();

    /// <inheritdoc/>
    public virtual void WrongType(string field, string expected) => Errors.Add(field, $"The {field} field must be {expected}.");

    /// <inheritdoc/>
    public void Body(string message) => Errors.Add(Fields.Body, message);
}

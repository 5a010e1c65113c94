using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api.Json;

/// <summary>Collects the rules that a body breaks, in the order in which they are found. For small bodies, which the endpoint reads itself.</summary>
internal abstract class BodyErrors : IBodyValidator
{
    private readonly List<FieldError> _errors = [];

    /// <summary>Every broken rule; null if there is none.</summary>
    public virtual Refusal.Invalid? Refusal => _errors.Count > 0 ? new Refusal.Invalid(_errors) : null;

    public void Body(string message) => _errors.Add(new FieldError(Fields.Body, message));

    public void WrongType(string field, string expected) => _errors.Add(new FieldError(field, $"The {field} field must be {expected}."));
}

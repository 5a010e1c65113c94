using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The rules of a name that people see: of an account, a location or a member. Pages and the command line ask the same.</summary>
public static class NameRules
{
    /// <summary>Most characters of a name.</summary>
    public const int LongestName = 60;

    /// <summary>The field that errors name.</summary>
    public const string Field = "Name";

    /// <summary>The name without the space around it, or why it is none.</summary>
    public static Result<string> Validate(string? typed)
    {
        var name = typed?.Trim() ?? "";
        var fault = name switch
        {
            { Length: 0 } => "Write a name.",
            { Length: > LongestName } => $"A name has at most {LongestName} characters.",
            _ when name.Any(char.IsControl) => "A name is one line of text.",
            _ when CardNumberDetector.ContainsCardNumber(name) => "A name must not contain a card number.",
            _ => null,
        };
        return fault is null ? name : new Refusal.Invalid([new FieldError(Field, fault)]);
    }
}

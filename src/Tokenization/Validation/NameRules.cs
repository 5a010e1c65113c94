using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Validation;

/// <summary>The rules for the name of an account, a location or a member. Pages and the command line use the same rules.</summary>
public static class NameRules
{
    /// <summary>The maximum length of a name, in characters.</summary>
    public const int LongestName = 60;

    /// <summary>The field that errors name.</summary>
    public const string Field = "Name";

    /// <summary>Returns the trimmed name, or a refusal with the rule that it breaks.</summary>
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

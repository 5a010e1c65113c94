using Dojo.Pci.Tokenization.Cards;
using Dojo.Pci.Tokenization.Results;

namespace Dojo.Pci.Tokenization.Settings;

/// <summary>The rules of a name of an account or a location.</summary>
internal static class SettingNames
{
    /// <summary>The name without the space around it, or why it is none.</summary>
    public static Result<string> Judge(string? typed)
    {
        var name = typed?.Trim() ?? "";
        var fault = name switch
        {
            { Length: 0 } => "Write a name.",
            { Length: > IAccountSettings.LongestName } => $"A name has at most {IAccountSettings.LongestName} characters.",
            _ when name.Any(char.IsControl) => "A name is one line of text.",
            _ when CardNumberDetector.ContainsCardNumber(name) => "A name must not contain a card number.",
            _ => null,
        };
        return fault is null ? name : new Refusal.Invalid([new FieldError("Name", fault)]);
    }
}

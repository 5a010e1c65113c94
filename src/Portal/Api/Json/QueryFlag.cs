using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api.Json;

/// <summary>A query parameter that is true or false; PHP's clients write 1 and 0.</summary>
internal static class QueryFlag
{
    /// <summary>Reads the value, which is false if the parameter is absent; or returns false with the rule that it breaks.</summary>
    public static bool TryRead(IQueryCollection query, string name, out bool flag, out FieldError error)
    {
        var sent = query[name];
        flag = false;
        error = new FieldError(Fields.Of(name), $"The {Fields.Of(name)} parameter must be true, false, 1 or 0, sent once.");
        return sent.Count == 0 || (sent is [{ } text] && TryParse(text, out flag));
    }

    private static bool TryParse(string text, out bool flag)
    {
        flag = text == "1";
        return flag || text == "0" || bool.TryParse(text, out flag);
    }
}

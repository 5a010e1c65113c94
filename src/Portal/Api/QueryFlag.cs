using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api;

/// <summary>A query parameter that is true or false.</summary>
internal static class QueryFlag
{
    /// <summary>Its value, false when it is not there; or the rule that it breaks.</summary>
    public static bool TryRead(IQueryCollection query, string name, out bool flag, out FieldError error)
    {
        var sent = query[name];
        flag = false;
        error = new FieldError(Fields.Of(name), $"The {Fields.Of(name)} parameter must be true or false, sent once.");
        return sent.Count == 0 || (sent.Count == 1 && bool.TryParse(sent[0], out flag));
    }
}

using System.Text.RegularExpressions;
using Dojo.Pci.Portal.Presentation;

namespace Dojo.Pci.Portal.Docs.Errors;

/// <summary>The codes that name error pages: that of the status, or that of the field.</summary>
internal static partial class ErrorCodes
{
    /// <summary>The code of a 400 that is caused by the state of an object, not by the content of the request.</summary>
    public const string WrongState = "wrong-state";

    /// <summary>The code of a 405 for an object that does not allow the change, not for a method that does not exist.</summary>
    public const string NotChangeable = "not-changeable";

    /// <summary>Returns the code of a status.</summary>
    public static string Of(int status) => ProblemTypes.Of(status).Code;

    /// <summary>Returns the code of a field, such as <c>card-number</c> for <c>CardNumber</c>. Anything inside a field has the field's code.</summary>
    public static string OfField(string field) => WordStart().Replace(field.Split('.', '[')[0], "-").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordStart();
}

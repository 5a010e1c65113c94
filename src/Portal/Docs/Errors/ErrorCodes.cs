using System.Text.RegularExpressions;
using Dojo.Pci.Portal.Presentation;

namespace Dojo.Pci.Portal.Docs.Errors;

/// <summary>The names that pages about refusals go by: that of the status, or that of the field.</summary>
internal static partial class ErrorCodes
{
    /// <summary>For 400 because of the state that something is in, and not because of how the request is written.</summary>
    public const string WrongState = "wrong-state";

    /// <summary>For 405 because something does not allow a change, and not because there is no such method.</summary>
    public const string NotChangeable = "not-changeable";

    /// <summary>The code of a status.</summary>
    public static string Of(int status) => ProblemTypes.Of(status).Code;

    /// <summary>The code of a field, as errors spell it: <c>card-number</c> for <c>CardNumber</c>. What is inside of a field has that of the field.</summary>
    public static string OfField(string field) => WordStart().Replace(field.Split('.', '[')[0], "-").ToLowerInvariant();

    [GeneratedRegex("(?<=[a-z0-9])(?=[A-Z])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordStart();
}

using System.Text.Json;
using Dojo.Pci.Portal.Docs.Errors;

namespace Dojo.Pci.Tests.Unit.OpenApi;

/// <summary>The links that every refusal in any test must have: to a page that explains it, and to one for each field that it names.</summary>
internal static class ErrorHelp
{
    /// <summary>Throws unless the pages exist and are linked to.</summary>
    /// <exception cref="ContractBrokenException">A page is missing or not linked to.</exception>
    public static void Check(ValidatedAnswer answer)
    {
        if (answer.Status < 400 || answer.ContentType?.StartsWith("application/problem+json", StringComparison.Ordinal) != true)
        {
            return;
        }

        var link = answer.Headers!.GetValueOrDefault("Link") ?? "";
        var linked = link.Split(", ").Select(part => part.Split('>')[0].Split("/docs/errors/")[^1]).ToHashSet(StringComparer.Ordinal);
        var missing = linked.Concat(FieldsOf(answer).Select(ErrorCodes.OfField)).Where(code => ErrorCatalog.Find(code) is null || !linked.Contains(code)).Distinct(StringComparer.Ordinal);
        ContractBrokenException.ThrowIfAny($"{answer.Method} {answer.Path}", answer.Status, missing.Select(code => $"has no page /docs/errors/{code}"));
    }

    private static IEnumerable<string> FieldsOf(ValidatedAnswer answer)
    {
        if (answer.Body.IsEmpty)
        {
            return [];
        }

        using var body = JsonDocument.Parse(answer.Body);
        return body.RootElement.TryGetProperty("errors", out var errors) ? [.. errors.EnumerateObject().Select(error => error.Name)] : [];
    }
}

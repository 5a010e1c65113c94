using System.Text.Json;
using System.Text.Json.Serialization;
using Dojo.Pci.Portal.Api.Errors;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Security;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.ApiKeys;
using Dojo.Pci.Tokenization.Results;
using Dojo.Pci.Tokenization.Validation;

namespace Dojo.Pci.Portal.Api.LeakedKeys;

/// <summary>
/// <c>POST /leaked-keys</c>: secret scanners report API keys that they found in public, in the format of GitHub's secret scanning partner program.
/// The endpoint exists only if public keys are configured, with which reports are verified.
/// </summary>
internal sealed partial class LeakedKeysEndpoint(IApiKeyService keys, ScannerKeys scanner, ILogger<LeakedKeysEndpoint> logger)
{
    /// <summary>The header that identifies the key with which a report is signed.</summary>
    public const string KeyHeader = "Github-Public-Key-Identifier";

    /// <summary>The header with the signature.</summary>
    public const string SignatureHeader = "Github-Public-Key-Signature";

    public void Map(IEndpointRouteBuilder routes)
    {
        if (scanner.IsConfigured)
        {
            routes.MapResource(ApiPaths.LeakedKeys, new Operation(HttpMethods.Post, null, ReportAsync, TakesBody: true) { HasNoVersion = true });
        }
    }

    private async Task ReportAsync(HttpContext context)
    {
        using var body = await JsonRequest.TakeBodyAsync(context);
        if (body is null)
        {
            return;
        }

        if (!scanner.HaveSigned(body.Utf8, context.Request.Headers[KeyHeader], context.Request.Headers[SignatureHeader]))
        {
            await Problems.WriteAsync(context, StatusCodes.Status401Unauthorized, $"Sign the body, and send the signature as {SignatureHeader} and the key's identifier as {KeyHeader}.");
            return;
        }

        List<LeakReport> reports;
        try
        {
            reports = LeakReport.ReadAll(body.Utf8);
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            await Problems.WriteAsync(context, new FieldError(Fields.Body, "The body must be an array of objects with token, type, url and source."));
            return;
        }

        foreach (var report in reports.Where(report => report.IsWellFormed))
        {
            switch ((await keys.DiscloseAsync(report.Hash, $"found in {report.Place}", ClientAddress.Of(context), CancellationToken.None))?.Tenant.Environment)
            {
                case TenantEnvironment.Production:
                    Log.ProductionKeyLeaked(logger);
                    break;
                case TenantEnvironment.Sandbox:
                    Log.SandboxKeyLeaked(logger);
                    break;
                default:
                    break;
            }
        }

        await JsonAnswer.WriteAsync(context, [.. reports.Select(LeakVerdict.Of)], LeakJson.Default.LeakVerdictArray);
    }

    private static partial class Log
    {
        [LoggerMessage(4002, LogLevel.Critical, "An API key of production was found in public. It still works: the audit trail and the portal's notices name it.")]
        public static partial void ProductionKeyLeaked(ILogger logger);

        [LoggerMessage(4003, LogLevel.Warning, "A sandbox API key was found in public, and was deleted: the audit trail names it.")]
        public static partial void SandboxKeyLeaked(ILogger logger);
    }
}

/// <summary>Serializes the answer, in the scanner's own spelling.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LeakVerdict[]))]
internal sealed partial class LeakJson : JsonSerializerContext;

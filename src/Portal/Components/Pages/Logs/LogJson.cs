using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dojo.Pci.Tokenization.RequestLogs;

namespace Dojo.Pci.Portal.Components.Pages.Logs;

/// <summary>Formats bodies for a page.</summary>
internal static class LogJson
{
    private static readonly JsonSerializerOptions s_indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Formats JSON over several lines.</summary>
    public static string Indented(string json) => JsonNode.Parse(json)!.ToJsonString(s_indented);

    /// <summary>Writes what the log has of a response: the problem of a refusal, otherwise the id of what it was about.</summary>
    public static string AnswerOf(RequestLogEntry entry)
    {
        var answer = new JsonObject();
        if (entry.Problem is { } problem)
        {
            if (problem.Errors.Count > 0)
            {
                answer["errors"] = new JsonObject(problem.Errors.GroupBy(error => error.Field, StringComparer.Ordinal)
                    .Select(field => KeyValuePair.Create<string, JsonNode?>(field.Key, new JsonArray([.. field.Select(error => (JsonNode)error.Message)]))));
            }

            answer["status"] = entry.Status;
            if (problem.Detail is { } detail)
            {
                answer["detail"] = detail;
            }

            answer["traceId"] = entry.TraceId;
        }
        else if ((entry.Route.Contains("payment-intents", StringComparison.Ordinal) ? entry.PaymentId : entry.TokenId) is { } id)
        {
            answer["id"] = id;
        }

        return answer.ToJsonString(s_indented);
    }
}

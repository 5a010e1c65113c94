using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Dojo.Pci.Portal.Api.Json;
using Dojo.Pci.Portal.Docs.Errors;
using Dojo.Pci.Portal.Security;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Dojo.Pci.Portal.Api.Errors;

/// <summary>
/// Explains requests that the server refuses by itself, before any middleware: a request that is not HTTP, has no host, is too long, or is
/// framed in two ways. The server raises a diagnostics event for each (documented for logging), and a <see cref="WatchedConnection"/>
/// replaces the answer by a problem body. HTTP/2 has no answer for these: its streams are reset.
/// </summary>
internal sealed class ServerRefusals : IObserver<KeyValuePair<string, object?>>
{
    private const string BadRequest = "Microsoft.AspNetCore.Server.Kestrel.BadRequest";

    /// <summary>Subscribes to the server's diagnostics until the server stops.</summary>
    public static void Explain(WebApplication app)
    {
        var listening = app.Services.GetRequiredService<DiagnosticListener>().Subscribe(new ServerRefusals(), name => name == BadRequest);
        app.Lifetime.ApplicationStopped.Register(listening.Dispose);
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is IFeatureCollection features
            && features.Get<IHttpResponseFeature>() is { HasStarted: false }
            && features.Get<WatchedConnection>() is { } connection)
        {
            var status = (features.Get<IBadRequestExceptionFeature>()?.Error as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status400BadRequest;
            var isHead = HttpMethods.IsHead(features.Get<IHttpRequestFeature>()?.Method ?? "");
            connection.SayLast(Answer(status, withBody: !isHead, isHttps: features.Get<ITlsConnectionFeature>() is not null));
        }
    }

    public void OnCompleted()
    {
        // The server has stopped.
    }

    public void OnError(Exception error)
    {
        // The server's diagnostics end with the process.
    }

    private static byte[] Answer(int status, bool withBody, bool isHttps)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(Problems.Make(status), ApiJson.Default.Problem);
        IHeaderDictionary headers = new HeaderDictionary();
        headers.ContentType = Problems.ContentType;
        headers.CacheControl = "no-store";
        headers.Connection = "close";
        headers.Link = Problems.HelpAt("", ErrorCodes.Of(status)); // the request may not have had a valid host
        SecurityHeadersMiddleware.Apply(headers, isPage: false, isHttps);
        var head = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} {ReasonPhrases.GetReasonPhrase(status)}\r\nContent-Length: {body.Length}\r\n"));
        foreach (var (name, value) in headers)
        {
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        }

        return [.. Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()), .. withBody ? body : []];
    }
}

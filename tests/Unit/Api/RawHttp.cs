using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>Sends raw HTTP, for requests that no well-behaved client would send.</summary>
internal static class RawHttp
{
    /// <summary>Sends header lines, two that a TLS-terminating proxy adds, an empty line and a body, and reads until the server closes.</summary>
    public static Task<ApiAnswer> SendAsync(Uri server, IEnumerable<string> head, byte[]? body = null) =>
        SendAsItIsAsync(server, head.Concat(["X-Forwarded-Proto: https", "Connection: close"]), body);

    /// <summary>Sends exactly these lines, from this address of the machine, and reads until the server closes.</summary>
    public static async Task<ApiAnswer> SendAsItIsAsync(Uri server, IEnumerable<string> head, byte[]? body = null, string from = "127.0.0.1")
    {
        var ct = TestContext.Current.CancellationToken;
        using var socket = new TcpClient(new IPEndPoint(IPAddress.Parse(from), 0));
        await socket.ConnectAsync(server.Host, server.Port, ct);
        await using var tcp = socket.GetStream();
        await using var tls = server.Scheme == "https" ? new SslStream(tcp, leaveInnerStreamOpen: false, IsOfTheTest) : null;
        await (tls?.AuthenticateAsClientAsync(server.Host) ?? Task.CompletedTask);
        Stream stream = tls ?? (Stream)tcp;
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Concat(head.Select(line => line + "\r\n")) + "\r\n"), ct);
        await stream.WriteAsync(body ?? [], ct);
        using var received = new MemoryStream();
        await stream.CopyToAsync(received, ct);
        return Parse(Encoding.Latin1.GetString(received.ToArray())); // one character per byte, as chunk lengths require
    }

    /// <summary>Whether a server's certificate is the self-signed one of a test.</summary>
    public static bool IsOfTheTest(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => certificate?.Subject == "CN=localhost";

    /// <summary>The head of a valid request, with more lines after it.</summary>
    public static IEnumerable<string> Head(string key, params IEnumerable<string> more) =>
        ["POST /setup-intents HTTP/1.1", "Host: localhost", $"Authorization: Basic {key}", "version: 2025-09-10", "Content-Type: application/json", .. more];

    private static ApiAnswer Parse(string text)
    {
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        end.ShouldBeGreaterThan(0, "the server answered nothing");
        var lines = text[..end].Split("\r\n");
        var headers = lines[1..].Select(line => line.Split(": ", 2)).ToLookup(parts => parts[0], parts => parts[1], StringComparer.OrdinalIgnoreCase);
        var body = headers["Transfer-Encoding"].Any() ? Join(text[(end + 4)..]) : text[(end + 4)..];
        return new ApiAnswer((HttpStatusCode)int.Parse(lines[0].Split(' ')[1]), headers, Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(body)));
    }

    private static string Join(string chunks)
    {
        var body = new StringBuilder();
        while (true)
        {
            var line = chunks.IndexOf("\r\n", StringComparison.Ordinal);
            var length = Convert.ToInt32(chunks[..line], 16);
            if (length == 0)
            {
                return body.ToString();
            }

            body.Append(chunks, line + 2, length);
            chunks = chunks[(line + 2 + length + 2)..];
        }
    }
}

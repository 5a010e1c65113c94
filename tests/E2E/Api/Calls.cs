using System.Net;
using System.Net.Sockets;
using System.Text;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Api;

/// <summary>The first answer on a connection: its status, and its head and body as received.</summary>
internal sealed record RawAnswer(HttpStatusCode Status, string Text);

/// <summary>Speaks to a portal byte by byte.</summary>
internal static class Calls
{
    /// <summary>The header lines of a valid request.</summary>
    public static string[] Head(string key, params IEnumerable<string> more) =>
        ["POST /setup-intents HTTP/1.1", "Host: localhost", $"Authorization: Basic {key}", "version: 2025-09-10", "Content-Type: application/json", .. more];

    /// <summary>Sends the head and the body, if any, and reads until the portal closes the connection.</summary>
    public static async Task<RawAnswer> SendAsync(PortalProcess portal, IEnumerable<string> head, string body = "")
    {
        var ct = TestContext.Current.CancellationToken;
        using var client = new TcpClient();
        await client.ConnectAsync(portal.BaseAddress.Host, portal.BaseAddress.Port, ct);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(string.Concat(head.Append("Connection: close").Select(line => $"{line}\r\n")) + "\r\n" + body), ct);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, ct);
        var text = Encoding.UTF8.GetString(answer.ToArray());
        text.ShouldStartWith("HTTP/1.1 ");
        return new RawAnswer((HttpStatusCode)int.Parse(text.Split(' ')[1]), text);
    }

    /// <summary>Returns the key in the first call that a new portal prints.</summary>
    public static async Task<string> FirstKeyAsync(PortalProcess portal) => (await FirstCallAsync(portal)).Split("Basic ")[1].Split('\'')[0];

    /// <summary>Returns the <c>curl</c> command that a new portal prints, ready to be pasted into a shell.</summary>
    public static async Task<string> FirstCallAsync(PortalProcess portal)
    {
        // The portal prints it when it is ready, which may be a moment after the first answer.
        var ct = TestContext.Current.CancellationToken;
        string[] lines;
        do
        {
            lines = [.. portal.Output.SkipWhile(line => !line.TrimStart().StartsWith("curl ", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0)];
            await Task.Delay(20, ct);
        }
        while (lines.Length == 0 || lines[^1].EndsWith('\\'));

        return string.Join('\n', lines);
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Dojo.Pci.Portal.Components.Pages.Webhooks;
using Dojo.Pci.Tokenization.Webhooks;

namespace Dojo.Pci.Tests.Unit.Webhooks;

/// <summary>
/// The receivers of the page "Verify", run unchanged against real deliveries. Those of <see cref="Run"/> run: ./test installs what they need. Kotlin
/// and Swift, whose compilers are in no Debian package, and PowerShell do not run.
/// </summary>
[Trait("Length", "Long")]
[Trait("Length", "Long")]
public sealed class VerificationSamplesTests
{
    private static readonly string[] s_notRun = ["Kotlin", "Swift", "PowerShell"];

    private static readonly Dictionary<string, (string File, string[] Command)> s_run = new(StringComparer.Ordinal)
    {
        ["Python"] = ("verify.py", ["python3", "verify.py"]),
        ["Node"] = ("verify.mjs", ["node", "verify.mjs"]),
        ["PHP"] = ("verify.php", ["php", "-S", "127.0.0.1:PORT", "verify.php"]),
        ["C#"] = ("verify.cs", ["dotnet", "run", "verify.cs"]),
        ["Ruby"] = ("verify.rb", ["ruby", "verify.rb"]),
        ["Go"] = ("verify.go", ["go", "run", "verify.go"]),
        ["Java"] = ("Verify.java", ["java", "Verify.java"]),
    };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static TheoryData<string> Run => [.. s_run.Keys];

    [Fact]
    public void Every_sample_is_run_or_said_not_to_be() =>
        VerificationSamples.All.Select(sample => sample.Language).ShouldBe(s_run.Keys.Concat(s_notRun), ignoreOrder: true);

    [Fact]
    public void No_sample_has_a_secret() =>
        VerificationSamples.All.ShouldAllBe(sample => !System.Text.RegularExpressions.Regex.IsMatch(sample.Code, "whsec_[A-Za-z0-9+/]{8}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)));

    [Theory]
    [MemberData(nameof(Run))]
    public async Task A_sample_accepts_a_delivery_and_refuses_it_with_a_changed_body_or_an_old_time(string language)
    {
        // Uses the real clock, because receivers refuse old events.
        await using var house = await WebhookKeepers.StartAsync(TimeProvider.System);
        var port = FreePort();
        var made = await house.MakeAsync($"http://localhost:{port}/hooks");
        var folder = Directory.CreateTempSubdirectory("dojo-pci-sample-").FullName;
        var (file, command) = s_run[language];
        await File.WriteAllTextAsync(Path.Combine(folder, file), VerificationSamples.All.Single(sample => sample.Language == language).Code, Ct);
        using var receiver = Start(folder, command, port, made.Secret.Value);
        try
        {
            await UntilItListensAsync(receiver, port, Path.Combine(folder, "output.txt"));

            var delivery = await house.TestAsync(made.Id);

            var attempt = (await house.FindAsync(made.Id, delivery.Id)).Attempts.Single();
            (attempt.Status, attempt.Error).ShouldBe((204, null));
            var body = (await house.FindAsync(made.Id, delivery.Id)).Body;
            var headers = WebhookRequestHead.Read(attempt.Request!).Headers;
            (await SendAsync(port, headers, body)).ShouldBe(HttpStatusCode.NoContent, "it is what was sent");
            (await SendAsync(port, headers, body.Replace("webhook.test", "webhook.best", StringComparison.Ordinal))).ShouldBe(HttpStatusCode.Unauthorized);
            var old = headers.Select(header => header.Name == "webhook-timestamp" ? (header.Name, Value: "1700000000") : header).ToList();
            (await SendAsync(port, old, body)).ShouldBe(HttpStatusCode.Unauthorized);
        }
        finally
        {
            receiver.Kill(entireProcessTree: true);
            await receiver.WaitForExitAsync(CancellationToken.None);
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<HttpStatusCode> SendAsync(int port, IReadOnlyList<(string Name, string Value)> headers, string body)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://localhost:{port}/hooks") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers.Where(header => header.Name != "content-type"))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await client.SendAsync(request, Ct);
        return answer.StatusCode;
    }

    // Without pipes: processes that a compiler leaves running would keep them open, and the test waiting.
    private static Process Start(string folder, string[] command, int port, string secret)
    {
        var start = new ProcessStartInfo(
            "sh", ["-c", "exec \"$@\" > output.txt 2>&1", "sh", .. command.Select(word => word.Replace("PORT", $"{port}", StringComparison.Ordinal))]) { WorkingDirectory = folder };
        start.Environment["WEBHOOK_SECRET"] = secret;
        start.Environment["PORT"] = $"{port}";
        start.Environment["GOCACHE"] = Path.Combine(Path.GetTempPath(), "dojo-pci-go-cache");
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        return Process.Start(start).ShouldNotBeNull();
    }

    private static async Task UntilItListensAsync(Process receiver, int port, string output)
    {
        for (var patience = 1800; ; patience--) // allows for a compiler on a busy machine
        {
            receiver.HasExited.ShouldBeFalse(receiver.HasExited ? $"./test installs what it needs. It said: {await File.ReadAllTextAsync(output, Ct)}" : null);
            patience.ShouldBePositive("the receiver did not listen");
            try
            {
                using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                await socket.ConnectAsync(IPAddress.Loopback, port, Ct);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100, Ct);
            }
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}

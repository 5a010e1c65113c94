using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Channels;
using Dojo.Pci.Tests.E2E.Infrastructure;

namespace Dojo.Pci.Tests.E2E.Api;

/// <summary>The command <c>webhooks listen</c> as a separate process between the real portal and a receiver on this machine.</summary>
[Trait("Length", "Long")]
public sealed class WebhooksListenTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Events_arrive_signed_and_what_happened_while_nobody_listened_arrives_afterwards()
    {
        await using var portal = await PortalProcess.StartAsync(ct: Ct);
        var key = await Calls.FirstKeyAsync(portal);
        using var receiver = new LocalReceiver();
        string secret;
        await using (var listener = await Listener.StartAsync(portal, receiver, key))
        {
            secret = listener.Secret;
            var token = await TokenizeAsync(portal, key);

            var received = await receiver.NextAsync();

            received.Body.ShouldContain(token);
            received.Signature.ShouldBe(SignatureOf(secret, received.Body));
            (await listener.UntilPrintedAsync(line => line.Contains("setup_intent.created", StringComparison.Ordinal))).ShouldContain("→ 204");
            (await listener.InterruptAsync()).ShouldBe(0);
            listener.Printed.Last().ShouldStartWith("Stopped.");
            string.Join('\n', listener.Printed).ShouldNotContain(key);
        }

        var missed = await TokenizeAsync(portal, key);
        await using var again = await Listener.StartAsync(portal, receiver, key);
        again.Secret.ShouldBe(secret, "it is the same subscription");
        var late = await receiver.NextAsync();
        late.Body.ShouldContain(missed);
        late.Signature.ShouldBe(SignatureOf(secret, late.Body));
        (await again.InterruptAsync()).ShouldBe(0);
        receiver.Count.ShouldBe(2, "what was reported is not given again");
    }

    [Fact]
    public async Task A_key_that_is_not_good_ends_it_with_a_sentence()
    {
        await using var portal = await PortalProcess.StartAsync(ct: Ct);

        var (exitCode, printed) = await portal.CommandAsync(
            ["webhooks", "listen", "--forward", "http://localhost:1", "--service", portal.BaseAddress.ToString(), "--api-key", "sk_sandbox_nothing"], Ct);

        exitCode.ShouldBe(1);
        printed.ShouldContain("does not know this API key");
        printed.ShouldNotContain("sk_sandbox_nothing");
    }

    private static string SignatureOf(string secret, string body) =>
        $"sha256={BitConverter.ToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body)))}";

    private static async Task<string> TokenizeAsync(PortalProcess portal, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "setup-intents") { Content = new StringContent("""{"reference":"Booking"}""", Encoding.UTF8, "application/json") };
        request.Headers.TryAddWithoutValidation("Authorization", $"Basic {key}");
        request.Headers.Add("version", "2025-09-10");
        using var answer = await portal.Client.SendAsync(request, Ct);
        using var body = System.Text.Json.JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Ct));
        return body.RootElement.GetProperty("id").GetString()!;
    }

    /// <summary>A received event.</summary>
    private sealed record Received(string Signature, string Body);

    /// <summary>A receiver on this machine that answers 204.</summary>
    private sealed class LocalReceiver : IDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly Channel<Received> _received = Channel.CreateUnbounded<Received>();
        private int _count;

        public LocalReceiver()
        {
            Address = $"http://localhost:{PortalProcess.FreePort()}/";
            _listener.Prefixes.Add(Address);
            _listener.Start();
            _ = TakeAsync();
        }

        public string Address { get; }

        public int Count => _count;

        public async Task<Received> NextAsync() => await _received.Reader.ReadAsync(Ct);

        public void Dispose() => _listener.Close();

        private async Task TakeAsync()
        {
            try
            {
                while (true)
                {
                    var context = await _listener.GetContextAsync();
                    using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                    Interlocked.Increment(ref _count);
                    _received.Writer.TryWrite(new Received(context.Request.Headers["dojo-signature"] ?? "", await reader.ReadToEndAsync(Ct)));
                    context.Response.StatusCode = 204;
                    context.Response.Close();
                }
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }

    /// <summary>The running command.</summary>
    private sealed class Listener : IAsyncDisposable
    {
        private readonly Process _process;
        private readonly ConcurrentQueue<string> _printed = new();
        private readonly SemaphoreSlim _lines = new(0);

        private Listener(Process process) => _process = process;

        public IReadOnlyCollection<string> Printed => _printed;

        public string Secret { get; private set; } = "";

        public static async Task<Listener> StartAsync(PortalProcess portal, LocalReceiver receiver, string key)
        {
            // The command needs nothing from the program's own folder: neither database nor keys.
            var start = DotnetProgram.StartInfo(
                RepositoryPaths.PortalAssembly,
                ["webhooks", "listen", "--forward", receiver.Address, "--service", portal.BaseAddress.ToString(), "--events", "setup_intent.created"]);
            start.WorkingDirectory = Path.GetTempPath();
            start.Environment["DOJO_API_KEY"] = key;
            var listener = new Listener(new Process { StartInfo = start });
            listener._process.OutputDataReceived += listener.Keep;
            listener._process.ErrorDataReceived += listener.Keep;
            listener._process.Start();
            listener._process.BeginOutputReadLine();
            listener._process.BeginErrorReadLine();
            listener.Secret = (await listener.UntilPrintedAsync(line => line.StartsWith("Signing secret: ", StringComparison.Ordinal)))["Signing secret: ".Length..];
            return listener;
        }

        public async Task<string> UntilPrintedAsync(Func<string, bool> isIt)
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            patience.CancelAfter(TimeSpan.FromMinutes(1));
            while (true)
            {
                if (_printed.FirstOrDefault(isIt) is { } line)
                {
                    return line;
                }

                await _lines.WaitAsync(patience.Token);
            }
        }

        /// <summary>Sends SIGINT, as Ctrl+C does.</summary>
        public async Task<int> InterruptAsync()
        {
            using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
            await kill.WaitForExitAsync(Ct);
            await _process.WaitForExitAsync(Ct).WaitAsync(TimeSpan.FromMinutes(1), Ct);
            return _process.ExitCode;
        }

        public async ValueTask DisposeAsync()
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
            }

            _process.Dispose();
            _lines.Dispose();
        }

        private void Keep(object sender, DataReceivedEventArgs line)
        {
            if (line.Data is not null)
            {
                _printed.Enqueue(line.Data);
                _lines.Release();
            }
        }
    }
}

using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Dojo.Pci.Portal.Api;
using Dojo.Pci.Portal.Api.Gate;
using Dojo.Pci.Tests.Unit.Harness;

namespace Dojo.Pci.Tests.Unit.Api;

/// <summary>Slow senders over real sockets.</summary>
[Trait("Length", "Long")]
public sealed class SlowBodiesTests : IAsyncLifetime
{
    // More than the places for writers, and more than were ever admitted in a burst.
    private const int Slow = WriteAdmission.Places + WriteAdmission.Burst + 10;

    private readonly List<TcpClient> _sockets = [];
    private PortalFactory _portal = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _portal = await PortalFactory.StartAsync();

    public ValueTask DisposeAsync()
    {
        _sockets.ForEach(socket => socket.Dispose());
        return _portal.DisposeAsync();
    }

    [Theory]
    [InlineData("Content-Length: 200", "{")]
    [InlineData("Transfer-Encoding: chunked", "1\r\n{\r\n")]
    [InlineData("Transfer-Encoding: chunked", "")]
    public async Task While_one_key_has_hundreds_of_bodies_under_way_another_key_is_served_as_always(string length, string begun)
    {
        var other = await _portal.CreateKeyAsync();
        using var client = _portal.ClientOf(other.Secret);
        for (var i = 0; i < Slow; i++)
        {
            await OpenAsync(length, begun);
        }

        var answers = await Task.WhenAll(Enumerable.Range(0, 300).Select(_ => client.TokenizeAsync(new ACard().ToJson())));

        answers.ShouldAllBe(answer => (int)answer.Status == 200);
        _sockets.ShouldAllBe(socket => socket.Available == 0 || StartOf(socket) == "HTTP/1.1 408", "no slow one was refused for want of a place; on a busy machine its time may be up");
    }

    private static string StartOf(TcpClient socket)
    {
        var start = new byte["HTTP/1.1 408".Length];
        socket.GetStream().ReadExactly(start);
        return Encoding.ASCII.GetString(start);
    }

    [Theory]
    [InlineData("Content-Length: 200", "{")]
    [InlineData("Transfer-Encoding: chunked", "1\r\n \r\n")]
    public async Task A_body_that_comes_byte_by_byte_is_408_soon(string length, string piece)
    {
        var stream = await OpenAsync(length, begun: "");
        var started = Stopwatch.GetTimestamp();
        var answer = ReadAsync(stream);
        while (!answer.IsCompleted)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(piece), Ct);
            await Task.WhenAny(answer, Task.Delay(200, Ct));
        }

        (await answer).ShouldStartWith("HTTP/1.1 408");
        Stopwatch.GetElapsedTime(started).ShouldBeLessThan(2 * Limits.BodyWithin);
    }

    [Fact]
    public async Task A_body_that_comes_faster_than_the_least_rate_but_never_ends_is_408_once_its_time_is_up()
    {
        var stream = await OpenAsync("Transfer-Encoding: chunked", begun: "");
        var started = Stopwatch.GetTimestamp();
        var answer = ReadAsync(stream);
        var piece = Encoding.ASCII.GetBytes($"200\r\n{new string(' ', 0x200)}\r\n");
        while (!answer.IsCompleted)
        {
            await stream.WriteAsync(piece, Ct); // 2.5 KB/s: the longest body allowed would take 26 seconds
            await Task.WhenAny(answer, Task.Delay(200, Ct));
        }

        (await answer).ShouldStartWith("HTTP/1.1 408");
        Stopwatch.GetElapsedTime(started).ShouldBeInRange(Limits.BodyWithin - TimeSpan.FromSeconds(1), 2 * Limits.BodyWithin);
    }

    private async Task<NetworkStream> OpenAsync(string length, string begun)
    {
        var socket = new TcpClient();
        _sockets.Add(socket);
        await socket.ConnectAsync(_portal.BaseAddress.Host, _portal.BaseAddress.Port, Ct);
        var head = string.Concat(RawHttp.Head(_portal.SandboxKey.Secret, "X-Forwarded-Proto: https", length).Select(line => line + "\r\n")) + "\r\n";
        await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head + begun), Ct);
        return socket.GetStream();
    }

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        var buffer = new byte[4096];
        return Encoding.ASCII.GetString(buffer.AsSpan(0, await stream.ReadAsync(buffer, Ct)));
    }
}

using System.Text;
using Dojo.Pci.Bench.Crash;
using Dojo.Pci.Bench.Load;

namespace Dojo.Pci.Tests.Unit.Bench;

public sealed class HttpAnswerTests
{
    private const string WithLength = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"id\":\"si_1\"}";
    private const string InChunks = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\nversion: 2025-09-10\r\n\r\nd\r\n{\"id\":\"si_1\"}\r\n1A\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n\r\n";
    private const string WithoutBody = "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\ncontent-length: 0\r\n\r\n";

    [Theory]
    [InlineData(WithLength, 200, "{\"id\":\"si_1\"}")]
    [InlineData(InChunks, 200, "{\"id\":\"si_1\"}")]
    [InlineData(WithoutBody, 503, "")]
    public void An_answer_is_read_once_all_of_it_has_arrived(string text, int status, string body)
    {
        var bytes = Encoding.ASCII.GetBytes(text);
        for (var arrived = 0; arrived < bytes.Length; arrived++)
        {
            HttpAnswer.TryRead(bytes.AsSpan(0, arrived), out _).ShouldBeFalse($"{arrived} bytes are not all");
        }

        HttpAnswer.TryRead(bytes, out var answer).ShouldBeTrue();
        answer.Status.ShouldBe(status);
        answer.Length.ShouldBe(bytes.Length);
        Encoding.ASCII.GetString(answer.Body).ShouldBe(body);
    }

    [Fact]
    public void What_comes_after_an_answer_is_not_part_of_it()
    {
        HttpAnswer.TryRead(Encoding.ASCII.GetBytes(WithLength + WithoutBody), out var answer).ShouldBeTrue();

        answer.Length.ShouldBe(WithLength.Length);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH and some more text\r\n\r\n")]
    [InlineData("HTTP/1.1 abc\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    public void What_is_no_answer_is_a_fault(string text) =>
        Should.Throw<FormatException>(() => HttpAnswer.TryRead(Encoding.ASCII.GetBytes(text), out _));

    [Theory]
    [InlineData("{\"id\":\"si_prod_abc\",\"status\":\"Created\"}", "si_prod_abc")]
    [InlineData("{\"status\":\"Created\"}", null)]
    [InlineData("{\"id\":\"si_pro", null)]
    public void The_token_in_an_answer_is_found(string body, string? token) => CrashClient.TokenIn(Encoding.ASCII.GetBytes(body)).ShouldBe(token);
}

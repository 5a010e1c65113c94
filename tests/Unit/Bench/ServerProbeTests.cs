using Dojo.Pci.Bench.Servers;

namespace Dojo.Pci.Tests.Unit.Bench;

public sealed class ServerProbeTests
{
    [Theory]
    [InlineData("bench:4711", true, 4711)]
    [InlineData("bench:", false, 0)]
    [InlineData("bench:-1", false, 0)]
    [InlineData("4711", false, 0)]
    [InlineData("2026-11-26T10:26:48.621Z info: Microsoft.Hosting.Lifetime[14] Now listening on: http://127.0.0.1:5080", false, 0)]
    public void An_answer_is_told_from_what_a_server_logs(string line, bool isAnswer, long allocatedBytes)
    {
        ServerProbe.TryRead(line, out var bytes).ShouldBe(isAnswer);

        bytes.ShouldBe(allocatedBytes);
    }
}

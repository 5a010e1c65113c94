using System.Text;
using Dojo.Pci.Tokenization;

namespace Dojo.Pci.Tests.Unit.Json;

public sealed class JsonBufferTests : IDisposable
{
    private readonly JsonBuffer _buffer = new();

    public void Dispose() => _buffer.Dispose();

    [Fact]
    public void What_is_written_after_something_longer_has_nothing_of_it()
    {
        Write(new string('x', 200_000)).ShouldBe($"\"{new string('x', 200_000)}\"");
        Write("short").ShouldBe("\"short\"");
    }

    [Fact]
    public void What_was_begun_and_given_up_leaves_nothing()
    {
        _buffer.Begin().WriteStartObject();

        Write("next").ShouldBe("\"next\"");
    }

    [Fact]
    public void Many_threads_write_each_their_own()
    {
        var written = new string[64];
        Parallel.For(0, written.Length, i => written[i] = Write($"text {i}"));

        written.ShouldBe(Enumerable.Range(0, written.Length).Select(i => $"\"text {i}\""));
    }

    private string Write(string text)
    {
        _buffer.Begin().WriteStringValue(text);
        return Encoding.UTF8.GetString(_buffer.End());
    }
}

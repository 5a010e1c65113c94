using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using System.Runtime.ExceptionServices;
using System.Text;
using Dojo.Pci.Tests.Unit.Harness;
using Dojo.Pci.Tokenization.Authorization;

namespace Dojo.Pci.Tests.Unit.Authorization;

public sealed class KeepingTheCardSecretTests : AcquirerTest
{
    [Fact]
    public async Task Neither_card_nor_key_is_in_a_log_line_an_exception_or_a_trace_no_matter_what_happens()
    {
        var said = new ConcurrentQueue<string>();
        var spans = new ConcurrentQueue<string>();
        void OnException(object? sender, FirstChanceExceptionEventArgs thrown) => said.Enqueue(thrown.Exception.ToString());
        using var activities = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => spans.Enqueue(TextOf(activity)),
        };
        ActivitySource.AddActivityListener(activities);
        AppDomain.CurrentDomain.FirstChanceException += OnException;
        try
        {
            using var events = new HttpEvents(said);
            foreach (var behaviour in Enum.GetValues<AcquirerBehaviour>().Where(behaviour => behaviour != AcquirerBehaviour.Delay))
            {
                var id = $"{behaviour}-{Id}";
                Acquirer.Program(id, behaviour, whenAsked: behaviour);
                await Authorizer.AuthorizeAsync(Production, Card, id, Ct);
                await Authorizer.ChargeAsync(Production, Card, 1999, "GBP", id, Ct);
                await Authorizer.AskAsync(Production, id, Ct);
            }
        }
        finally
        {
            AppDomain.CurrentDomain.FirstChanceException -= OnException;
        }

        // Without these the test would pass even if it captured nothing.
        said.ShouldNotBeEmpty();
        Log.Lines.ShouldNotBeEmpty();
        spans.ShouldContain(span => span.Contains("/v1/charges", StringComparison.Ordinal));
        foreach (var text in said.Concat(spans).Concat(Log.Lines))
        {
            text.ShouldNotContain(CardText);
            text.ShouldNotContain(ReferenceAcquirer.ApiKey);
        }
    }

    [Fact]
    public async Task What_held_the_body_is_zeroed()
    {
        var content = AttemptContent.Of(Id, Card, amount: null);
        var written = await BodyOf(content);
        written.Span.IndexOf(Encoding.ASCII.GetBytes(CardText)).ShouldBeGreaterThan(0);

        content.Dispose();

        written.Span.IndexOf(Encoding.ASCII.GetBytes(CardText)).ShouldBe(-1);
    }

    [Fact]
    public void A_body_that_does_not_fit_is_refused_rather_than_copied()
    {
        using var writer = new SecretWriter(32);

        writer.Advance(20);

        Should.Throw<InvalidOperationException>(() => writer.GetMemory(13));
        Should.Throw<ArgumentOutOfRangeException>(() => writer.Advance(13));
    }

    private static async Task<ReadOnlyMemory<byte>> BodyOf(AttemptContent content)
    {
        await using var wire = new KeptMemory();
        await content.CopyToAsync(wire, Ct);
        return wire.Memory;
    }

    private static string TextOf(Activity activity) => string.Join(
        ' ',
        activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}")
            .Concat(activity.Events.SelectMany(happened => happened.Tags).Select(tag => $"{tag.Key}={tag.Value}"))
            .Concat(activity.Baggage.Select(item => $"{item.Key}={item.Value}"))
            .Append(activity.DisplayName)
            .Append(activity.StatusDescription));

    /// <summary>Captures the events that the HTTP client emits to listeners.</summary>
    private sealed class HttpEvents(ConcurrentQueue<string> said) : EventListener
    {
        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "System.Net.Http")
            {
                EnableEvents(eventSource, EventLevel.Verbose, EventKeywords.All);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData) =>
            said?.Enqueue($"{eventData.EventName} {string.Join(' ', eventData.Payload ?? Enumerable.Empty<object?>())}");
    }

    /// <summary>A stream that keeps the memory that is written to it, not a copy.</summary>
    private sealed class KeptMemory : MemoryStream
    {
        public ReadOnlyMemory<byte> Memory { get; private set; }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Memory = buffer;
            return ValueTask.CompletedTask;
        }
    }
}

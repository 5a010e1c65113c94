using System.Net;
using Dojo.Pci.Portal.Api.RequestLogs;
using Dojo.Pci.Tokenization.Accounts;
using Dojo.Pci.Tokenization.RequestLogs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;

namespace Dojo.Pci.Tests.Unit.RequestLogs;

public sealed class RequestLogMiddlewareTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(Samples.Start);
    private readonly OneEntry _log = new();
    private readonly ApiMetrics _metrics = new();

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task The_duration_is_that_of_the_whole_request()
    {
        await InvokeAsync(new DefaultHttpContext(), _ => _clock.Advance(TimeSpan.FromMilliseconds(12)));

        _log.Entry!.At.ShouldBe(Samples.Start);
        _log.Entry.Duration.ShouldBe(TimeSpan.FromMilliseconds(12));
    }

    [Fact]
    public async Task A_caller_who_left_before_the_answer_got_none()
    {
        var context = new DefaultHttpContext { RequestAborted = new CancellationToken(canceled: true) };

        await InvokeAsync(context, _ => { });

        _log.Entry!.Status.ShouldBe(StatusCodes.Status499ClientClosedRequest);
    }

    [Fact]
    public async Task What_nobody_could_handle_is_recorded_on_its_way_out()
    {
        await Should.ThrowAsync<InvalidOperationException>(() => InvokeAsync(new DefaultHttpContext(), _ => throw new InvalidOperationException()));

        _log.Entry.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("post", "POST")]
    [InlineData("PATCH", "PATCH")]
    [InlineData("5200000000001005", RequestMethods.Other)]
    public async Task Only_methods_that_HTTP_knows_are_named(string sent, string recorded)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = sent;

        await InvokeAsync(context, _ => { });

        _log.Entry!.Method.ShouldBe(recorded);
    }

    [Theory]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    public async Task An_IPv4_address_inside_IPv6_is_recorded_as_what_it_is(string remote, string recorded)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(remote);

        await InvokeAsync(context, _ => { });

        _log.Entry!.ClientAddress.ShouldBe(IPAddress.Parse(recorded));
    }

    private Task InvokeAsync(HttpContext context, Action<HttpContext> next)
    {
        var middleware = new RequestLogMiddleware(
            context =>
            {
                next(context);
                return Task.CompletedTask;
            },
            _log,
            _metrics,
            _clock);
        return middleware.InvokeAsync(context);
    }

    private sealed class OneEntry : IRequestLog
    {
        public RequestLogEntry? Entry { get; private set; }

        public bool TryRecord(RequestLogEntry entry)
        {
            Entry = entry;
            return true;
        }

    }
}

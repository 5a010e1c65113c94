using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace Dojo.Pci.Portal.Security;

/// <summary>
/// A connection whose last response need not come from the server. The server refuses requests that are not HTTP with a bare status, before
/// any middleware, and offers no way to add a body.
/// </summary>
internal sealed class WatchedConnection : ConnectionContext
{
    private readonly ConnectionContext _inner;
    private Pipe _pipe;

    private WatchedConnection(ConnectionContext inner)
    {
        _inner = inner;
        _pipe = new Pipe(inner.Transport);
        inner.Features.Set(this);
    }

    public override string ConnectionId { get => _inner.ConnectionId; set => _inner.ConnectionId = value; }

    public override IFeatureCollection Features => _inner.Features;

    public override IDictionary<object, object?> Items { get => _inner.Items; set => _inner.Items = value; }

    public override CancellationToken ConnectionClosed { get => _inner.ConnectionClosed; set => _inner.ConnectionClosed = value; }

    public override EndPoint? LocalEndPoint { get => _inner.LocalEndPoint; set => _inner.LocalEndPoint = value; }

    public override EndPoint? RemoteEndPoint { get => _inner.RemoteEndPoint; set => _inner.RemoteEndPoint = value; }

    /// <summary>The transport that the server reads and writes. TLS inserts itself by setting it.</summary>
    public override IDuplexPipe Transport
    {
        get => _pipe;
        set => _pipe = new Pipe(_inner.Transport = value);
    }

    /// <summary>The connection middleware, to be used for every endpoint, before TLS.</summary>
    public static ConnectionDelegate Watch(ConnectionDelegate next) => connection => next(new WatchedConnection(connection));

    /// <summary>Sends the last bytes of the connection: everything that the server writes afterwards is dropped.</summary>
    public void SayLast(ReadOnlySpan<byte> bytes) => _pipe.Writer.SayLast(bytes);

    public override void Abort(ConnectionAbortedException abortReason) => _inner.Abort(abortReason);

    public override void Abort() => _inner.Abort();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _inner.DisposeAsync();
    }

    private sealed class Pipe(IDuplexPipe inner) : IDuplexPipe
    {
        public PipeReader Input => inner.Input;

        public PipeWriter Output => Writer;

        public LastWordWriter Writer { get; } = new(inner.Output);
    }

    private sealed class LastWordWriter(PipeWriter inner) : PipeWriter
    {
        private ArrayBufferWriter<byte>? _dropped;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public void SayLast(ReadOnlySpan<byte> bytes)
        {
            inner.Write(bytes);
            _dropped = new ArrayBufferWriter<byte>();

            // Not awaited: the bytes fit into one page that the transport takes, and the server waits for the transport when it closes the connection.
            _ = inner.FlushAsync().AsTask();
        }

        public override Memory<byte> GetMemory(int sizeHint = 0) => _dropped?.GetMemory(sizeHint) ?? inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => _dropped is { } dropped ? dropped.GetSpan(sizeHint) : inner.GetSpan(sizeHint);

        public override void Advance(int bytes)
        {
            if (_dropped is null)
            {
                inner.Advance(bytes);
            }
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            _dropped is null ? inner.FlushAsync(cancellationToken) : new ValueTask<FlushResult>(default(FlushResult));

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default) =>
            _dropped is null ? inner.WriteAsync(source, cancellationToken) : new ValueTask<FlushResult>(default(FlushResult));

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);

        public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);
    }
}

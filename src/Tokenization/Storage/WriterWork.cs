using System.Data.Common;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>A piece of work that waits for the writer, with the promise of an answer to its caller.</summary>
internal interface IWriterWork
{
    /// <summary>The rows that the work may see and write.</summary>
    TenantScope Scope { get; }

    /// <summary>Does the work inside the batch's transaction. It is called again in a new transaction if something in the batch has failed.</summary>
    void Do(DbConnection connection);

    /// <summary>Does the work that cannot be part of a transaction, once the batch is on disk.</summary>
    void DoBetweenBatches(DbConnection connection);

    /// <summary>Makes the answer a failure. Nothing of the work is stored.</summary>
    void Fail(Exception exception);

    /// <summary>Completes the caller's task; its continuations run on the thread pool. Call it once.</summary>
    void Answer();
}

/// <summary>A piece of work with its result. It is also the promise itself, which saves one object for each write.</summary>
/// <param name="scope">The rows that the work may see and write.</param>
/// <param name="work">The work.</param>
/// <param name="betweenBatches">Whether the work runs on the writer's connection between two batches, because it cannot be part of a transaction.</param>
internal sealed class WriterWork<T>(TenantScope scope, Func<DbConnection, T> work, bool betweenBatches = false)
    : TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously), IWriterWork
{
    private Exception? _failure;
    private T _result = default!;

    public TenantScope Scope => scope;

    public void Do(DbConnection connection)
    {
        if (!betweenBatches)
        {
            _result = work(connection);
        }
    }

    public void DoBetweenBatches(DbConnection connection)
    {
        if (!betweenBatches)
        {
            return;
        }

        try
        {
            _result = work(connection);
        }
        catch (Exception exception)
        {
            Fail(exception);
        }
    }

    public void Fail(Exception exception) => _failure = exception;

    public void Answer()
    {
        if (_failure is null)
        {
            SetResult(_result);
        }
        else
        {
            SetException(_failure);
        }
    }
}

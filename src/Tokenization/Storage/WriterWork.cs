using System.Data.Common;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>Something that waits for the writer, and the promise of an answer to the one who asked.</summary>
internal interface IWriterWork
{
    /// <summary>Whose rows it may see and write.</summary>
    TenantScope Scope { get; }

    /// <summary>Does the work inside the batch's transaction. Is called again, in a new transaction, when something in the batch has failed.</summary>
    void Do(DbConnection connection);

    /// <summary>Does what cannot be part of a transaction, once the batch is on disk.</summary>
    void DoBetweenBatches(DbConnection connection);

    /// <summary>Makes the answer a failure: nothing of it is stored.</summary>
    void Fail(Exception exception);

    /// <summary>Tells the caller, who goes on at the thread pool. To be called once.</summary>
    void Answer();
}

/// <summary>Work with its result. It is its own promise, so that a write makes one object less.</summary>
/// <param name="scope">Whose rows it may see and write.</param>
/// <param name="work">What to do.</param>
/// <param name="betweenBatches">Whether it is done on the writer's connection between two batches, because it cannot be part of a transaction.</param>
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

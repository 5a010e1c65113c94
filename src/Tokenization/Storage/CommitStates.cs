using System.Data.Common;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>
/// State that the pieces of work in one commit share: look-ups that they have made, or rows to be written together, which costs less than
/// writing each alone.
/// </summary>
internal interface ICommitState
{
    /// <summary>Writes the pending rows before the commit, and clears the state.</summary>
    void Finish(DbConnection connection);

    /// <summary>Clears the state after the work was rolled back.</summary>
    void Drop();
}

/// <summary>The states of a connection's current commit, one of each type. Not thread-safe.</summary>
internal sealed class CommitStates
{
    private readonly Dictionary<Type, ICommitState> _states = [];

    /// <summary>Gets the state of a type.</summary>
    /// <param name="make">Creates the state at the first request for it.</param>
    public T Of<T>(Func<T> make)
        where T : class, ICommitState
    {
        if (!_states.TryGetValue(typeof(T), out var state))
        {
            _states[typeof(T)] = state = make();
        }

        return (T)state;
    }

    /// <inheritdoc cref="ICommitState.Finish"/>
    public void Finish(DbConnection connection)
    {
        foreach (var state in _states.Values)
        {
            state.Finish(connection);
        }
    }

    /// <inheritdoc cref="ICommitState.Drop"/>
    public void Drop()
    {
        foreach (var state in _states.Values)
        {
            state.Drop();
        }
    }
}

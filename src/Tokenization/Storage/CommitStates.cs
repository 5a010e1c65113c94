using System.Data.Common;

namespace Dojo.Pci.Tokenization.Storage;

/// <summary>What the pieces of work that share a commit have in common: what they have looked up, or leave to be written together, which costs less than each for itself.</summary>
internal interface ICommitState
{
    /// <summary>Writes what was left to be written, before the commit, and forgets everything.</summary>
    void Finish(DbConnection connection);

    /// <summary>Forgets everything: the work was undone.</summary>
    void Drop();
}

/// <summary>The states of the commit that is being made on a connection, one of each type. Not safe for two threads.</summary>
internal sealed class CommitStates
{
    private readonly Dictionary<Type, ICommitState> _states = [];

    /// <summary>The state of a type.</summary>
    /// <param name="make">Makes it, when it is asked for the first time.</param>
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

namespace Dojo.Pci.Tokenization.Results;

/// <summary>
/// Why a request was refused: a closed family, so that every caller can answer each case by name. A refusal is an
/// expected answer and travels in a <see cref="Result{T}"/>; a fault of ours is an exception. No message ever repeats
/// what the caller sent.
/// </summary>
/// <param name="Message">One sentence for the person who has to act on it.</param>
public abstract record Refusal(string Message)
{
    /// <summary>The input breaks one or more rules.</summary>
    /// <param name="Errors">Every broken rule, at least one, in the order of the fields.</param>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors)
        : Refusal("One or more validation errors occurred.");

    /// <summary>The thing is in a state in which this cannot be done with it.</summary>
    public sealed record WrongState(string Message) : Refusal(Message);

    /// <summary>The thing does not allow this change, because of its state or of how it was made; Dojo answers such a change of an amount in a way of its own.</summary>
    public sealed record NotChangeable(string Message) : Refusal(Message);

    /// <summary>The thing does not exist for this tenant: never said to exist for another (DESIGN D8).</summary>
    public sealed record NotFound(string Message) : Refusal(Message);

    /// <summary>The request was understood and collides with what is already stored or running.</summary>
    public sealed record Conflict(string Message) : Refusal(Message);

    /// <summary>The caller may not do this.</summary>
    public sealed record Forbidden(string Message) : Refusal(Message);

    /// <summary>A rule refuses more of this for a while.</summary>
    /// <param name="Message">Which rule.</param>
    /// <param name="RetryAfter">After how long it may be tried again.</param>
    public sealed record Limited(string Message, TimeSpan RetryAfter) : Refusal(Message);

    /// <summary>The caller may do this, once they have proved again who they are.</summary>
    public sealed record Unconfirmed(string Message) : Refusal(Message);
}

/// <summary>One broken rule of one field.</summary>
/// <param name="Field">The field's name in PascalCase, as the seed's error bodies spell it.</param>
/// <param name="Message">The rule that was broken; never the value that broke it.</param>
public sealed record FieldError(string Field, string Message);

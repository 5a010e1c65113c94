namespace Dojo.Pci.Tokenization.Results;

/// <summary>
/// The reason why a request was refused: a closed set of types, so that every caller can handle each case by name. A refusal
/// is an expected answer and is returned in a <see cref="Result{T}"/>; a fault of the service is an exception. No message ever
/// repeats what the caller sent.
/// </summary>
/// <param name="Message">One sentence for the person who has to act on it.</param>
public abstract record Refusal(string Message)
{
    /// <summary>The input breaks one or more rules.</summary>
    /// <param name="Errors">Every broken rule, at least one, in the order of the fields.</param>
    public sealed record Invalid(IReadOnlyList<FieldError> Errors)
        : Refusal("One or more validation errors occurred.");

    /// <summary>The current state of the object does not allow the operation.</summary>
    public sealed record WrongState(string Message) : Refusal(Message);

    /// <summary>
    /// The object does not allow this change, because of its state or of how it was made; Dojo has its own answer for such a change of an amount.
    /// </summary>
    public sealed record NotChangeable(string Message) : Refusal(Message);

    /// <summary>The object does not exist for this tenant. Whether it exists for another is never revealed (DESIGN D8).</summary>
    public sealed record NotFound(string Message) : Refusal(Message);

    /// <summary>The request is valid, but conflicts with what is already stored or running.</summary>
    public sealed record Conflict(string Message) : Refusal(Message);

    /// <summary>The caller may not do this.</summary>
    public sealed record Forbidden(string Message) : Refusal(Message);

    /// <summary>A rule limits how often this may be done.</summary>
    /// <param name="Message">The rule.</param>
    /// <param name="RetryAfter">How long to wait before trying again.</param>
    public sealed record Limited(string Message, TimeSpan RetryAfter) : Refusal(Message);

    /// <summary>The caller may do this after confirming their identity again.</summary>
    public sealed record Unconfirmed(string Message) : Refusal(Message);
}

/// <summary>One broken rule of one field.</summary>
/// <param name="Field">The field's name in PascalCase, as the seed's error bodies spell it.</param>
/// <param name="Message">The rule that was broken; never the value that broke it.</param>
public sealed record FieldError(string Field, string Message);

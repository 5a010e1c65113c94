using System.Diagnostics.CodeAnalysis;

namespace Dojo.Pci.Tokenization.Results;

/// <summary>Either a value or the <see cref="Results.Refusal"/> that was returned instead.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly struct Result<T>
    where T : class
{
    private Result(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>The value; null if the request was refused.</summary>
    public T? Value { get; }

    /// <summary>The refusal; null if there is a value.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsSuccess => Value is not null;

    /// <summary>Creates a successful result.</summary>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "return statements are the only use")]
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>Creates a refused result.</summary>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "return statements are the only use")]
    public static implicit operator Result<T>(Refusal refusal) => new(null, refusal);
}

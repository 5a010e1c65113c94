using System.Diagnostics.CodeAnalysis;

namespace Dojo.Pci.Tokenization.Results;

/// <summary>Either a value or the <see cref="Results.Refusal"/> that stands in its place.</summary>
/// <typeparam name="T">What a success carries.</typeparam>
public readonly struct Result<T>
    where T : class
{
    private Result(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>The value; null when refused.</summary>
    public T? Value { get; }

    /// <summary>The refusal; null when there is a value.</summary>
    public Refusal? Refusal { get; }

    /// <summary>Whether there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsSuccess => Value is not null;

    /// <summary>A success.</summary>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "return statements are the only use")]
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "return statements are the only use")]
    public static implicit operator Result<T>(Refusal refusal) => new(null, refusal);
}

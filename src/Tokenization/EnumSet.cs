using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Dojo.Pci.Tokenization;

/// <summary>The values that a filter lets through. None chosen means any. Two filters are equal when they let the same values through.</summary>
/// <typeparam name="T">An enumeration of at most 64 values, numbered from 0.</typeparam>
[CollectionBuilder(typeof(EnumSet), nameof(EnumSet.Create))]
public readonly record struct EnumSet<T> : IReadOnlyCollection<T>
    where T : struct, Enum
{
    private readonly ulong _bits;

    private EnumSet(ulong bits) => _bits = bits;

    /// <summary>A filter by one value, or by none.</summary>
    /// <param name="value">The value; null for any.</param>
    public EnumSet(T? value)
        : this(value is { } known ? BitOf(known) : 0)
    {
    }

    /// <summary>How many values are chosen; 0 for any.</summary>
    public int Count => BitOperations.PopCount(_bits);

    /// <summary>Chooses one more value.</summary>
    public EnumSet<T> With(T value) => new(_bits | BitOf(value));

    /// <summary>Chooses a value no longer.</summary>
    public EnumSet<T> Without(T value) => new(_bits & ~BitOf(value));

    /// <summary>The chosen values, in the order of the enumeration.</summary>
    public IEnumerator<T> GetEnumerator()
    {
        foreach (var value in Enum.GetValues<T>())
        {
            if ((_bits & BitOf(value)) != 0)
            {
                yield return value;
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static ulong BitOf(T value) => 1UL << Convert.ToInt32(value, null);
}

/// <summary>Makes filters of collection expressions.</summary>
public static class EnumSet
{
    /// <summary>A filter by all of some values.</summary>
    public static EnumSet<T> Create<T>(ReadOnlySpan<T> values)
        where T : struct, Enum
    {
        var filter = default(EnumSet<T>);
        foreach (var value in values)
        {
            filter = filter.With(value);
        }

        return filter;
    }
}

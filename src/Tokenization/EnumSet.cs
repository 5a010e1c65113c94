using System.Collections;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Dojo.Pci.Tokenization;

/// <summary>The values that a filter allows. If none is chosen, it allows any. Two filters are equal if they have the same chosen values.</summary>
/// <typeparam name="T">An enumeration of at most 64 values, numbered from 0.</typeparam>
[CollectionBuilder(typeof(EnumSet), nameof(EnumSet.Create))]
public readonly record struct EnumSet<T> : IReadOnlyCollection<T>
    where T : struct, Enum
{
    private readonly ulong _bits;

    private EnumSet(ulong bits) => _bits = bits;

    /// <summary>Creates a filter by one value, or by none.</summary>
    /// <param name="value">The value; null for any.</param>
    public EnumSet(T? value)
        : this(value is { } known ? BitOf(known) : 0)
    {
    }

    /// <summary>The number of chosen values; 0 for any.</summary>
    public int Count => BitOperations.PopCount(_bits);

    /// <summary>Returns the filter with one more value.</summary>
    public EnumSet<T> With(T value) => new(_bits | BitOf(value));

    /// <summary>Returns the filter without a value.</summary>
    public EnumSet<T> Without(T value) => new(_bits & ~BitOf(value));

    /// <summary>Enumerates the chosen values, in the order of the enumeration type.</summary>
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

/// <summary>Creates filters from collection expressions.</summary>
public static class EnumSet
{
    /// <summary>Creates a filter by several values.</summary>
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

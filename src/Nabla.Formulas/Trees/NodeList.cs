using System.Collections;
using System.Runtime.CompilerServices;

namespace Nabla.Formulas.Trees;

/// <summary>A list that never changes; two are equal when their elements are.</summary>
/// <typeparam name="T">What is in it: nodes, or words about them.</typeparam>
[CollectionBuilder(typeof(NodeList), nameof(NodeList.Create))]
public sealed class NodeList<T> : IReadOnlyList<T>, IEquatable<NodeList<T>>
{
    private readonly T[] items;

    internal NodeList(T[] items) => this.items = items;

    /// <summary>A list of nothing.</summary>
    public static NodeList<T> Empty { get; } = new([]);

    /// <summary>How many there are.</summary>
    public int Count => items.Length;

    /// <summary>The element at an index, from 0.</summary>
    public T this[int index] => items[index];

    /// <summary>Whether both have equal elements in the same order.</summary>
    public bool Equals(NodeList<T>? other) => other is not null && items.AsSpan().SequenceEqual(other.items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as NodeList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (T item in items)
            hash.Add(item);
        return hash.ToHashCode();
    }

    /// <summary>The elements in order.</summary>
    public Enumerator GetEnumerator() => new(items);

    IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", items)}]";

    /// <summary>Goes through a list and takes no memory for it, for trees are gone through again and again.</summary>
    public struct Enumerator
    {
        private readonly T[] items;
        private int at;

        internal Enumerator(T[] items) => (this.items, at) = (items, -1);

        /// <summary>The element reached.</summary>
        public readonly T Current => items[at];

        /// <summary>Goes on; false behind the last element.</summary>
        public bool MoveNext() => ++at < items.Length;
    }
}

/// <summary>Makes a <see cref="NodeList{T}"/> of a collection expression.</summary>
public static class NodeList
{
    /// <summary>A list of these elements.</summary>
    public static NodeList<T> Create<T>(ReadOnlySpan<T> items) =>
        items.IsEmpty ? NodeList<T>.Empty : new(items.ToArray());
}

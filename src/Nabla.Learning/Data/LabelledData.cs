using Nabla.Learning.Data.Formats;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Learning.Data;

/// <summary>
/// Examples with a class each. Images may stay bytes, a quarter of the memory, and become numbers from 0 to 1 when they
/// are gathered.
/// </summary>
/// <example><code>
/// var data = new LabelledData(NumericArray.Of(new byte[] { 0, 51, 255, 102 }, 2, 2), [1, 0], ["no", "yes"]);
/// data.Gather([1, 0], new Rng(1)).Inputs;      // = [1, 0.4, 0, 0.2]
/// data.Gather([1, 0], new Rng(1)).Labels;      // = [0, 1]
/// </code></example>
public sealed class LabelledData : Dataset<Batch>
{
    private readonly byte[]? bytes;
    private readonly float[]? floats;
    private readonly int[] labels;
    private readonly int size; // numbers of an example

    /// <summary>N examples [N, …] with their classes, numbers from 0 that stand for these names.</summary>
    /// <exception cref="ArgumentException">
    /// There are not as many labels as examples, or a label has no name.
    /// </exception>
    public LabelledData(NumericArray inputs, int[] labels, IReadOnlyList<string> classes)
    {
        if (inputs.Shape.Rank == 0 || inputs.Shape[0] != labels.Length)
            throw new ArgumentException(
                $"LabelledData: {labels.Length} labels for inputs {inputs.Shape}; the first size must be their "
                + "number.");
        foreach ((int i, int label) in labels.Index())
            if ((uint)label >= (uint)classes.Count)
                throw new ArgumentException(
                    $"LabelledData: label {i} is {label}; expected 0 to {classes.Count - 1}, as there are "
                    + $"{classes.Count} classes.");
        if (inputs.Type == ElementType.U8)
            bytes = inputs.AsSpan<byte>().ToArray();
        else
            floats = inputs.ToFloats();
        (this.labels, Classes) = (labels, classes);
        ItemShape = Shape.Create(inputs.Shape.AsSpan()[1..]);
        size = ItemShape.ElementCount;
    }

    /// <inheritdoc/>
    public override int Count => labels.Length;

    /// <summary>The class of each example.</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The names of an example's numbers, where they have names; else empty.</summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>The shape of one example: [28, 28] for images of clothes.</summary>
    public Shape ItemShape { get; }

    /// <summary>
    /// The examples of a table: one column has the classes, all others are numbers (words are one-hot). Rows without a
    /// class are left out.
    /// </summary>
    /// <exception cref="DataException">
    /// There is no such column, it has no classes or more than 1,000, no other column is there, or a value is missing
    /// and none may be.
    /// </exception>
    public static LabelledData Of(Table table, string label, MissingValues missing = MissingValues.Refuse)
    {
        Column kinds = table[label];
        table = table.Take([.. Enumerable.Range(0, table.Rows).Where(row => !kinds.IsMissing(row))]);
        if (missing == MissingValues.DropRows)
            table = table.Complete();
        (int[] labels, string[] classes) = ClassesOf(table, table[label]);
        Table others = table.Without(label);
        if (others.Columns.Count == 0)
            throw new DataException($"{table.Source}: there is no column but {Foreign.Quote(label)}; expected others, "
                + "to tell the class by.");
        return new LabelledData(NumericArray.Of(others.ToTensor(missing)), labels, classes)
        {
            Features = others.FeatureNames,
        };
    }

    /// <summary>All examples in their order, [N, …].</summary>
    public Tensor AllInputs()
    {
        var values = new float[Count * size];
        for (int i = 0; i < Count; i++)
            Copy(i, values.AsSpan(i * size, size));
        return new Tensor(values, [Count, .. ItemShape]);
    }

    /// <inheritdoc/>
    public override Batch Gather(ReadOnlySpan<int> indices, Rng rng)
    {
        var values = new float[indices.Length * size];
        var kinds = new int[indices.Length];
        for (int i = 0; i < indices.Length; i++)
        {
            if ((uint)indices[i] >= (uint)Count)
                throw new ArgumentOutOfRangeException(
                    nameof(indices), $"LabelledData: there is no example {indices[i]}; there are {Count}.");
            Copy(indices[i], values.AsSpan(i * size, size));
            kinds[i] = labels[indices[i]];
        }
        return new Batch(new Tensor(values, [indices.Length, .. ItemShape]), kinds);
    }

    private void Copy(int example, Span<float> to)
    {
        if (floats is not null)
        {
            floats.AsSpan(example * size, size).CopyTo(to);
            return;
        }
        ReadOnlySpan<byte> from = bytes.AsSpan(example * size, size);
        for (int i = 0; i < to.Length; i++)
            to[i] = from[i] * (1 / 255f);
    }

    private static (int[] Labels, string[] Classes) ClassesOf(Table table, Column column)
    {
        const int most = 1000;
        if (column is CategoricalColumn words)
            return Counted([.. words.Codes], [.. words.Categories]);
        double[] values = [.. ((NumericColumn)column).Values];
        double[] different = [.. values.Distinct().Order()];
        return Counted(
            Array.ConvertAll(values, value => Array.BinarySearch(different, value)),
            [.. different.Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture))]);

        (int[], string[]) Counted(int[] labels, string[] classes) => classes.Length is > 0 and <= most
            ? (labels, classes)
            : throw new DataException($"{table.Source}: column {Foreign.Quote(column.Name)} has {classes.Length:N0} "
                + $"different values; expected 1 to {most:N0} classes. Is it the column of the class?");
    }
}

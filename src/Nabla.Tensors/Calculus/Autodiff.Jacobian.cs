namespace Nabla.Tensors.Calculus;

public static partial class Autodiff
{
    /// <summary>
    /// J = ∂f/∂x, [..y, ..x]: the sizes of f(x), then those of x. It takes a backward pass for each row or a forward
    /// pass for each column, whichever are fewer.
    /// </summary>
    /// <exception cref="ArgumentException">x holds NaN.</exception>
    /// <example><code>
    /// Tensor x = new([3f, 5f]);
    /// Autodiff.Jacobian(t => t.Sum() * t, x);   // = [11, 3, 5, 13]
    /// (3 + 5) + 3;                              // = 11
    /// </code></example>
    public static Tensor Jacobian(Func<Tensor, Tensor> f, Tensor x)
    {
        using Evaluation y = Evaluation.At("Jacobian", t => f(t[0]), [x]);
        return y.Result(Jacobian(y, Shape.Create([.. y.Value.Shape, .. x.Shape])));
    }

    /// <summary>
    /// The Jacobian of a function of several tensors as a matrix [M, N]: a row for each number of f(x), a column for
    /// each number of the tensors, one tensor after another.
    /// </summary>
    /// <exception cref="ArgumentException">There is no tensor, or one holds NaN.</exception>
    /// <example><code>
    /// Autodiff.Jacobian(t => t[0] * t[1], [new([3f]), new([5f])]);   // = [5, 3]
    /// </code></example>
    public static Tensor Jacobian(Func<Tensor[], Tensor> f, Tensor[] x)
    {
        using Evaluation y = Evaluation.At("Jacobian", f, x);
        return y.Result(Jacobian(y, [y.Value.Count, y.Count]));
    }

    /// <summary>The Jacobian of a function of parameters at their values, as a matrix [M, N].</summary>
    /// <exception cref="ArgumentException">There is no parameter, or one is given twice or holds NaN.</exception>
    /// <example><code>
    /// Parameter w = new(new Tensor([3f, 5f]));
    /// Autodiff.Jacobian(() => w.Square(), [w]);   // = [6, 0, 0, 10]
    /// </code></example>
    public static Tensor Jacobian(Func<Tensor> f, IReadOnlyList<Parameter> parameters)
    {
        using Evaluation y = Evaluation.At("Jacobian", f, parameters);
        return y.Result(Jacobian(y, [y.Value.Count, y.Count]));
    }

    private static Tensor Jacobian(Evaluation y, Shape shape)
    {
        Tensor result = Tensor.Uninitialized(shape);
        if (y.Value.Count <= y.Count)
            WriteRows(y, result.Writable());
        else
            WriteColumns(y, result.Writable());
        return result;
    }

    private static void WriteRows(Evaluation y, Span<float> matrix)
    {
        for (int row = 0; row < y.Value.Count; row++)
        {
            using TensorScope scope = TensorScope.Begin(); // the history is older, and stays
            Tensor unit = Tensor.Zeros(y.Value.Shape);
            unit.Writable()[row] = 1;
            matrix = WriteAll(y.Pull(unit), matrix);
        }
    }

    private static void WriteColumns(Evaluation y, Span<float> matrix)
    {
        int columns = y.Count;
        for (int column = 0; column < columns; column++)
        {
            using TensorScope scope = TensorScope.Begin();
            float[]? slopes = y.Push(y.Unit(column))?.ToArray();
            for (int row = 0; row < y.Value.Count; row++)
                matrix[row * columns + column] = slopes is null ? 0 : slopes[row];
        }
    }

    /// <summary>Writes the tensors' numbers one after another, and returns what is left.</summary>
    private static Span<float> WriteAll(Tensor[] tensors, Span<float> numbers)
    {
        foreach (Tensor tensor in tensors)
        {
            tensor.CopyTo(numbers);
            numbers = numbers[tensor.Count..];
        }
        return numbers;
    }
}

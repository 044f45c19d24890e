using Nabla.Formulas.Evaluation;
using Nabla.Tensors;

namespace Nabla.Cli.Sheets;

/// <summary>What a sheet is made from.</summary>
/// <param name="Given">The values of --with.</param>
internal sealed record SheetRequest(Bindings Given)
{
    /// <summary>The folder of --model, or null.</summary>
    public string? Model { get; init; }

    /// <summary>The text of --text, or null.</summary>
    public string? Text { get; init; }

    /// <summary>The table of --data, or null.</summary>
    public string? Data { get; init; }

    /// <summary>When to stop.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>A number that was given, or the usual one.</summary>
    /// <exception cref="UsageException">It is a list.</exception>
    public float Number(string name, float usual)
    {
        if (!Given.TryGet(name, out NumberArray value))
            return usual;
        return value.IsScalar ? (float)value.Values[0]
            : throw new UsageException($"--with {name}: it takes a number, not a list.");
    }

    /// <summary>A list or a matrix that was given, or the usual one.</summary>
    /// <exception cref="UsageException">It has another number of dimensions.</exception>
    public Tensor Tensor(string name, Tensor usual)
    {
        if (!Given.TryGet(name, out NumberArray value))
            return usual;
        if (value.Shape.Rank != usual.Rank || value.Count == 0)
            throw new UsageException($"--with {name}: it takes {(usual.Rank == 1 ? "a list, as in [1, 2, 3]"
                : "a list of rows, as in [[1, 0], [0, 1]]")}, not {value.ToString("G3")}.");
        return new([.. value.Values.ToArray().Select(number => (float)number)], value.Shape);
    }
}

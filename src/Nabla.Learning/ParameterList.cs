using Nabla.Tensors;

namespace Nabla.Learning;

/// <summary>Parameters without a layer around them, as a module: the unknowns of a function, say.</summary>
/// <example><code>
/// var point = new ParameterList(new Parameter(new Tensor([3f])), new Parameter(new Tensor([4f])));
/// (point[0].Square() + point[1].Square()).Sqrt().Item();   // = 5
/// point.ParameterCount();                                  // = 2
/// </code></example>
public sealed class ParameterList : Module
{
    /// <summary>A module of these parameters; their paths are Items.0, Items.1, ….</summary>
    public ParameterList(params IReadOnlyList<Parameter> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Items = [.. parameters];
    }

    /// <summary>The parameters.</summary>
    public IReadOnlyList<Parameter> Items { get; }

    /// <summary>The parameter with this number.</summary>
    public Parameter this[int index] => Items[index];
}

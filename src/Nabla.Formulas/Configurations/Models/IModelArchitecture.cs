namespace Nabla.Formulas.Configurations.Models;

/// <summary>
/// How the weights of a kind of models follow from the configuration. A new architecture is one file with a class that
/// implements this; <see cref="ModelSizer"/> finds it.
/// </summary>
public interface IModelArchitecture
{
    /// <summary>The values of <c>model_type</c> that it knows.</summary>
    IReadOnlyList<string> Families { get; }

    /// <summary>Counts the weights.</summary>
    /// <exception cref="FormulaException">A size is missing.</exception>
    ModelSize Count(ModelSettings settings);
}

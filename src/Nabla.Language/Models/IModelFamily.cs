using System.Text.Json.Nodes;
using Nabla.Numerics;

namespace Nabla.Language.Models;

/// <summary>
/// A way to build language models, one folder each under <c>Models/</c>. Families are found by this interface: a new one
/// needs no registration.
/// </summary>
public interface IModelFamily
{
    /// <summary>The family's name: <c>model_type</c> in <c>config.json</c> and <c>family</c> in a recipe.</summary>
    string Name { get; }

    /// <summary>A new model of these sizes with random weights.</summary>
    LanguageModel Create(NewModel model, Rng rng);

    /// <summary>A model as a <c>config.json</c> describes it; its weights are read afterwards.</summary>
    /// <exception cref="ModelException">A key is missing, or asks for something the family does not have.</exception>
    LanguageModel FromConfigJson(JsonObject config);
}

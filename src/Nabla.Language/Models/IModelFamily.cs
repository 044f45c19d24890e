using System.Text.Json.Nodes;
using Nabla.Numerics;

namespace Nabla.Language.Models;

/// <summary>
/// A way to build language models, one folder each under <c>Models/</c>. Families are found by this interface: a new
/// one needs no registration.
/// </summary>
public interface IModelFamily
{
    /// <summary>The family's name: <c>model_type</c> in <c>config.json</c> and <c>family</c> in a recipe.</summary>
    string Name { get; }

    /// <summary>A new model of these sizes with random weights.</summary>
    LanguageModel Create(NewModel model, Rng rng);

    /// <summary>A model as a <c>config.json</c> describes it; its weights are read afterwards.</summary>
    /// <param name="config">The configuration.</param>
    /// <param name="mostParameters">
    /// How many numbers there are to fill it with: a configuration that asks for more is wrong.
    /// </param>
    /// <exception cref="ModelException">A key is missing, or asks for something the family does not have.</exception>
    LanguageModel FromConfigJson(JsonObject config, long mostParameters = long.MaxValue);

    /// <summary>The stored name of the embedding, which some files repeat as <c>lm_head.weight</c>.</summary>
    string EmbeddingName { get; }

    /// <summary>
    /// The name by which Nabla stores what a file of another tool calls <paramref name="name"/>; null for what is no
    /// weight but can be computed, such as a mask.
    /// </summary>
    string? StoredName(string name);
}

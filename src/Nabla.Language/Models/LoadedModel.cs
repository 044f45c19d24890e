using Nabla.Text.Tokenizers;

namespace Nabla.Language.Models;

/// <summary>What a model folder holds.</summary>
/// <param name="Model">The model.</param>
/// <param name="Tokenizer">The tokenizer it was trained with.</param>
public sealed record LoadedModel(LanguageModel Model, Tokenizer Tokenizer);

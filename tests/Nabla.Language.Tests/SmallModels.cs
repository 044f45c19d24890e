using Nabla.Language.Models;
using Nabla.Learning;
using Nabla.Numerics;

namespace Nabla.Language.Tests;

/// <summary>Small models whose weights are large enough for their answers to differ.</summary>
internal static class SmallModels
{
    public static LanguageModel Create(string family, int vocabulary = 37, int context = 24, int seed = 1)
    {
        var rng = new Rng(seed);
        int keyValueHeads = family == "llama" ? 2 : 4;
        LanguageModel model = ModelFamilies.Named(family).Create(
            new NewModel(new ModelDimensions(vocabulary, context, Layers: 2, Dim: 32, Heads: 4, keyValueHeads)), rng);
        foreach (NamedParameter named in model.Parameters())
            foreach (ref float value in named.Parameter.Values)
                value += 0.2f * (float)rng.NextNormal();
        return model;
    }
}

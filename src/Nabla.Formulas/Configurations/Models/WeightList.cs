namespace Nabla.Formulas.Configurations.Models;

/// <summary>The weights of a model while they are counted.</summary>
internal sealed class WeightList
{
    private readonly List<WeightMatrix> weights = [];

    public IReadOnlyList<WeightMatrix> All => weights;

    /// <summary>An embedding: a row for each token or position.</summary>
    public WeightList Embedding(string name, long rows, long width, string meaning)
    {
        weights.Add(new(name, rows, width, 1) { IsLookup = true, Meaning = meaning });
        return this;
    }

    /// <summary>A linear layer, with its bias where it has one.</summary>
    public WeightList Linear(string name, (long From, long To) size, long count, string meaning, bool hasBias = false)
    {
        weights.Add(new(name, size.To, size.From, count) { Meaning = meaning });
        return hasBias ? Vector(name + ".bias", size.To, count, "") : this;
    }

    /// <summary>A linear layer of experts, of which a token passes some.</summary>
    public WeightList Experts(string name, (long From, long To) size, (long Layers, long Experts, long Chosen) count,
        string meaning)
    {
        weights.Add(new(name, size.To, size.From, count.Layers * count.Experts)
        {
            Active = count.Layers * count.Chosen,
            Meaning = meaning,
        });
        return this;
    }

    /// <summary>A bias or the scales of a norm.</summary>
    public WeightList Vector(string name, long size, long count, string meaning)
    {
        if (size > 0 && count > 0)
            weights.Add(new(name, size, 1, count) { Meaning = meaning });
        return this;
    }

    /// <summary>A layer norm: a scale and, where it has one, a shift for each dimension.</summary>
    public WeightList Norm(string name, long width, long count, bool hasBias = false) =>
        Vector(name, width, count, hasBias ? "scale of the norm" : "scale of the RMS norm")
            .Vector(name + ".bias", hasBias ? width : 0, count, "shift of the norm");
}

using Nabla.Learning.Layers;
using Nabla.Numerics;
using static Nabla.Formulas.Tests.Truth.LayerRow;

namespace Nabla.Formulas.Tests.Truth;

/// <summary>Attention and the layers around it, with two heads of two numbers on one sequence.</summary>
internal static class LayerRowsOfAttention
{
    private const int Dim = 4, Heads = 2, Width = Dim / Heads;

    private static readonly Rng Rng = new(6);
    private static readonly TransformerOptions Small = new() { FeedForward = 3 };

    public static IEnumerable<LayerRow> All() =>
    [
        Of(new PositionalEncoding(Dim), Input("x", [1, 3, Dim], 3, Dim), (l, x) => l.Forward(x), null, "d=4"),
        Of(new MultiHeadAttention(Dim, Heads, Rng), Input("x", [1, 3, Dim], 3, Dim), (l, x) => l.Forward(x),
            l => [.. HeadsOf(l, "Q K V a c d O b")], "D=2"),
        Of(new TransformerEncoderLayer(Dim, Heads, Rng, Small), Input("x", [1, 3, Dim], 3, Dim),
            (l, x) => l.Forward(x), l => [
                .. HeadsOf(l.SelfAttention, "Q K V a c d O b"), .. Norms(l.Norm1, l.Norm2),
                .. Feed(l.Linear1, l.Linear2)], "D=2", "ε=1e-5"),
        Of(new TransformerDecoderLayer(Dim, Heads, Rng, Small),
            [Input("x", [1, 2, Dim], 2, Dim), Input("m", [1, 3, Dim], 3, Dim)],
            (l, x) => l.Forward(x[0], x[1], AttentionMask.Past), l => [
                .. HeadsOf(l.SelfAttention, "Q K V a c d O b"), .. HeadsOf(l.CrossAttention, "A B C q k v P l"),
                .. Norms(l.Norm1, l.Norm2, l.Norm3), .. Feed(l.Linear1, l.Linear2)],
            "D=2", "ε=1e-5", "M=[[0,-1000],[0,0]]"),
    ];

    private static IEnumerable<Given> HeadsOf(MultiHeadAttention attention, string names)
    {
        string[] name = names.Split(' ');
        for (int part = 0; part < 3; part++)
        {
            yield return new(name[part], attention.InputWeight!, Heads, Width, Dim) { Start = part * Dim * Dim };
            yield return new(name[3 + part], attention.InputBias!, Heads, Width) { Start = part * Dim };
        }
        yield return new(name[6], attention.Output.Weight, Heads, Dim, Width) // each head has columns of its own
        {
            Places = [.. from head in Enumerable.Range(0, Heads)
                         from row in Enumerable.Range(0, Dim)
                         from column in Enumerable.Range(0, Width)
                         select row * Dim + head * Width + column],
        };
        yield return Given.All(name[7], attention.Output.Bias);
    }

    private static IEnumerable<Given> Norms(params LayerNorm[] norms) => norms.SelectMany((norm, i) => new[]
    {
        Given.All($"γ_{i + 1}", norm.Scale), Given.All($"β_{i + 1}", norm.Shift),
    });

    private static Given[] Feed(Linear first, Linear second) =>
    [
        Given.All("W_1", first.Weight), Given.All("b_1", first.Bias),
        Given.All("W_2", second.Weight), Given.All("b_2", second.Bias),
    ];
}

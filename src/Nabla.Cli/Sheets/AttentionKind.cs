using Nabla.Formulas.Spreadsheets;
using Nabla.Formulas.Spreadsheets.Kinds;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Cli.Sheets;

internal sealed class AttentionKind() : SheetKind("attention", "one attention head on four words")
{
    private const int Width = 4, Seed = 3;

    private static readonly string[] Words = ["the", "cat", "sat", "down"];

    public override int Place => 3;

    public override IReadOnlyList<string> Names => ["X", "W_Q", "W_K", "W_V", "causal"];

    public override Workbook Build(SheetRequest request)
    {
        var rng = new Rng(Seed);
        Tensor x = request.Tensor("X", Short(rng, Words.Length, Width));
        return new AttentionSheet(
            x, request.Tensor("W_Q", Short(rng, Width, Width)), request.Tensor("W_K", Short(rng, Width, Width)),
            request.Tensor("W_V", Short(rng, Width, Width)))
        {
            Tokens = x.Shape[0] == Words.Length ? Words : null,
            IsCausal = request.Number("causal", 0) != 0,
        }.Build();
    }

    // Random numbers of one decimal, which are easy to follow.
    private static Tensor Short(Rng rng, int rows, int columns) => new(
        [.. Tensor.Randn([rows, columns], rng).ToArray().Select(value => MathF.Round(value * 7) / 10)],
        [rows, columns]);
}

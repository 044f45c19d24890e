using Nabla.Formulas.Spreadsheets;
using Nabla.Formulas.Spreadsheets.Gpt;
using Nabla.Language.Models;
using Nabla.Language.Models.Gpt2;
using Nabla.Text.Tokenizers;

namespace Nabla.Cli.Sheets;

internal sealed class GptKind() : SheetKind(
    "gpt", "a whole GPT, trained in seconds, or a small one of --model FOLDER, on --text TEXT")
{
    public override int Place => 4;

    public override Workbook Build(SheetRequest request)
    {
        LoadedModel loaded = request.Model is { } folder
            ? ModelFolder.Load(folder) : SmallGpt.Trained(request.Cancellation);
        if (loaded.Model is not Gpt2Model model)
            throw new UsageException(
                $"'{request.Model}' is a {ModelArgument.FamilyOf(loaded.Model)}; a sheet takes the family gpt2.");
        Tokenizer tokenizer = loaded.Tokenizer;
        string[] vocabulary = [.. Enumerable.Range(0, tokenizer.VocabularySize).Select(tokenizer.TokenText)];
        string text = request.Text ?? (request.Model is null ? SmallGpt.Beginning : Beginning(tokenizer));
        return new GptSheet(WeightsOf(model), vocabulary) { Text = text }.Build();
    }

    /// <summary>A model's weights as the sheet takes them.</summary>
    private static GptWeights WeightsOf(Gpt2Model model) => new(
        model.TokenEmbedding.Weight.Detach(), model.PositionEmbedding.Weight.Detach(),
        [.. model.Blocks.Select(block => new GptBlockWeights(
            NormOf(block.AttentionNorm), LinearOf(block.Attention.QueryKeyValue), LinearOf(block.Attention.Output),
            NormOf(block.MlpNorm), LinearOf(block.Mlp.Up))
        {
            Down = LinearOf(block.Mlp.Down),
        })],
        NormOf(model.FinalNorm))
    {
        Heads = model.Dimensions.Heads,
        Epsilon = (float)model.ToConfigJson()["layer_norm_epsilon"]!,
    };

    private static GptNorm NormOf(Learning.Layers.LayerNorm norm) => new(norm.Scale.Detach(), norm.Shift.Detach());

    private static GptLinear LinearOf(Learning.Layers.Linear linear) =>
        new(linear.Weight.Detach(), linear.Bias!.Detach());

    private static string Beginning(Tokenizer tokenizer) =>
        Enumerable.Range(0, tokenizer.VocabularySize).Select(tokenizer.TokenText)
            .FirstOrDefault(token => token.Length == 1 && char.IsLetter(token[0])) ?? tokenizer.TokenText(0);
}

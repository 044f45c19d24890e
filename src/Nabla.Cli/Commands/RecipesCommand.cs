using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Language.Training;

namespace Nabla.Cli.Commands;

/// <summary>Lists the recipes for training that Nabla carries with it.</summary>
internal sealed class RecipesCommand() : NablaCommand("recipes", "List the recipes for training")
{
    public override int Place => 2;

    public override IReadOnlyList<string> Examples =>
        ["nabla recipes", "nabla train --recipe shakespeare --data shakespeare.txt --out models/shakespeare"];

    public override int Run(Session session)
    {
        (string Name, TrainingConfig Config)[] recipes = [.. Recipes.Names.Select(name => (name, Recipes.Named(name)))];
        session.Result(
            new JsonObject
            {
                ["recipes"] = JsonOutput.Array(recipes.Select(recipe => Describe(recipe.Name, recipe.Config))),
            },
            () => Print(session.Screen, recipes));
        return 0;
    }

    /// <summary>
    /// Parameters of a model of this shape: 12·C² for each block (4·C² in the attention, 8·C² in the feed-forward
    /// layer, whatever the family) and V·C for the embedding; for characters with the 65 of Shakespeare's plays.
    /// </summary>
    internal static double ApproximateParameters(TrainingConfig config)
    {
        ModelConfig model = config.Model;
        int vocabulary = config.Tokenizer.Kind == TokenizerKind.Bpe ? config.Tokenizer.Vocabulary : 65;
        return 12.0 * model.Layers * model.Dim * model.Dim + (double)vocabulary * model.Dim;
    }

    private static JsonObject Describe(string name, TrainingConfig config)
    {
        JsonObject recipe = JsonNode.Parse(config.ToJson())!.AsObject();
        return new JsonObject
        {
            ["name"] = name,
            ["approximate_parameters"] = Math.Round(ApproximateParameters(config)),
            ["recipe"] = recipe,
        };
    }

    private static void Print(Screen screen, (string Name, TrainingConfig Config)[] recipes)
    {
        foreach ((string name, TrainingConfig config) in recipes)
        {
            ModelConfig model = config.Model;
            string tokens = config.Tokenizer.Kind == TokenizerKind.Bpe
                ? $"{Amounts.Count(config.Tokenizer.Vocabulary)} byte pairs" : "characters";
            screen.Line(new InkedLine(name, Ink.Model).Add(name == Recipes.Default ? "  (the default)" : "", Ink.Dim));
            screen.Line($"  {config.Description}");
            screen.Line(new InkedLine(
                $"  {model.Family}, ≈{Amounts.Short(ApproximateParameters(config))} parameters: "
                + $"{model.Layers} layers, {model.Heads} heads, "
                + $"width {model.Dim}, context {model.Context}, {tokens}", Ink.Dim));
            screen.Line(new InkedLine(
                $"  {Amounts.Count(config.Steps)} steps of {config.Batch * config.Accumulate} × {model.Context} "
                + $"tokens, learning rate {Amounts.Rate(config.Optimizer.LearningRate)}", Ink.Dim));
            screen.Line();
        }
        screen.Line(new InkedLine("Train with  ", Ink.Dim)
            .Add($"{Shell.Program} train --recipe {Recipes.Default} --data FILE --out FOLDER"));
        screen.Line(new InkedLine("Your own    ", Ink.Dim)
            .Add($"a JSON file with the same keys: {Shell.Program} train --config FILE …; "
                + $"'{Shell.Program} recipes --json' shows them all"));
    }
}

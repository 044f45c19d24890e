using System.Text.Json.Nodes;
using Nabla.Cli.Output;
using Nabla.Language.Models;
using Nabla.Language.Training;
using Nabla.Numerics;

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

    /// <summary>Parameters of the model; for characters with the 65 of Shakespeare's plays.</summary>
    private static long ApproximateParameters(TrainingConfig config)
    {
        int vocabulary = config.Tokenizer.Kind == TokenizerKind.Bpe ? config.Tokenizer.Vocabulary : 65;
        return ModelFamilies.Named(config.Model.Family).Create(config.Model.ForVocabulary(vocabulary), new Rng(0))
            .ParameterCount();
    }

    private static JsonObject Describe(string name, TrainingConfig config)
    {
        JsonObject recipe = JsonNode.Parse(config.ToJson())!.AsObject();
        return new JsonObject
        {
            ["name"] = name,
            ["approximate_parameters"] = ApproximateParameters(config),
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

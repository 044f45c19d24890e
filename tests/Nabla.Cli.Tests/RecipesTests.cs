using System.Text.Json;
using Nabla.Language.Training;

namespace Nabla.Cli.Tests;

public class RecipesTests
{
    [Fact]
    public void Every_recipe_is_valid_and_described()
    {
        Recipes.Names.ShouldContain(name => name == Recipes.Default);
        foreach (string name in Recipes.Names)
            Recipes.Named(name).Description.ShouldNotBeEmpty(name);
    }

    [Fact]
    public void The_nanogpt_recipe_is_what_the_peer_runs()
    {
        TrainingConfig recipe = Recipes.Named("nanogpt-cpu");
        recipe.Model.ShouldBe(
            new ModelConfig { Family = "gpt2", Layers = 4, Heads = 4, Dim = 128, Context = 64, Dropout = 0 });
        (recipe.Steps, recipe.Batch, recipe.ValidationFraction).ShouldBe((2000, 12, 0.1));
        recipe.Optimizer.ShouldBe(new OptimizerConfig
        {
            LearningRate = 1e-3,
            FinalLearningRate = 1e-4,
            Schedule = ScheduleKind.Cosine,
            WarmupSteps = 100,
            Beta1 = 0.9f,
            Beta2 = 0.99f,
            WeightDecay = 0.1f,
            ClipNorm = 1,
        });
    }

    [Fact]
    public void Recipes_lists_them_as_json()
    {
        JsonElement recipes = InProcess.Run("recipes", "--json").Json.GetProperty("recipes");
        recipes.EnumerateArray().Select(recipe => recipe.GetProperty("name").GetString()).ShouldBe(Recipes.Names);
        foreach (JsonElement recipe in recipes.EnumerateArray())
            TrainingConfig.Parse(recipe.GetProperty("recipe").GetRawText()).Steps.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void An_unknown_recipe_names_the_nearest() =>
        Should.Throw<UsageException>(() => Recipes.Named("nanogtp"))
            .Message.ShouldContain("Did you mean 'nanogpt-cpu'?");

    [Theory]
    [InlineData("{ \"modle\": {} }", "there is no key 'modle'. Did you mean 'model'?")]
    [InlineData("{ \"model\": { \"layerz\": 2 } }", "there is no key 'model.layerz'. Did you mean 'model.layers'?")]
    [InlineData("{ \"layers\": 2 }", "there is no key 'layers'. Did you mean 'model.layers'?")]
    [InlineData("{ \"zzzzzz\": 2 }", "there is no key 'zzzzzz'. Here may stand description, model,")]
    [InlineData("{ \"steps\": \"ten\" }", "'steps' is \"ten\"; expected a whole number.")]
    [InlineData("{ \"steps\": 1.5 }", "'steps' is 1.5; expected a whole number.")]
    [InlineData("{ \"steps\": null }", "'steps' is null; expected a whole number.")]
    [InlineData("{ \"steps\": 0 }", "'steps' is 0; it must be 1 or more.")]
    [InlineData("{ \"model\": 3 }", "'model' is 3; expected an object { … }.")]
    [InlineData("{ \"optimizer\": { \"schedule\": \"cosin\" } }",
        "'optimizer.schedule' is \"cosin\"; expected \"constant\" or \"cosine\" or \"linear\" "
        + "or \"warmup_stable_decay\" or \"inverse_square_root\".")]
    [InlineData("[]", "it is []; expected an object { … }.")]
    [InlineData("{ \"steps\": 3", "it is not JSON: line")]
    public void A_wrong_recipe_says_what_is_wrong_and_what_was_meant(string json, string message)
    {
        string path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, json);
            Should.Throw<UsageException>(() => Recipes.FromFile(path)).Message.ShouldStartWith($"{path}: {message}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_recipe_may_have_comments_and_leave_out_keys() =>
        Should.NotThrow(() => RecipeCheck.Check("{ // small\n \"model\": { \"key_value_heads\": null, }, }"));
}

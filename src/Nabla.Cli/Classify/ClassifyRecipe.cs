using System.Text.Json.Nodes;
using Nabla.Learning.Classification;
using Nabla.Learning.Data;
using Nabla.Learning.Data.Transforms;
using Nabla.Learning.Training;
using Nabla.Tensors;

namespace Nabla.Cli.Classify;

/// <summary>How a classifier is trained. The defaults were chosen on held-out parts of training data.</summary>
internal sealed record ClassifyRecipe
{
    private const int FewestSteps = 1000, MostEpochs = 300, SmallData = 5000;

    public required ClassifierKind Model { get; init; }

    public required int Epochs { get; init; }

    public required int Batch { get; init; }

    /// <summary>The learning rate at its peak.</summary>
    public required float LearningRate { get; init; }

    public float WeightDecay { get; init; } = 0.05f;

    public float Dropout { get; init; }

    public int[] Hidden { get; init; } = [];

    /// <summary>How training images are changed; null for not at all.</summary>
    public ImageAugmentation? Augmentation { get; init; }

    /// <summary>The recipe for a kind of model on such data.</summary>
    public static ClassifyRecipe For(ClassifierKind model, LabelledData data)
    {
        bool isSmall = data.Count < SmallData;
        ClassifyRecipe recipe = model switch
        {
            ClassifierKind.Linear => new()
            {
                Model = model,
                Epochs = 10,
                Batch = isSmall ? 16 : 128,
                LearningRate = isSmall ? 0.05f : 0.002f,
                WeightDecay = 0.01f,
            },
            ClassifierKind.Mlp => new()
            {
                Model = model,
                Epochs = 15,
                Batch = isSmall ? 16 : 128,
                LearningRate = 0.002f,
                Dropout = isSmall ? 0.1f : 0.2f,
                Hidden = isSmall ? [64, 32] : [512, 256],
            },
            _ => new()
            {
                Model = model,
                Epochs = 15,
                Batch = isSmall ? 32 : 128,
                LearningRate = 0.004f,
                Dropout = 0.3f,
            },
        };
        // A small set gives few steps in an epoch; it is seen so much more often.
        int steps = Math.Max(1, data.Count / recipe.Batch);
        int enough = Math.Clamp((FewestSteps + steps - 1) / steps, recipe.Epochs, MostEpochs);
        return recipe with { Epochs = enough };
    }

    /// <summary>What a run's folder keeps of this, for <c>nabla runs</c>.</summary>
    public RunDescription Description(string data, long seed) => new(
        "classify",
        new JsonObject
        {
            ["data"] = data,
            ["model"] = Model.ToString().ToLowerInvariant(),
            ["epochs"] = Epochs,
            ["batch"] = Batch,
            ["learning_rate"] = LearningRate,
            ["weight_decay"] = WeightDecay,
            ["dropout"] = Dropout,
            ["augment"] = Augmentation is not null,
        },
        seed);

    /// <summary>
    /// What leaves an image of this data set what it shows: clothes may be mirrored and moved a little, digits only
    /// moved.
    /// </summary>
    public static ImageAugmentation? AugmentationFor(string dataset, Shape example) => example.Rank < 2 ? null
        : new ImageAugmentation
        {
            Shift = Math.Max(1, example[-1] / 28),
            FlipProbability = dataset is "mnist" or "digits" ? 0 : 0.5f,
        };
}

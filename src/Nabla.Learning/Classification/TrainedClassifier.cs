using Nabla.Learning.Checkpoints;
using Nabla.Learning.Data;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Learning.Classification;

/// <summary>
/// A classifier with what it needs to be used: its config and weights, in a folder with <c>config.json</c> and
/// <c>model.safetensors</c>.
/// </summary>
public sealed class TrainedClassifier(ClassifierConfig config, Classifier model)
{
    private const string ConfigFile = "config.json", WeightsFile = "model.safetensors";
    private const int BatchSize = 250;

    /// <summary>What the model is.</summary>
    public ClassifierConfig Config => config;

    /// <summary>The model.</summary>
    public Classifier Model => model;

    /// <summary>The model in a folder.</summary>
    /// <exception cref="CheckpointException">A file is missing, damaged, or of another model.</exception>
    public static TrainedClassifier Load(string folder)
    {
        ClassifierConfig config = ReadConfig(Path.Combine(folder, ConfigFile));
        string weights = Path.Combine(folder, WeightsFile);
        using SafeTensorsFile file = SafeTensorsFile.Open(weights);
        Classifier model = Build(config, weights, new Rng(0));
        foreach (NamedParameter named in model.Parameters())
        {
            if (!file.Shape(named.StoredName).SequenceEqual(named.Parameter.Shape.AsSpan()))
                throw new CheckpointException(
                    $"Cannot use '{weights}': {Foreign.Quote(named.StoredName)} has the shape "
                    + $"[{string.Join(", ", file.Shape(named.StoredName).ToArray())}]; config.json asks for "
                    + $"{named.Parameter.Shape}.");
            file.ReadFloats(named.StoredName, named.Parameter.Values);
        }
        return new TrainedClassifier(config, model);
    }

    /// <summary>Throws if a folder holds a model of another kind, which <see cref="Save"/> would overwrite.</summary>
    /// <exception cref="CheckpointException">It does, or cannot be read.</exception>
    public static void RequireFree(string folder)
    {
        string config = Path.Combine(folder, ConfigFile);
        try
        {
            if (File.Exists(config))
                _ = ClassifierConfig.Parse(File.ReadAllText(config));
            else if (File.Exists(Path.Combine(folder, WeightsFile)))
                throw new FormatException("there are weights without it");
        }
        catch (FormatException error)
        {
            throw new CheckpointException(
                $"{folder} holds a model that is no classifier; training would overwrite it. Choose another folder.",
                error);
        }
        catch (Exception error) when (FileErrors.Explains(error))
        {
            throw FileErrors.Reading(config, error);
        }
    }

    /// <summary>Writes the model into a folder, the weights last.</summary>
    /// <exception cref="CheckpointException">A file cannot be written.</exception>
    public void Save(string folder)
    {
        AtomicFile.WriteText(Path.Combine(folder, ConfigFile), config.ToJson());
        SafeTensorsFile.Write(Path.Combine(folder, WeightsFile), model.Parameters().Select(named => new SafeTensorEntry(
            named.StoredName, named.Parameter.Shape.ToArray(), named.Parameter.ToArray())));
    }

    /// <summary>
    /// The scores (logits) of all examples, [N, K], whose numbers are standardised first; in evaluation.
    /// </summary>
    /// <exception cref="DataException">The examples have another shape than the model is for.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Tensor Scores(Dataset<Batch> data, CancellationToken cancellation = default)
    {
        var scores = new float[data.Count * config.Classes.Length];
        for (int at = 0; at < data.Count; at += BatchSize)
        {
            cancellation.ThrowIfCancellationRequested();
            using TensorScope scope = TensorScope.Inference();
            int count = Math.Min(BatchSize, data.Count - at);
            Batch batch = data.Gather([.. Enumerable.Range(at, count)], new Rng(0));
            CheckShape(batch.Inputs.Shape);
            model.Forward(config.Standardizer.Apply(batch.Inputs), null)
                .CopyTo(scores.AsSpan(at * config.Classes.Length));
        }
        return new Tensor(scores, [data.Count, config.Classes.Length]);
    }

    private void CheckShape(Shape batch)
    {
        if (!batch.AsSpan()[1..].SequenceEqual(config.Input))
            throw new DataException(
                $"The examples have the shape [{string.Join(", ", batch.Skip(1))}]; the model expects "
                + $"[{string.Join(", ", config.Input)}]. Give data like those that it was trained on.");
    }

    private static ClassifierConfig ReadConfig(string path)
    {
        try
        {
            return ClassifierConfig.Parse(File.ReadAllText(path));
        }
        catch (FormatException error)
        {
            throw new CheckpointException(
                $"Cannot use '{path}': {error.Message}. Is it the folder of a model by 'nabla classify'?", error);
        }
        catch (Exception error) when (FileErrors.Explains(error))
        {
            throw FileErrors.Reading(path, error);
        }
    }

    private static Classifier Build(ClassifierConfig config, string weights, Rng rng)
    {
        try
        {
            return config.Build(rng);
        }
        catch (ArgumentException error)
        {
            throw new CheckpointException(
                $"Cannot use '{weights}': {Foreign.OneLine(error.Message)} The config.json beside it is wrong.", error);
        }
    }
}

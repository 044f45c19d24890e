#:project ../src/Nabla.Learning/Nabla.Learning.csproj
// Three kinds of iris: a table, its parts, a Trainer that stops in time, and what the classifier confuses.
using System.Globalization;
using Nabla.Learning.Data;
using Nabla.Learning.Data.Catalogue;
using Nabla.Learning.Data.Transforms;
using Nabla.Learning.Evaluation;
using Nabla.Learning.Layers;
using Nabla.Learning.Losses;
using Nabla.Learning.Optimizers;
using Nabla.Learning.Schedules;
using Nabla.Learning.Training;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var rng = new Rng(1);

// A table of your own: LabelledData.Of(CsvFile.Read("flowers.csv"), label: "species")
LabelledData flowers = DatasetCatalogue.Find("iris")!.Load(DataStore.Default).Training;
int[][] parts = Splits.Stratified(flowers.Labels, [0.6, 0.2, 0.2], rng);
Batch heldOut = flowers.Gather(parts[1], rng), test = flowers.Gather(parts[2], rng);
Standardizer scaler = Standardizer.Of(flowers.Gather(parts[0], rng).Inputs); // of the training part only

var model = new Sequential(
    new Linear(4, 16, rng), new Activation<Relu>(), new Dropout(0.1f), new Linear(16, 3, rng));
var batches = new DataLoader<Batch>(flowers.Subset(parts[0]), new() { BatchSize = 16 }, rng);
var stopping = new EarlyStopping(20);
var trainer = new Trainer<Batch>(model, new AdamW(model), batches,
    (batch, pass) => Loss.CrossEntropy(model.Forward(scaler.Apply(batch.Inputs), pass.Rng), batch.Labels),
    new() { Epochs = 200, ClipNorm = 1, Rng = rng, Schedule = new CosineDecay(0.01, 0.001, 1200) })
{
    Validate = stop => Validation.Over([heldOut], Judge, stop),
    Callbacks = { stopping },
};
TrainingResult result = trainer.Run();

BatchScore Judge(Batch batch)
{
    Tensor scores = model.Forward(scaler.Apply(batch.Inputs));
    int right = ClassificationMetrics.Predicted(scores).Zip(batch.Labels).Count(pair => pair.First == pair.Second);
    return new BatchScore(Loss.CrossEntropy(scores, batch.Labels).Item(), batch.Count, right);
}

Console.WriteLine(model);
Console.WriteLine($"{result.Position.Epoch} epochs: {result.StopReason}");
ConfusionMatrix confusion = ConfusionMatrix.Of(
    test.Labels, ClassificationMetrics.Predicted(model.Forward(scaler.Apply(test.Inputs))), flowers.Classes.Count);
Console.WriteLine($"test accuracy {confusion.Accuracy:P1}, F1 {confusion.Macro.F1:F3}");

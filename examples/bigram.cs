#:project ../src/Nabla.Learning/Nabla.Learning.csproj
#:project ../src/Nabla.Text/Nabla.Text.csproj
// The smallest language model: a table of scores, which letter follows which. It can be learned, or simply counted.
using Nabla.Learning.Layers;
using Nabla.Learning.Losses;
using Nabla.Learning.Optimizers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Text.Corpora;
using Nabla.Text.Tokenizers;

string text = new World().Generate(20_000);
CharTokenizer tokenizer = CharTokenizer.Train(text);
int[] ids = tokenizer.Encode(text);
int vocabulary = tokenizer.VocabularySize, pairs = ids.Length - 1;

var rng = new Rng(1);
var table = new Embedding(vocabulary, vocabulary, rng); // row: the letter now, column: the score of the next
var optimizer = new AdamW(table, new() { LearningRate = 0.3f, WeightDecay = 0 });
for (int step = 0; step < 100; step++)
{
    using var scope = TensorScope.Begin();
    optimizer.Minimize(Loss.CrossEntropy(table.Forward(ids.AsSpan(0, pairs), [pairs]), ids.AsSpan(1)));
}

Tensor logits = table.Forward(ids.AsSpan(0, pairs), [pairs]);
Console.WriteLine($"learned: {Loss.CrossEntropy(logits, ids.AsSpan(1)).Item():F4} nats a letter");
double counted = ids.Zip(ids.Skip(1)).GroupBy(pair => pair.First).Sum(row =>
    row.GroupBy(pair => pair.Second).Sum(cell => -cell.Count() * Math.Log((double)cell.Count() / row.Count()))) / pairs;
Console.WriteLine($"counted: {counted:F4} nats a letter");

Tensor probabilities = table.Weight.Softmax();
int letter = ids[0];
for (int i = 0; i < 200; i++)
{
    Console.Write(tokenizer.Decode([letter]));
    double left = rng.NextDouble();
    int next = -1;
    while (left >= 0 && next < vocabulary - 1)
        left -= probabilities[letter, ++next];
    letter = next;
}
Console.WriteLine();

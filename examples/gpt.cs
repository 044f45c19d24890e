#:project ../src/Nabla.Language/Nabla.Language.csproj
// A GPT from nothing: train it for a few seconds, then let it write.
using Nabla.Language.Generation;
using Nabla.Language.Models;
using Nabla.Language.Models.Gpt2;
using Nabla.Learning.Optimizers;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Text.Corpora;
using Nabla.Text.Tokenizers;

string text = new World().Generate(200_000);
CharTokenizer tokenizer = CharTokenizer.Train(text);
int[] ids = tokenizer.Encode(text);

const int context = 32, batch = 8;
var rng = new Rng(1);
var sizes = new ModelDimensions(tokenizer.VocabularySize, context, Layers: 2, Dim: 64, Heads: 2, KeyValueHeads: 2);
var model = new Gpt2Model(new Gpt2Config(sizes), rng);
var optimizer = new AdamW(model, new() { LearningRate = 3e-3f });
Console.WriteLine($"{model.ParameterCount():N0} parameters");

for (int step = 0; step <= 300; step++)
{
    using var scope = TensorScope.Begin();
    int[] starts = rng.Integers(batch, below: ids.Length - context);
    int[] inputs = [.. starts.SelectMany(s => ids[s..(s + context)])];
    int[] targets = [.. starts.SelectMany(s => ids[(s + 1)..(s + 1 + context)])];
    Tensor loss = model.Loss(new TokenBatch(inputs, batch), targets);
    optimizer.Minimize(loss);
    if (step % 100 == 0)
        Console.WriteLine($"step {step,3}  loss {loss.Item():F3}");
}

var generator = new TextGenerator(model, tokenizer);
var options = new GenerationOptions { MaxTokens = 150, Sampling = new() { Temperature = 0.8f, TopK = 20 } };
foreach (string piece in generator.Stream("Story: ", options, rng))
    Console.Write(piece);
Console.WriteLine();

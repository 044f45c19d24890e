#:project ../src/Nabla.Language/Nabla.Language.csproj
// A model is a folder in the Hugging Face layout: save one, load it again, and look inside the file.
using Nabla.Language.Generation;
using Nabla.Language.Models;
using Nabla.Language.Models.Llama;
using Nabla.Language.Sampling;
using Nabla.Learning.Checkpoints;
using Nabla.Numerics;
using Nabla.Text.Tokenizers;

string folder = Path.Combine(Path.GetTempPath(), $"nabla-example-{Environment.ProcessId}");
CharTokenizer tokenizer = CharTokenizer.Train("the quick brown fox jumps over the lazy dog\n");
var sizes = new ModelDimensions(tokenizer.VocabularySize, Context: 32, Layers: 2, Dim: 32, Heads: 4, KeyValueHeads: 2);
var model = new LlamaModel(new LlamaConfig(sizes), new Rng(1));
ModelFolder.Save(folder, model, tokenizer);

using (SafeTensorsFile file = SafeTensorsFile.Open(Path.Combine(folder, "model.safetensors")))
    foreach (string name in file.Names.Take(5))
        Console.WriteLine($"{name,-48} [{string.Join(", ", file.Shape(name).ToArray())}]");

LoadedModel loaded = ModelFolder.Load(folder);
var options = new GenerationOptions { MaxTokens = 20, Sampling = SamplingOptions.Greedy };
string before = new TextGenerator(model, tokenizer).Generate("the ", options, new Rng(1));
string after = new TextGenerator(loaded.Model, loaded.Tokenizer).Generate("the ", options, new Rng(1));
Console.WriteLine(before == after ? "the loaded model writes what the saved one wrote" : "the loaded model differs");
Directory.Delete(folder, recursive: true);
return before == after ? 0 : 1;

#:project ../src/Nabla.Language/Nabla.Language.csproj
// What temperature, top-k, top-p and min-p do to the same scores. Softmax of [2, 1, 0.1, -1, 3].
using Nabla.Language.Sampling;
using Nabla.Numerics;

float[] scores = [2, 1, 0.1f, -1, 3];
(string Name, SamplingOptions Options)[] settings =
[
    ("as they are", new()),
    ("temperature 0.5", new() { Temperature = 0.5f }),
    ("temperature 2", new() { Temperature = 2 }),
    ("top-k 2", new() { TopK = 2 }),
    ("top-p 0.9", new() { TopP = 0.9f }),
    ("min-p 0.1", new() { MinP = 0.1f }),
    ("greedy", SamplingOptions.Greedy),
];

Console.WriteLine($"softmax           {Row(Ranking.Softmax(scores))}");
foreach ((string name, SamplingOptions options) in settings)
{
    var sampler = new Sampler(options, new Rng(1));
    var counts = new double[scores.Length];
    for (int draw = 0; draw < 10_000; draw++)
        counts[sampler.Next([.. scores], context: [])] += 1 / 10_000.0;
    Console.WriteLine($"{name,-17} {Row(counts)}");
}

static string Row(double[] values) => string.Join("  ", values.Select(v => v.ToString("F3")));

using System.CommandLine;
using System.Text.Json.Nodes;
using Nabla.Cli.PrincipalComponents;
using Nabla.Learning.Classical;
using Nabla.Learning.Data.Formats;
using Nabla.Numerics;
using Nabla.Tensors;

namespace Nabla.Cli.Benchmarks;

/// <summary>Fitting a principal component analysis to all 70,000 images of Fashion-MNIST.</summary>
internal sealed class PcaBenchmark : Benchmark
{
    private const int Images = 70_000, Points = FashionImages.Points;

    // Where the Debian package dataset-fashion-mnist puts them.
    private const string Folder = "/usr/share/datasets/fashion-mnist";
    private static readonly string[] Files = ["train-images-idx3-ubyte.gz", "t10k-images-idx3-ubyte.gz"];

    private readonly Option<int?> components =
        CommonOptions.Whole("--components", "Axes to find (default: 2)", 1, Points);
    private readonly Option<string?> solver = CommonOptions.Choice(
        "--solver", "exact, randomised or incremental (default: exact)", "SOLVER", PcaText.Solvers);

    public PcaBenchmark() : base("pca", "Principal components of 70,000 images")
    {
        Options.Add(components);
        Options.Add(solver);
    }

    public override int Place => 6;

    public override IReadOnlyList<string> Examples => ["nabla bench pca", "nabla bench pca --solver randomised"];

    public override IEnumerable<Workload> Prepare(Session session)
    {
        bool isThere = Array.TrueForAll(Files, file => File.Exists(Path.Combine(Folder, file)));
        Tensor x = isThere ? Fashion() : Tensor.Uniform([Images, Points], 0, 1, new Rng(3));
        string how = session.Get(solver) ?? "exact", source = isThere ? Folder : "random images";
        var options = new PcaOptions { Components = session.Get(components) ?? 2, Solver = PcaText.Solver(how) };
        yield return new Workload($"pca {x.Shape} to {options.Components}, {how}", () => Pca.Fit(x, options))
        {
            Bytes = 4.0 * x.Count,
            Items = "images",
            ItemsPerStep = x.Shape[0],
            Facts = new JsonObject { ["solver"] = how, ["components"] = options.Components, ["data"] = source },
            Remark = source,
        };
    }

    private static Tensor Fashion()
    {
        float[][] parts = [.. Files.Select(file => IdxFile.Read(Path.Combine(Folder, file)).ToFloats())];
        float[] points = [.. parts[0].Concat(parts[1]).Select(point => point / 255)];
        return new Tensor(points, [points.Length / Points, Points]);
    }
}

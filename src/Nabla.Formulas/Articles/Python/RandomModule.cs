namespace Nabla.Formulas.Articles.Python;

/// <summary>numpy.random and random: the numbers are not known, the shapes are.</summary>
internal static class RandomModule
{
    private const string Why = "random numbers are not known";

    public static PyModule Module { get; } = new("numpy.random", Create());

    /// <summary>Python's own random.</summary>
    public static PyModule Plain { get; } = new("random", new Dictionary<string, object>(StringComparer.Ordinal)
    {
        ["seed"] = Seed("seed"),
        ["random"] = new Builtin("random", (_, _) => new Unknown(Why)),
    });

    private static Dictionary<string, object> Create()
    {
        var members = new Dictionary<string, object>(StringComparer.Ordinal) { ["seed"] = Seed("seed") };
        foreach (string name in new[] { "randn", "rand" })
            members[name] = new Builtin(name, (_, a) => OfShape([.. a.All().Select(Operators.Index)]));
        foreach ((string name, int place) in new[]
        {
            ("normal", 2), ("uniform", 2), ("randint", 2), ("standard_normal", 0), ("random", 0), ("integers", 2),
            ("random_sample", 0), ("exponential", 1), ("poisson", 1), ("binomial", 2),
        })
            members[name] = new Builtin(name, (_, a) => Sized(a, place));
        members["default_rng"] = new Builtin("default_rng", (_, a) =>
        {
            a.All();
            return new PyModule("a random generator", members);
        });
        return members;
    }

    private static Builtin Seed(string name) => new(name, (_, a) =>
    {
        a.All();
        return None.Instance;
    });

    private static NdArray OfShape(int[] shape) => Array.TrueForAll(shape, size => size >= 0)
        ? NdArray.OfShape(shape, Why) : throw new PythonException("a size is negative");

    private static NdArray Sized(Arguments a, int place)
    {
        object? size = a.Given(place, "size");
        a.All();
        a.Ignore("loc", "scale", "low", "high", "lam", "n", "p", "endpoint");
        return OfShape(size is null ? [] : NumpyCreation.Shape(size));
    }
}

using Nabla.Learning;
using Nabla.Learning.Optimizers;

namespace Nabla.Cli.Race;

/// <summary>An optimizer that takes part, without weight decay, for which the course is what it is.</summary>
/// <param name="Name">What to type for it.</param>
/// <param name="Create">The optimizer of a module, with a learning rate.</param>
internal sealed record Racer(string Name, Func<Module, float, Optimizer> Create)
{
    private static readonly Racer[] Variants =
    [
        new("Momentum", (module, rate) => new Sgd(module, new() { LearningRate = rate, Momentum = 0.9f })),
        new("Nesterov", (module, rate) =>
            new Sgd(module, new() { LearningRate = rate, Momentum = 0.9f, Nesterov = true })),
        new("AmsGrad", (module, rate) => new Adam(module, new() { LearningRate = rate, AmsGrad = true })),
        new("Lbfgs", (module, rate) =>
            new Lbfgs(module, new() { LearningRate = rate, MostIterations = 1, MostEvaluations = 25 })),
        new("Muon", (module, rate) => new Muon(
            module, new() { LearningRate = rate, Others = new() { LearningRate = rate, WeightDecay = 0 } })),
    ];

    /// <summary>
    /// Every optimizer of the library, found by reflection, and some variants. AdamW without decay is Adam.
    /// </summary>
    public static IReadOnlyList<Racer> All { get; } =
        [.. typeof(Optimizer).Assembly.GetExportedTypes()
            .Where(type => typeof(Optimizer).IsAssignableFrom(type) && !type.IsAbstract)
            .Where(type => type != typeof(AdamW) && Variants.All(variant => variant.Name != type.Name))
            .Select(Plain).Concat(Variants).OrderBy(racer => racer.Name, StringComparer.Ordinal)];

    /// <summary>The one of this name, in any case of its letters.</summary>
    public static Racer? Named(string name) =>
        All.FirstOrDefault(racer => racer.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static Racer Plain(Type type)
    {
        Type options = type.GetConstructors().Single().GetParameters()[1].ParameterType;
        return new Racer(type.Name, (module, rate) =>
        {
            object settings = Activator.CreateInstance(options)!;
            options.GetProperty(nameof(SgdOptions.LearningRate))!.SetValue(settings, rate);
            options.GetProperty(nameof(SgdOptions.WeightDecay))?.SetValue(settings, 0f);
            return (Optimizer)Activator.CreateInstance(type, module, settings)!;
        });
    }
}

using Nabla.Learning;
using Nabla.Tensors;

namespace Nabla.Cli.Race;

/// <summary>A function of two numbers that a race runs down: what its map shows.</summary>
/// <param name="Height">The function.</param>
/// <param name="Minimum">Where it is least.</param>
/// <param name="X">The part of the map across.</param>
/// <param name="Y">The part of the map upwards.</param>
internal sealed record Surface(
    Func<double, double, double> Height, (double X, double Y) Minimum, (double From, double To) X,
    (double From, double To) Y);

/// <summary>One run down a problem: what is trained, and its loss.</summary>
/// <param name="Module">The unknowns, at the start.</param>
/// <param name="Loss">The loss with the unknowns as they are.</param>
internal sealed record RaceTrack(Module Module, Func<Tensor> Loss)
{
    /// <summary>The loss of each example, whose mean is the loss; for the natural gradient.</summary>
    public Func<Tensor>? Examples { get; init; }

    /// <summary>What a natural gradient's matrix is made of, where it is not the examples.</summary>
    public Func<Tensor>? Scores { get; init; }
}

/// <summary>What the optimizers race on. Every class derived from this one is found: a problem is one file.</summary>
internal abstract class RaceProblem(string name, string title)
{
    /// <summary>Every problem, in the order in which they are run.</summary>
    public static IReadOnlyList<RaceProblem> All { get; } =
        [.. typeof(RaceProblem).Assembly.GetTypes()
            .Where(type => typeof(RaceProblem).IsAssignableFrom(type) && !type.IsAbstract)
            .Select(type => (RaceProblem)Activator.CreateInstance(type)!).OrderBy(problem => problem.Place)];

    /// <summary>What to type for it.</summary>
    public string Name => name;

    /// <summary>A line about it.</summary>
    public string Title => title;

    /// <summary>Its place among the problems.</summary>
    public abstract int Place { get; }

    /// <summary>The loss that counts as arrived.</summary>
    public abstract double Tolerance { get; }

    /// <summary>The map, if it has two unknowns.</summary>
    public virtual Surface? Surface => null;

    /// <summary>A run from the start, which is the same for every optimizer.</summary>
    public abstract RaceTrack Begin(long seed);
}

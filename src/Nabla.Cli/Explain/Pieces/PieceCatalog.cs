using System.Reflection;
using Nabla.Learning.Losses;
using Nabla.Learning.Optimizers;
using Nabla.Learning.Schedules;
using Nabla.Numerics;
using Nabla.Tensors;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Cli.Explain.Pieces;

/// <summary>Finds every piece of the library that states its formula.</summary>
internal static class PieceCatalog
{
    private const int Seed = 1, SmallSample = 24, MostUses = 12;

    /// <summary>All of them, by kind and name.</summary>
    public static IReadOnlyList<Piece> All { get; } = [.. Operations().Concat(Stated())
        .OrderBy(piece => piece.Kind, StringComparer.Ordinal).ThenBy(piece => piece.Name, StringComparer.Ordinal)];

    /// <summary>
    /// The pieces with this name, however it is spelt: <c>softmax</c>, <c>layer_norm</c>; an operation before the layer
    /// that applies it.
    /// </summary>
    public static IReadOnlyList<Piece> Find(string name) =>
        [.. All.Where(piece => Plain(piece.Name) == Plain(name) || Plain(piece.Declared) == Plain(name))
            .OrderBy(piece => piece.Sample is null)];

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal)
        .Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    private static IEnumerable<Piece> Operations()
    {
        foreach (Type type in typeof(Op).Assembly.GetTypes())
        {
            if (Sample(type) is not { } sample)
                continue;
            yield return new Piece(sample.Name, "operation", sample.Formula) { Declared = type.Name, Sample = sample };
        }
    }

    private static IEnumerable<Piece> Stated()
    {
        foreach (Type type in typeof(Loss).Assembly.GetExportedTypes())
            if (type.GetCustomAttribute<FormulaAttribute>() is { } stated)
                yield return new Piece(type.Name.Split('`')[0], KindOf(type), stated.Text);
        foreach (MethodInfo method in typeof(Loss).GetMethods(BindingFlags.Public | BindingFlags.Static))
            if (method.GetCustomAttribute<FormulaAttribute>() is { } stated)
                yield return new Piece(method.Name, "loss", stated.Text) { Declared = method.Name + "(" };
    }

    private static string KindOf(Type type) =>
        type.IsAssignableTo(typeof(Optimizer)) ? "optimizer"
        : type.IsAssignableTo(typeof(WeightAverage)) ? "average of weights"
        : type.IsAssignableTo(typeof(Schedule)) ? "schedule" : "layer";

    private static Op? Sample(Type type)
    {
        if (type.IsValueType && type.IsAssignableTo(typeof(IUnaryOp)))
            return Made(nameof(OfUnary), type);
        if (type.IsValueType && type.IsAssignableTo(typeof(IBinaryOp)))
            return Made(nameof(OfBinary), type);
        if (type.IsValueType && type.GetInterfaces().Any(face => face.IsGenericType
            && face.GetGenericTypeDefinition() == typeof(IParametricOp<>)))
            return Made(nameof(OfParametric), type);
        return type.IsSubclassOf(typeof(Op)) && !type.IsAbstract && !type.IsGenericTypeDefinition
            && type.IsAssignableTo(typeof(ISampledOp)) ? Made(nameof(OfSamples), type) : null;
    }

    private static Op? Made(string method, Type type) => (Op?)typeof(PieceCatalog)
        .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, null);

    private static Op? OfUnary<TOp>() where TOp : struct, IUnaryOp =>
        Unary<TOp>.Apply(Numbers(TOp.Domain)).Creator;

    private static Op? OfBinary<TOp>() where TOp : struct, IBinaryOp =>
        Binary<TOp>.Apply(Numbers(TOp.DomainA), Numbers(TOp.Domain)).Creator;

    private static Op? OfParametric<TOp>() where TOp : struct, IParametricOp<TOp> =>
        Parametric<TOp>.Apply(TOp.Samples[0], Numbers(TOp.Domain)).Creator;

    private static Op? OfSamples<TOp>() where TOp : Op, ISampledOp =>
        TOp.Samples(new Rng(Seed)).FirstOrDefault(IsSmall) ?? TOp.Samples(new Rng(Seed)).First();

    // With inputs that fit on a screen, to which the formula applies a few times.
    private static bool IsSmall(Op op)
    {
        if (op.Inputs.Any(input => input.Count is 0 or > SmallSample))
            return false;
        int uses = op.FormulaInstances(op.Apply().Shape).Take(MostUses + 1).Count();
        return uses is > 0 and <= MostUses;
    }

    private static Parameter Numbers((double Low, double High) domain) =>
        new(Tensor.Uniform([3], (float)domain.Low, (float)domain.High, new Rng(Seed)));
}

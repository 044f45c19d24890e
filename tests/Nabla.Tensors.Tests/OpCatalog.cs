using System.Reflection;
using Nabla.Numerics;
using Nabla.Tensors.Ops;
using Nabla.Tensors.Reference;

namespace Nabla.Tensors.Tests;

/// <summary>
/// Finds every op there is and builds its test cases: a new op in the library is tested without being named here.
/// </summary>
internal static class OpCatalog
{
    public const int Seed = 20260;

    private static readonly Type[] Library = typeof(Op).Assembly.GetTypes();

    public static IEnumerable<Type> StructuredOps =>
        Library.Where(t => t.IsSubclassOf(typeof(Op)) && !t.IsAbstract && !t.IsGenericTypeDefinition);

    public static IEnumerable<Type> UnaryOps =>
        Library.Where(t => t.IsValueType && typeof(IUnaryOp).IsAssignableFrom(t));

    public static IEnumerable<Type> BinaryOps =>
        Library.Where(t => t.IsValueType && typeof(IBinaryOp).IsAssignableFrom(t));

    public static IEnumerable<Type> ParametricFunctions => Library.Where(t => t.IsValueType && t.GetInterfaces().Any(
        face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IParametricOp<>)));

    /// <summary>Structured ops with an elementwise function inside, with each of those there are.</summary>
    public static IEnumerable<Type> OpsOfUnaryOps =>
        from type in Library
        where type.IsSubclassOf(typeof(Op)) && type.IsGenericTypeDefinition
            && typeof(ISampledOp).IsAssignableFrom(type) && type != typeof(Parametric<>)
        from unary in UnaryOps
        select type.MakeGenericType(unary);

    public static IEnumerable<Type> ParametricOps =>
        ParametricFunctions.Select(function => typeof(Parametric<>).MakeGenericType(function));

    public static IEnumerable<Type> AllOps =>
        StructuredOps.Concat(UnaryOps).Concat(BinaryOps).Concat(ParametricOps).Concat(OpsOfUnaryOps);

    public static string NameOf(Type type) =>
        type.IsGenericType ? $"{type.Name.Split('`')[0]}<{type.GenericTypeArguments[0].Name}>" : type.Name;

    public static IReadOnlyList<Op> Samples(Type type)
    {
        var rng = new Rng(Seed);
        if (UnaryOps.Contains(type))
            return [.. UnarySamples(type, rng)];
        if (BinaryOps.Contains(type))
            return [.. BinarySamples(type, rng)];
        MethodInfo samples = type.GetMethod(nameof(ISampledOp.Samples), BindingFlags.Public | BindingFlags.Static)
            ?? throw new InvalidOperationException($"{type.Name} does not implement ISampledOp.");
        return [.. (IEnumerable<Op>)samples.Invoke(null, [rng])!];
    }

    private static IEnumerable<Op> UnarySamples(Type type, Rng rng)
    {
        (double low, double high) = Domain(type);
        foreach (Shape shape in (Shape[])[[], [1], [7], [3, 33], [2, 3, 4], [0], [4, 0], [3000]])
            yield return Make(typeof(Unary<>), type, Tensor.Uniform(shape, (float)low, (float)high, rng));
    }

    private static IEnumerable<Op> BinarySamples(Type type, Rng rng)
    {
        ((double low, double high), (double lowA, double highA)) = (Domain(type), DomainA(type));
        (Shape A, Shape B)[] shapes =
        [
            ([], []), ([1], [1]), ([7], [7]), ([3, 17], [3, 17]), ([3, 17], [17]), ([3, 17], [3, 1]), ([17], [3, 17]),
            ([3, 1], [1, 4]), ([2, 1, 3], [4, 1]),
                ([2, 3, 4], []), ([], [5]), ([0], [0]), ([0, 3], [3]), ([2, 3, 5], [3, 5]), ([3000], [3000]),
        ];
        foreach ((Shape a, Shape b) in shapes)
            yield return Make(
                typeof(Binary<>), type, Tensor.Uniform(a, (float)lowA, (float)highA, rng),
                Tensor.Uniform(b, (float)low, (float)high, rng));
    }

    private static (double Low, double High) Domain(Type type) =>
        Domain(typeof(IUnaryOp).IsAssignableFrom(type) ? nameof(UnaryDomain) : nameof(BinaryDomain), type);

    private static (double Low, double High) DomainA(Type type) => Domain(nameof(BinaryDomainA), type);

    private static (double Low, double High) Domain(string method, Type type) => ((double, double))typeof(OpCatalog)
        .GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, null)!;

    private static (double Low, double High) UnaryDomain<TOp>() where TOp : struct, IUnaryOp => TOp.Domain;

    private static (double Low, double High) BinaryDomain<TOp>() where TOp : struct, IBinaryOp => TOp.Domain;

    private static (double Low, double High) BinaryDomainA<TOp>() where TOp : struct, IBinaryOp => TOp.DomainA;

    private static Op Make(Type generic, Type op, params object[] inputs) => (Op)Activator.CreateInstance(
        generic.MakeGenericType(op), BindingFlags.NonPublic | BindingFlags.Instance, null, inputs, null)!;
}

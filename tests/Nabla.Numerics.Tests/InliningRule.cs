using System.Reflection;
using System.Runtime.CompilerServices;

namespace Nabla.Tests;

/// <summary>
/// Op bodies and lane members must be inlined into the loops, or kernels fall to scalar speed. Linked into the test
/// projects of all libraries that define ops.
/// </summary>
public static class InliningRule
{
    private static readonly string[] Bodies = ["IUnaryOp", "IBinaryOp", "IParametricOp`1", "ILaneStep", "ILaneFold"];

    /// <summary>Fails unless every method of every op, lane and loop step in the assembly asks to be inlined.</summary>
    public static void Check(Assembly assembly)
    {
        const BindingFlags all = BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance
            | BindingFlags.Public | BindingFlags.NonPublic;
        string[] missing = [.. assembly.GetTypes()
            .Where(type => type.IsValueType)
            .SelectMany(type =>
                type.GetMethods(all).Where(method => Implements(type, "ILane`1") || Implements(type, "IRegister`1")
                || (method.IsGenericMethod && Array.Exists(Bodies, body => Implements(type, body)))))
            .Where(method => !method.Name.StartsWith("get_", StringComparison.Ordinal)
                && !method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveInlining))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")];
        missing.ShouldBeEmpty(
            $"add [MethodImpl({nameof(MethodImplOptions)}.{nameof(MethodImplOptions.AggressiveInlining)})]");
    }

    private static bool Implements(Type type, string contract) =>
        Array.Exists(type.GetInterfaces(), implemented => implemented.Name == contract);
}

using System.Reflection;
using Nabla.Numerics;

namespace Nabla.Architecture.Tests;

/// <summary>
/// An op body that the compiler does not inline into its kernel falls to scalar speed, so each carries the attribute.
/// </summary>
public class InliningTests
{
    private static readonly Assembly[] Assemblies =
        Library.Table.Where(row => row.Name != "Nabla.Cli").Select(row => Assembly.Load(row.Name)).ToArray();

    [Fact]
    public void Op_bodies_ask_to_be_inlined() => MethodsWithoutInlining(type =>
        typeof(IUnaryOp).IsAssignableFrom(type) || typeof(IBinaryOp).IsAssignableFrom(type)).ShouldBeEmpty(
            "put [MethodImpl(MethodImplOptions.AggressiveInlining)] on Forward and Backward");

    private static IEnumerable<string> MethodsWithoutInlining(Func<Type, bool> isOp) =>
        from assembly in Assemblies
        from type in assembly.GetTypes()
        where type is { IsInterface: false, IsAbstract: false } && isOp(type)
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly)
        where method.IsGenericMethod
            && !method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveInlining)
        select $"{type.FullName}.{method.Name}";
}

using System.Text.Json;
using Nabla.Learning.Optimizers;

namespace Nabla.Learning.Tests.Optimizers;

/// <summary>Every optimizer that the library has, found by reflection.</summary>
internal static class Catalog
{
    public static IReadOnlyList<Type> Types { get; } =
        [.. typeof(Optimizer).Assembly.GetExportedTypes()
            .Where(type => typeof(Optimizer).IsAssignableFrom(type) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)];

    public static TheoryData<string> Names => [.. Types.Select(type => type.Name)];

    /// <summary>The record of settings that an optimizer takes.</summary>
    public static Type OptionsOf(Type type) => type.GetConstructors().Single().GetParameters()[1].ParameterType;

    /// <summary>Whether an optimizer has weight decay.</summary>
    public static bool HasDecay(string name) => OptionsOf(Named(name)).GetProperty("WeightDecay") is not null;

    /// <summary>Whether an optimizer keeps a matrix of all numbers by all numbers.</summary>
    public static bool IsForSmallModels(string name) => OptionsOf(Named(name)).GetProperty("Damping") is not null;

    public static Type Named(string name) => Types.Single(type => type.Name == name);

    /// <summary>An optimizer with settings as JSON, in the words of its options.</summary>
    public static Optimizer Create(string name, Module module, string settings = "{}")
    {
        Type type = Named(name);
        object options = JsonSerializer.Deserialize(settings, OptionsOf(type))!;
        try
        {
            return (Optimizer)Activator.CreateInstance(type, module, options)!;
        }
        catch (System.Reflection.TargetInvocationException error)
        {
            throw error.InnerException!;
        }
    }

    /// <summary>As <see cref="Create"/>, with a learning rate.</summary>
    public static Optimizer WithRate(string name, Module module, float rate = 0.01f) =>
        Create(name, module, JsonSerializer.Serialize(new { LearningRate = rate }));
}

namespace Nabla.Language.Models;

/// <summary>The model families there are: every <see cref="IModelFamily"/> of this library.</summary>
public static class ModelFamilies
{
    /// <summary>All families, by name.</summary>
    public static IReadOnlyList<IModelFamily> All { get; } =
    [
        .. typeof(ModelFamilies).Assembly.GetTypes()
            .Where(type => type.IsAssignableTo(typeof(IModelFamily)) && type is { IsClass: true, IsAbstract: false })
            .Select(type => (IModelFamily)Activator.CreateInstance(type)!)
            .OrderBy(family => family.Name, StringComparer.Ordinal),
    ];

    /// <summary>The family with this name.</summary>
    /// <exception cref="ModelException">There is none.</exception>
    public static IModelFamily Named(string name) =>
        All.FirstOrDefault(family => family.Name == name)
        ?? throw new ModelException(
            $"There is no model family '{name}'; Nabla has {string.Join(", ", All.Select(family => family.Name))}.");
}

using System.Globalization;
using System.Reflection;
using System.Text;
using Nabla.Tensors;

namespace Nabla.Learning;

/// <summary>
/// A part of a model that has parameters. A module <em>is</em> its public get-only properties: those of type
/// <see cref="Parameter"/>, <see cref="Module"/> and lists of modules form the parameter tree, in the order in which they
/// are declared, and names follow the path.
/// </summary>
/// <example><code>
/// public sealed class TwoLayers(Rng rng) : Module
/// {
///     public Linear Hidden { get; } = new(2, 8, rng);
///     public Linear Output { get; } = new(8, 1, rng);
///     public Tensor Forward(Tensor x) => Output.Forward(Hidden.Forward(x).Tanh());
/// }
/// </code></example>
public abstract class Module
{
    /// <summary>Every parameter once, in declaration order; one that is shared keeps the first of its paths.</summary>
    public IReadOnlyList<NamedParameter> Parameters()
    {
        var found = new List<NamedParameter>();
        var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
        Visit(this, new Place("", "", Transposed: false), (place, parameter) =>
        {
            if (seen.Add(parameter))
                found.Add(new NamedParameter(place.Path, place.Stored, place.Transposed && parameter.Rank == 2, parameter));
        });
        return found;
    }

    /// <summary>Number of trainable numbers, shared ones counted once.</summary>
    public long ParameterCount()
    {
        long count = 0;
        foreach (NamedParameter named in Parameters())
            count += named.Parameter.Count;
        return count;
    }

    /// <summary>Forgets all gradients.</summary>
    public void ClearGradients()
    {
        foreach (NamedParameter named in Parameters())
            named.Parameter.ClearGradient();
    }

    /// <summary>The module tree with shapes and the number of parameters of each part.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Describe(text, GetType().Name, "");
        return text.ToString().TrimEnd();
    }

    private static void Visit(Module module, Place place, Action<Place, Parameter> found)
    {
        foreach (PropertyInfo property in Properties(module.GetType()))
        {
            object? value = property.GetValue(module);
            Place here = place.Enter(property);
            if (value is Parameter parameter)
                found(here, parameter);
            else if (value is Module child)
                Visit(child, here, found);
            else if (value is IEnumerable<Module> children)
                foreach ((int i, Module item) in children.Index())
                    Visit(item, here.Enter(i), found);
        }
    }

    private static IEnumerable<PropertyInfo> Properties(Type type)
    {
        // Base class first, then in the order of declaration.
        IEnumerable<PropertyInfo> inherited = type.BaseType is { } parent && parent != typeof(Module) ? Properties(parent) : [];
        return inherited.Concat(type
            .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(p => p.GetIndexParameters().Length == 0 && IsPart(p.PropertyType))
            .OrderBy(p => p.MetadataToken));
    }

    private static bool IsPart(Type type) =>
        type == typeof(Parameter) || typeof(Module).IsAssignableFrom(type) || typeof(IEnumerable<Module>).IsAssignableFrom(type);

    private void Describe(StringBuilder text, string label, string indent)
    {
        text.Append(CultureInfo.InvariantCulture, $"{indent}{label}  {ParameterCount():N0}\n");
        foreach (PropertyInfo property in Properties(GetType()))
        {
            object? value = property.GetValue(this);
            if (value is Parameter parameter)
                text.Append(CultureInfo.InvariantCulture, $"{indent}  {property.Name} {parameter.Shape}\n");
            else if (value is Module child)
                child.Describe(text, $"{property.Name}: {child.GetType().Name}", indent + "  ");
            else if (value is IEnumerable<Module> children)
                foreach ((int i, Module item) in children.Index())
                    item.Describe(text, $"{property.Name}[{i}]: {item.GetType().Name}", indent + "  ");
        }
    }

    private readonly record struct Place(string Path, string Stored, bool Transposed)
    {
        public Place Enter(PropertyInfo property)
        {
            StoredAsAttribute? stored = property.GetCustomAttribute<StoredAsAttribute>();
            return new Place(
                Join(Path, property.Name), Join(Stored, stored?.Name ?? property.Name), Transposed || stored?.Transposed == true);
        }

        public Place Enter(int index)
        {
            string segment = index.ToString(CultureInfo.InvariantCulture);
            return new Place(Join(Path, segment), Join(Stored, segment), Transposed);
        }

        private static string Join(string path, string segment) =>
            path.Length == 0 ? segment : segment.Length == 0 ? path : $"{path}.{segment}";
    }
}

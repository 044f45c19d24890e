using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;
using Nabla.Tensors;

namespace Nabla.Learning;

/// <summary>
/// A part of a model that has parameters. A module <em>is</em> its public get-only properties: those of type
/// <see cref="Parameter"/>, <see cref="Module"/> and lists of either form the parameter tree, in the order in which
/// they are declared, and names follow the path.
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
    /// <exception cref="InvalidOperationException">A module contains itself.</exception>
    public IReadOnlyList<NamedParameter> Parameters()
    {
        var found = new List<NamedParameter>();
        var seen = new HashSet<Parameter>(ReferenceEqualityComparer.Instance);
        Visit(this, new Place("", "", Transposed: false), (place, parameter) =>
        {
            if (seen.Add(parameter))
                found.Add(
                    new NamedParameter(place.Path, place.Stored, place.Transposed && parameter.Rank == 2, parameter));
        });
        return found;
    }

    /// <summary>Number of trainable numbers, shared ones counted once.</summary>
    public long ParameterCount()
    {
        long count = 0;
        foreach (NamedParameter named in Parameters())
            count += named.Parameter.RequiresGradient ? named.Parameter.Count : 0;
        return count;
    }

    /// <summary>Forgets all gradients.</summary>
    public void ClearGradients()
    {
        foreach (NamedParameter named in Parameters())
            named.Parameter.ClearGradient();
    }

    /// <summary>What kind of module this is, as the printed tree calls it.</summary>
    protected virtual string Kind => GetType().Name;

    /// <summary>The module tree with shapes and the number of parameters of each part.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        Describe(text, Kind, "");
        return text.ToString().TrimEnd();
    }

    private static void Visit(Module module, Place place, Action<Place, Parameter> found)
    {
        foreach (PropertyInfo property in Properties(module.GetType()))
        {
            Place here = place.Enter(property);
            foreach ((string? index, object part) in Parts(property.GetValue(module)))
            {
                Place inside = index is null ? here : here.Enter(index);
                if (part is Parameter parameter)
                    found(inside, parameter);
                else
                    Visit((Module)part, inside.Within(module, (Module)part), found);
            }
        }
    }

    /// <summary>What a property holds: a part, or those of a list with their indices.</summary>
    private static IEnumerable<(string? Index, object Part)> Parts(object? value) => value switch
    {
        null => [],
        Parameter or Module => [(null, value)],
        _ => ((IEnumerable<object>)value)
            .Select((part, i) => ((string?)i.ToString(CultureInfo.InvariantCulture), part)),
    };

    private static IEnumerable<PropertyInfo> Properties(Type type)
    {
        // Base class first, then in the order of declaration.
        IEnumerable<PropertyInfo> inherited = type.BaseType is { } parent && parent != typeof(Module)
            ? Properties(parent)
            : [];
        return inherited.Concat(type
            .GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(p => p.GetIndexParameters().Length == 0 && IsPart(p.PropertyType))
            .OrderBy(p => p.MetadataToken));
    }

    private static bool IsPart(Type type) =>
        type == typeof(Parameter) || typeof(Module).IsAssignableFrom(type)
        || typeof(IEnumerable<Module>).IsAssignableFrom(type) || typeof(IEnumerable<Parameter>).IsAssignableFrom(type);

    private void Describe(StringBuilder text, string label, string indent)
    {
        text.Append(CultureInfo.InvariantCulture, $"{indent}{label}  {ParameterCount():N0}\n");
        foreach (PropertyInfo property in Properties(GetType()))
            foreach ((string? index, object part) in Parts(property.GetValue(this)))
            {
                string name = index is null ? property.Name : $"{property.Name}[{index}]";
                if (part is Parameter parameter)
                    text.Append(CultureInfo.InvariantCulture, $"{indent}  {name} {parameter.Shape}\n");
                else
                    ((Module)part).Describe(text, $"{name}: {((Module)part).Kind}", indent + "  ");
            }
    }

    /// <summary>Where in the tree a visit is, and inside which modules.</summary>
    private readonly record struct Place(string Path, string Stored, bool Transposed)
    {
        private ImmutableList<Module> Around { get; init; } = [];

        public Place Enter(PropertyInfo property)
        {
            StoredAsAttribute? stored = property.GetCustomAttribute<StoredAsAttribute>();
            return this with
            {
                Path = Join(Path, property.Name),
                Stored = Join(Stored, stored?.Name ?? property.Name),
                Transposed = Transposed || stored?.Transposed == true,
            };
        }

        public Place Enter(string index) => this with
        {
            Path = Join(Path, index),
            Stored = Stored.Contains('#', StringComparison.Ordinal)
                ? Stored.Replace("#", index, StringComparison.Ordinal)
                : Join(Stored, index),
        };

        /// <summary>The same place, after going from a module into one of its parts.</summary>
        public Place Within(Module module, Module part)
        {
            Place inside = this with { Around = Around.Add(module) };
            foreach (Module outer in inside.Around)
                if (ReferenceEquals(outer, part))
                    throw new InvalidOperationException(
                        $"Module: {Path} is the {part.GetType().Name} that contains it. " +
                        "A module cannot be a part of itself; keep the reference in a private field.");
            return inside;
        }

        private static string Join(string path, string segment) =>
            path.Contains('*', StringComparison.Ordinal) ? path.Replace("*", segment, StringComparison.Ordinal)
            : path.Length == 0 ? segment
            : segment.Length == 0 ? path
            : $"{path}.{segment}";
    }
}

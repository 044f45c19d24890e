namespace Nabla.Tensors.Diagnostics;

/// <summary>
/// Says where in a model an operation stands: in the module whose parameter it uses, or else after the one that its
/// inputs come from.
/// </summary>
public sealed class OpPlaces
{
    private readonly Dictionary<Tensor, string> names = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Tensor, (string Module, long Order)> results = new(ReferenceEqualityComparer.Instance);
    private long order;

    /// <summary>Places by these names of parameters: property paths, <c>Blocks.0.Norm.Scale</c>.</summary>
    public OpPlaces(IEnumerable<KeyValuePair<Tensor, string>> parameters)
    {
        foreach ((Tensor parameter, string name) in parameters)
            names.TryAdd(parameter, name);
    }

    /// <summary>The name of a parameter; null for any other tensor.</summary>
    public string? NameOf(Tensor tensor) => names.GetValueOrDefault(tensor);

    /// <summary>The module of an operation's parameter, <c>Blocks.0.Norm</c>; null if it uses none.</summary>
    public string? ModuleOf(Op op)
    {
        for (int i = op.Inputs.Count - 1; i >= 0; i--)
            if (NameOf(op.Inputs[i]) is { } name)
                return name.LastIndexOf('.') is > 0 and var dot ? name[..dot] : name;
        return null;
    }

    /// <summary>The module that an operation stands in or after; null before the first.</summary>
    public string? After(Op op)
    {
        if (ModuleOf(op) is { } own)
            return own;
        (string Module, long Order) latest = ("", 0);
        foreach (Tensor input in op.Inputs)
            if (results.TryGetValue(input, out (string, long Order) place) && place.Order > latest.Order)
                latest = place;
        return latest.Order == 0 ? null : latest.Module;
    }

    /// <summary>Remembers where an operation's result comes from.</summary>
    public void Applied(Op op, Tensor y)
    {
        if (After(op) is { } module)
            results[y] = (module, ++order);
    }

    /// <summary>Forgets all results.</summary>
    public void Clear() => results.Clear();
}

namespace Nabla.Formulas.Articles.Python;

/// <summary>
/// What zip, map, a generator and their like give: it can be gone through once. What is left of it then depends on how
/// far somebody went, and is not known.
/// </summary>
internal sealed class PyIterator(IReadOnlyList<object> items) : Changeable
{
    /// <summary>All of it, whoever has it.</summary>
    public IReadOnlyList<object> Rest => items;

    /// <summary>All of it, for whoever goes through it first.</summary>
    public IReadOnlyList<object> Take()
    {
        Doubt = "an iterator was gone through before";
        Meter.Items(items.Count);
        return items;
    }
}

/// <summary>The keys, the values or the items of a dictionary, as they are whenever somebody looks.</summary>
internal sealed class PyView(PyDict dict, string kind) : Changeable
{
    public PyDict Dictionary => dict;

    /// <summary>The same of another dictionary.</summary>
    public PyView Of(PyDict other) => new(other, kind);

    /// <inheritdoc/>
    public override string? Doubt
    {
        get => dict.Doubt;
        set => dict.Doubt = value;
    }

    /// <summary>What is in it now.</summary>
    public IReadOnlyList<object> All()
    {
        Meter.Objects(dict.Items.Count);
        return kind switch
        {
            "keys" => [.. dict.Items.Keys],
            "values" => [.. dict.Items.Values],
            _ => [.. dict.Items.Select(item => (object)new PyTuple(item.Key, item.Value))],
        };
    }
}

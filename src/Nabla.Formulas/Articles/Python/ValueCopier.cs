namespace Nabla.Formulas.Articles.Python;

/// <summary>Copies values with all that they hold; what is shared stays shared.</summary>
internal sealed class ValueCopier
{
    private readonly Dictionary<object, object> copies = new(ReferenceEqualityComparer.Instance);

    public Dictionary<string, object> Copy(Dictionary<string, object> values) =>
        values.ToDictionary(item => item.Key, item => Copy(item.Value), StringComparer.Ordinal);

    private object Copy(object value)
    {
        if (value is not (Changeable or PyTuple or BoundMethod))
            return value;
        if (copies.TryGetValue(value, out object? copy))
            return copy;
        Meter.Charge();
        if (!System.Runtime.CompilerServices.RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return new Unknown("a value is nested too deeply");
        return value switch
        {
            NdArray array => copies[value] = array.Copy(copies),
            PyTensor tensor => copies[value] = tensor.Over(tensor.Array.Copy(copies)),
            PyList list => Fill(new PyList([]) { Doubt = list.Doubt }, list),
            PyDict dict => Fill(new PyDict { Doubt = dict.Doubt, Default = dict.Default }, dict),
            PySet set => copies[value] = new PySet(set.Items) { Doubt = set.Doubt },
            PyTuple tuple => copies[value] = new PyTuple([.. tuple.Items.Select(Copy)]),
            PyInstance instance => Fill(new PyInstance(instance.Type) { Doubt = instance.Doubt }, instance),
            PyIterator iterator => copies[value] = new PyIterator([.. iterator.Rest.Select(Copy)])
            {
                Doubt = iterator.Doubt,
            },
            PyView view => copies[value] = view.Of((PyDict)Copy(view.Dictionary)),
            BoundMethod method => copies[value] = new BoundMethod(Copy(method.Self), method.Function),
            _ => value,
        };
    }

    // A copy is known before what is in it is copied, as things may hold themselves.
    private PyList Fill(PyList copy, PyList from)
    {
        copies[from] = copy;
        Meter.Objects(from.Items.Count);
        copy.Items.AddRange(from.Items.Select(Copy));
        return copy;
    }

    private PyDict Fill(PyDict copy, PyDict from)
    {
        copies[from] = copy;
        Meter.Charge(from.Items.Count);
        foreach ((object key, object value) in from.Items)
            copy.Items[key] = Copy(value);
        return copy;
    }

    private PyInstance Fill(PyInstance copy, PyInstance from)
    {
        copies[from] = copy;
        foreach ((string name, object value) in from.Members)
            copy.Members[name] = Copy(value);
        return copy;
    }
}

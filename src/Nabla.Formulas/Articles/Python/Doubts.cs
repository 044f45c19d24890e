namespace Nabla.Formulas.Articles.Python;

/// <summary>Makes values unknown that something unknown may have changed.</summary>
internal static class Doubts
{
    /// <summary>Marks a value and all that it holds.</summary>
    public static void Spread(object value, string why)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object>([value]);
        while (open.TryPop(out object? next))
        {
            if (next is not (Changeable or PyTuple or BoundMethod) || !seen.Add(next))
                continue;
            Meter.Charge();
            if (next is Changeable changeable and not PyClass)
                changeable.Doubt ??= why;
            IReadOnlyCollection<object> parts = Parts(next);
            Meter.Items(parts.Count);
            foreach (object part in parts)
                open.Push(part);
        }
    }

    private static IReadOnlyCollection<object> Parts(object value) => value switch
    {
        PyList list => list.Items,
        PyTuple tuple => tuple.Items,
        PyDict dict => dict.Items.Values,
        PyInstance instance => instance.Members.Values,
        PyIterator iterator => iterator.Rest,
        PyView view => [view.Dictionary],
        BoundMethod { Self: var self } => [self],
        _ => [],
    };
}

namespace Nabla.Formulas.Articles.Python;

/// <summary>sorted(…) and list.sort(…).</summary>
internal static class Sorting
{
    /// <summary>The items in order, by a key and reversed if the call says so; equal ones keep their order.</summary>
    public static List<object> Sort(Interpreter run, IReadOnlyList<object> items, Arguments a)
    {
        object? key = a.Given(-1, "key");
        bool isReversed = a.Flag(-1, "reverse");
        Meter.Objects(items.Count);
        object[] keys = [.. items.Select(item => key is null ? item : run.Invoke(key, new Arguments([item], [])))];
        var comparer = Comparer<object>.Create((x, y) =>
            Operators.Order(x, y) ?? throw new PythonException("NaN has no order"));
        int[] places = [.. Enumerable.Range(0, items.Count)];
        IEnumerable<int> order = isReversed
            ? places.OrderByDescending(i => keys[i], comparer) : places.OrderBy(i => keys[i], comparer);
        try
        {
            return [.. order.Select(i => items[i])];
        }
        catch (InvalidOperationException error) when (error.InnerException is PythonException inner)
        {
            throw new PythonException(inner.Message);
        }
    }
}
